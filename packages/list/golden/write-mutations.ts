import { writeFile } from "node:fs/promises";
import { mutateGolden, mutationsPage } from "./rule-mutations.ts";

await writeFile(new URL("../../../docs/rule-mutations.md", import.meta.url), mutationsPage(await mutateGolden()));
