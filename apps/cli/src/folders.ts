import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export const listsFolder = path.join(root, "lists");
export const packagesFolder = path.join(root, "packages");
export const demoCityFolder = path.join(root, "cities/qingping");
/** The demo city's own list: its areas, and everything else as Shanghai's list has it. */
export const demoListFolder = path.join(demoCityFolder, "list");
export const webFolder = path.join(root, "apps/web");
/** The built pages. */
export const pagesFolder = path.join(webFolder, "dist");
