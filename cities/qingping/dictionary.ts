import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { isColumnFact, type SnapshotFact } from "../../apps/server/src/modules/intake/index.ts";

/** The facts of the dictionary that stand as columns, in its order. */
export function readFacts(): SnapshotFact[] {
  const text = readFileSync(fileURLToPath(new URL("../../lists/cn/facts.yaml", import.meta.url)), "utf8");
  return (parse(text) as SnapshotFact[]).filter(isColumnFact);
}
