import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder of this run of the tests alone, removed at its end. */
    readonly runFolder: string;
  }
}

/** Nothing that an earlier run left can be met by this one, and this one leaves nothing. */
export default async function makeRunFolder(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "qingdan-tests-"));
  project.provide("runFolder", folder);
  return () => rm(folder, { recursive: true, force: true });
}
