import { compileRulebook, loadList, type Rulebook } from "@qingdan/list";
import { readListSource } from "@qingdan/list/node";

/** Shanghai's list as it stands in this repository, on a day on which its standards are published. */
export async function shanghaiRulebook(): Promise<Rulebook> {
  const source = await readListSource(new URL("../../lists/cn-31", import.meta.url).pathname);
  const { list, findings } = loadList(source);
  if (list === undefined) throw new Error(JSON.stringify(findings.slice(0, 5)));
  const compiled = compileRulebook(list, { area: "cn-31", date: "2024-08-01" });
  if (compiled.rulebook === undefined) throw new Error(JSON.stringify(compiled.findings.slice(0, 5)));
  return compiled.rulebook;
}
