import { compileRulebook, emitKernel, type Item, type List, loadList } from "@qingdan/list";
import { readListSource } from "@qingdan/list/node";

/** Compiling 100 executable items of Shanghai's list to a rulebook and a kernel, best of several, in milliseconds. */
export async function run(): Promise<Record<string, number | string>> {
  const { list } = loadList(await readListSource(new URL("../lists/cn-31", import.meta.url).pathname));
  if (list === undefined) throw new Error("Shanghai's list has errors");
  const hundred = withItems(list, 100);
  const rulebooks: number[] = [];
  const kernels: number[] = [];
  for (let at = 0; at < 7; at += 1) {
    const start = performance.now();
    const { rulebook, findings } = compileRulebook(hundred, { area: "cn-31", date: "2024-08-01" });
    const compiled = performance.now();
    if (rulebook?.items.length !== 100) throw new Error(JSON.stringify(findings.slice(0, 3)));
    emitKernel(rulebook);
    rulebooks.push(compiled - start);
    kernels.push(performance.now() - compiled);
  }
  const first = Math.round(rulebooks[0] ?? 0);
  return { items: 100, firstMilliseconds: first, milliseconds: best(rulebooks), kernelMilliseconds: best(kernels) };
}

const best = (times: readonly number[]) => Math.round(Math.min(...times) * 10) / 10;

/** The list with its executable items repeated under further codes until there are so many in force. */
function withItems(list: List, count: number): List {
  const inForce = (item: Item) => item.effective.from <= "2024-08-01" && (item.effective.until ?? "9") > "2024-08-01";
  const executable = [...list.items.values()].filter(
    (item) => item.rule !== undefined && item.status !== "draft" && inForce(item),
  );
  const items = new Map<string, Item>();
  for (let at = 0; items.size < count; at += 1) {
    const item = executable[at % executable.length] as Item;
    const code = `${item.code}-${Math.floor(at / executable.length)}`;
    items.set(code, { ...item, code });
  }
  return { ...list, items };
}
