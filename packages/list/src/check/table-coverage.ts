import type { Node } from "@qingdan/feel/typed";
import type { TypedRow } from "../compile/type-rule.ts";
import type { AmountTable, Item, List } from "../model/list.ts";
import { itemPlace } from "./item-place.ts";
import { jointProber, keyOf, type Probe, prober, probesOf } from "./probe.ts";
import { reportFinding } from "./report-codes.ts";
import type { ReportedFinding } from "./report-model.ts";

/** Steps of the search through a table before it is given up, and said so. */
const mostSteps = 100_000;

/** Values of one input that every row treats alike: one of them, and what each row says to it. */
interface Column {
  readonly values: readonly { readonly probe: Probe; readonly rows: readonly (boolean | undefined)[] }[];
}

/**
 * Gaps of a table (inputs that the conditions let through and no row meets) and rows that nobody reaches: because no
 * value meets them, or, first-hit, because rows above take them all. A cell that reads more than its input counts as
 * met for gaps, and as not met where it would cover others.
 */
export function* tableFindings(
  list: List,
  item: Item,
  table: AmountTable,
  inputs: readonly Node[],
  rows: readonly TypedRow[],
  conditions: readonly Node[],
): Generator<ReportedFinding> {
  const columns = inputs.map((input, column) =>
    columnOf(
      input,
      rows.map((row) => row.cells[column]),
      conditions,
    ),
  );
  const about = { item: item.code };
  const search = searchOf(columns);
  const allowed = conditions.map((condition) => jointProber(condition, inputs));
  const gap = search(
    rows.map((_, at) => at),
    (said) => said !== false,
    { allowed: (path) => allowed.every((holds) => holds(path) !== false) },
  );
  if (gap === "large") {
    yield reportFinding(
      "TABLE-LARGE",
      itemPlace(item, "rule.table.inputs.0.expression"),
      [`表太大，空缺没有查完（${mostSteps} 步）`, `The table is too large to search for gaps (${mostSteps} steps)`],
      ["拆成几张表", "Split the table"],
      about,
    );
  } else if (gap !== null) {
    const words = gapWords(list, table, inputs, gap);
    yield reportFinding(
      "TABLE-GAP",
      itemPlace(item, "rule.table.inputs.0.expression"),
      [`没有一行管到：${words[0]}`, `No row speaks of: ${words[1]}`],
      ["补一行，或在条件里排除", "Add a row, or exclude it by a condition"],
      about,
    );
  }
  yield* unreachableRows(item, table, columns, search);
}

function* unreachableRows(
  item: Item,
  table: AmountTable,
  columns: readonly Column[],
  search: ReturnType<typeof searchOf>,
): Generator<ReportedFinding> {
  for (const [at, row] of table.rules.entries()) {
    const never = columns.some(({ values }) => values.every(({ rows }) => rows[at] === false));
    const above = Array.from({ length: at }, (_, before) => before);
    const shadowed =
      !never &&
      table.hitPolicy === "F" &&
      search(above, (said) => said === true, { inside: at }) === null &&
      above.length > 0;
    if (!never && !shadowed) continue;
    yield reportFinding(
      "TABLE-ROW-UNREACHABLE",
      itemPlace(item, `rule.table.rules.${at}`),
      shadowed
        ? [`“${row.code}”一行轮不到：上面的行都先命中`, `The row ${row.code} is never reached: rows above meet it all`]
        : [`没有人能满足“${row.code}”一行`, `Nobody can meet the row ${row.code}`],
      ["删去，或移到更宽的行之前", "Remove it, or move it above the wider rows"],
      { item: item.code },
    );
  }
}

function columnOf(input: Node, cells: readonly (Node | undefined)[], conditions: readonly Node[]): Column {
  const own = cells.filter((cell) => cell !== undefined);
  const asked = cells.map((cell) => (cell === undefined ? () => true : prober(cell, input)));
  const allowed = conditions.map((condition) => prober(condition, input));
  // Conditions that read the input beside others tell its values apart only once all inputs are known.
  const joint = conditions.some((condition) => keyOf(condition).includes(keyOf(input)));
  const classes = new Map<string, Column["values"][number]>();
  for (const probe of probesOf(input, [...own, ...conditions])) {
    if (allowed.some((holds) => holds(probe) === false)) continue;
    const rows = asked.map((holds) => holds(probe));
    const id = joint ? String(probe) : rows.map(String).join();
    if (!classes.has(id)) classes.set(id, { probe, rows });
  }
  return { values: [...classes.values()] };
}

interface Within {
  /** Keeps to inputs that this row may meet. */
  readonly inside?: number;
  /** Keeps to inputs that may occur together. */
  readonly allowed?: (path: readonly Probe[]) => boolean;
}

/**
 * Looks for inputs that none of some rows meets, going through the columns and keeping the rows still alive. Null when
 * there are none.
 */
function searchOf(columns: readonly Column[]) {
  return (
    of: readonly number[],
    meets: (said: boolean | undefined) => boolean,
    { inside, allowed }: Within = {},
  ): readonly Probe[] | null | "large" => {
    let steps = 0;
    const seen = new Set<string>();
    const visit = (column: number, alive: readonly number[], path: readonly Probe[]): readonly Probe[] | null => {
      const here = columns[column];
      if (here === undefined) return alive.length === 0 && (allowed?.(path) ?? true) ? path : null;
      const id = `${column} ${alive.join()} ${allowed === undefined ? "" : path.join()}`;
      if (seen.has(id) || steps > mostSteps) return null;
      seen.add(id);
      for (const { probe, rows } of here.values) {
        if (inside !== undefined && rows[inside] === false) continue;
        steps += 1;
        const found = visit(
          column + 1,
          alive.filter((row) => meets(rows[row])),
          [...path, probe],
        );
        if (found !== null) return found;
      }
      return null;
    };
    const found = visit(0, of, []);
    return found === null && steps > mostSteps ? "large" : found;
  };
}

function gapWords(
  list: List,
  table: AmountTable,
  inputs: readonly Node[],
  gap: readonly Probe[],
): readonly [string, string] {
  const parts = gap.map((probe, at) => {
    const input = table.inputs[at];
    const [zh, en] = probeWords(list, inputs[at], probe);
    return [`${input?.zh ?? ""} = ${zh}`, `${input?.en ?? ""} = ${en}`] as const;
  });
  return [parts.map(([zh]) => zh).join("，"), parts.map(([, en]) => en).join(", ")];
}

function probeWords(list: List, input: Node | undefined, probe: Probe): readonly [string, string] {
  if (typeof probe === "boolean") return probe ? ["是", "true"] : ["否", "false"];
  if (input?.type.kind === "enum") {
    const code = input.type.values[probe] ?? "";
    const fact = input.op === "fact" ? list.facts.get(input.fact) : undefined;
    const value = fact?.values?.find((one) => one.code === code);
    return [value?.zh ?? code, value?.en ?? code];
  }
  if (input?.type.kind === "area") {
    const area = [...list.areas.values()][probe];
    return [area?.zh ?? String(probe), area?.en ?? String(probe)];
  }
  const scale = input?.type.kind === "number" ? input.type.scale : input?.type.kind === "ratio" ? 4 : 0;
  const text = String(probe / 10 ** scale);
  return [text, text];
}
