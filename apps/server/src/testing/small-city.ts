import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compileRulebook, type List, type Rulebook } from "@qingdan/list";
import { readList } from "@qingdan/list/node";
import { demoDate, makeCity } from "../../../../cities/qingping/index.ts";

export const demoListFolder = fileURLToPath(new URL("../../../../cities/qingping/list", import.meta.url));

export interface SmallCity {
  /** A folder for what a test writes. */
  readonly folder: string;
  readonly peopleDir: string;
  readonly list: List;
  readonly rulebook: Rulebook;
}

/** The demo city with so many people in a new folder, and its list compiled for the city's day. */
export async function smallCity(people: number): Promise<SmallCity> {
  const folder = await mkdtemp(path.join(tmpdir(), "qingdan-city-"));
  const peopleDir = path.join(folder, "city");
  await makeCity({ people, seed: 3, out: peopleDir, workers: 1 });
  const { list, findings } = await readList(demoListFolder);
  if (!list) throw new Error(JSON.stringify(findings.find(({ severity }) => severity === "error")));
  const { rulebook } = compileRulebook(list, { area: list.area, date: demoDate });
  if (!rulebook) throw new Error("the demo city's list does not compile");
  return { folder, peopleDir, list, rulebook };
}
