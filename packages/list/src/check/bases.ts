import type { Item, List } from "../model/list.ts";
import { itemPlace } from "./item-place.ts";
import { reportFinding } from "./report-codes.ts";
import type { ReportedFinding } from "./report-model.ts";

/** An item in force stands on a basis that is in force; whoever reads it can open the text. */
export function* basisFindings(list: List, items: readonly Item[], date: string): Generator<ReportedFinding> {
  for (const item of items) {
    const about = { item: item.code };
    if (item.basis.length === 0) {
      yield reportFinding(
        "BASIS-MISSING",
        itemPlace(item),
        [`“${item.name.zh}”没有写依据`, `"${item.name.en}" names no basis`],
        ["写上文件和条款", "Name the document and its article"],
        about,
      );
    }
    for (const code of new Set(basesOf(item))) {
      const source = list.sources.get(code);
      if (source?.until === undefined || source.until > date) continue;
      const next = source.replacedBy === undefined ? undefined : list.sources.get(source.replacedBy);
      yield reportFinding(
        "BASIS-EXPIRED",
        itemPlace(item, "basis"),
        [
          `依据“${source.title}”自 ${source.until} 起失效`,
          `The basis ${source.title} is no longer in force since ${source.until}`,
        ],
        next
          ? [`改引“${next.title}”`, `Name ${next.title} in its place`]
          : ["改引现行文件，或终止本项", "Name the document now in force, or end the item"],
        about,
      );
    }
  }
  yield* unlinked(list, items);
}

/** Sources that items stand on and that have no address, each told once, at the first item that names it. */
function* unlinked(list: List, items: readonly Item[]): Generator<ReportedFinding> {
  const users = new Map<string, Item[]>();
  for (const item of items) {
    for (const code of new Set(basesOf(item))) users.set(code, [...(users.get(code) ?? []), item]);
  }
  for (const [code, [first, ...others]] of users) {
    const source = list.sources.get(code);
    if (first === undefined || source === undefined || source.url !== undefined) continue;
    const more = others.length === 0 ? ["", ""] : [`，另有 ${others.length} 项引用`, `, as ${others.length} more do`];
    yield reportFinding(
      "BASIS-UNLINKED",
      itemPlace(first, "basis"),
      [
        `依据“${source.title}”没有网址，“${first.name.zh}”引用它${more[0]}`,
        `The basis ${source.title} has no address; "${first.name.en}" stands on it${more[1]}`,
      ],
      [`在 sources.yaml 的 ${code} 下补上 url`, `Give the url of ${code} in sources.yaml`],
      { item: first.code },
    );
  }
}

/** Codes of the sources that an item, its conditions, parts and rows stand on. */
function basesOf({ basis, rule }: Item): readonly string[] {
  const parts = [...(rule?.conditions ?? []), ...(rule?.parts ?? []), ...(rule?.table?.rules ?? [])];
  return [...basis, ...parts.flatMap((part) => part.basis)].map(({ source }) => source);
}
