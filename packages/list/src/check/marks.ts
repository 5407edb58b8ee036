import { type Finding, type ListFindingCode, listFinding } from "../finding.ts";
import { placeOf } from "../reading.ts";
import type { Checked } from "./check.ts";
import { type Statement, statements } from "./references.ts";

/** Sources that a mark stands on: what was read names where, what was read twice names two places. */
const SOURCES_OF_MARK: Readonly<Record<string, number>> = { V: 1, V2: 2, V法: 1, V地: 1, P: 1 };

export function* markSources({ own }: Checked): Generator<Finding> {
  for (const [entry, path, { mark, source }] of statements(own)) {
    const needed = SOURCES_OF_MARK[mark] ?? 0;
    const named = new Set(source).size;
    if (named >= needed) continue;
    yield listFinding(
      "LIST-MARK-SOURCES",
      placeOf(entry, [...path, "mark"]),
      [
        `标记 ${mark} 要有 ${needed} 个来源，只写了 ${named} 个`,
        `The mark ${mark} stands on ${needed} sources; ${named} are named`,
      ],
      ["补上来源，或改标记", "Name the sources, or change the mark"],
    );
  }
}

/** What is only derived or recalled is counted and shown, never hidden. */
export function* countedMarks({ own }: Checked): Generator<Finding> {
  const all = [...statements(own)];
  yield* counted("LIST-MARK-DERIVED", all, "D", ["由计算得出", "derived by arithmetic"]);
  yield* counted("LIST-MARK-RECALLED", all, "R", ["凭记忆、未核实", "recalled and not verified"]);
}

function* counted(
  code: ListFindingCode,
  all: readonly Statement[],
  mark: string,
  words: readonly [zh: string, en: string],
): Generator<Finding> {
  const marked = all.filter(([, , statement]) => statement.mark === mark);
  const first = marked[0];
  if (!first) return;
  const files = new Set(marked.map(([entry]) => entry.file.file)).size;
  const share = `${marked.length}/${all.length}`;
  yield listFinding(
    code,
    placeOf(first[0], [...first[1], "mark"]),
    [
      `${files} 个文件里有 ${share} 条${words[0]}(${mark})`,
      `${share} statements in ${files} files are ${words[1]} (${mark})`,
    ],
    [
      "对照来源核实后改标记；在此之前页面照样标明",
      "Verify them at the source and change the mark; until then pages show it",
    ],
  );
}
