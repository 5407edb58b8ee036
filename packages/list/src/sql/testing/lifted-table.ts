import { type BoxedTable, type FeelValue, isContext, prepare, toFeelString } from "@qingdan/feel";
import { checkCell, checkText, type Node, numberType } from "@qingdan/feel/typed";
import type { RulebookAmount } from "../../rulebook.ts";
import { type CaseTest, environmentOf, type LiftedCase, type Refused, type Wanted } from "./lifted-case.ts";
import { type InputColumn, overColumns } from "./lifted-inputs.ts";

type TableAmount = RulebookAmount & { readonly kind: "table" };

const always: Node = { op: "constant", type: { kind: "boolean" }, value: true };

/**
 * A decision table as the table of an item. The item pays its outputs: a number as an amount in yuan, anything else by its place
 * among the outputs, from the one of least priority; nothing where no row holds.
 */
export function tableQuestions(
  table: BoxedTable,
  { columns, results }: { readonly columns: readonly InputColumn[]; readonly results: readonly FeelValue[] },
  reason: number,
): LiftedCase | Refused {
  const paid = paidBy(table);
  if ("refused" in paid) return paid;
  const { hitPolicy, amounts, fenOf } = paid;
  const environment = environmentOf(columns);
  const inputs: Node[] = [];
  for (const { expression } of table.inputs) {
    const checked = checkText(overColumns(expression, columns, "expression").text, { environment });
    if (!checked.ok) return { refused: checked.error.code };
    inputs.push(checked.value);
  }
  const rows: TableAmount["rows"][number][] = [];
  const whens = [...table.rules.map(({ when }) => when), ...defaultsOf(table).map((): readonly string[] => [])];
  for (const [at, when] of whens.entries()) {
    const cells: Node[] = [];
    for (const [column, cell] of when.entries()) {
      const checked = checkCell(overColumns(cell, columns, "cell").text, inputs[column] as Node, { environment });
      if (!checked.ok) return { refused: checked.error.code };
      cells.push(checked.value);
    }
    const test: Node = cells.length === 0 ? always : { op: "and", items: cells, type: { kind: "boolean" } };
    const value = amounts[at] ?? 0;
    const amount: Node = { op: "constant", type: numberType("CNY/month", 2, value, value), value };
    rows.push({ code: `r${at}`, zh: "行", en: "Row", test, amount, basis: [], reason });
  }
  const amount: TableAmount = { kind: "table", hitPolicy, inputs: table.inputs.map(() => ({ zh: "", en: "" })), rows };
  const wanted = results.map((value): Wanted => {
    const fen = value === null ? 0 : fenOf(value);
    return { outcome: fen > 0 ? 1 : 0, fen };
  });
  const text = `table of ${table.inputs.map(({ expression }) => expression).join(", ")}`;
  const test: CaseTest = { text, table: amount, wanted };
  return { columns, tests: [test] };
}

interface Paid {
  readonly hitPolicy: TableAmount["hitPolicy"];
  /** Fen of each row. */
  readonly amounts: readonly number[];
  /** Fen that stand for what the table comes to. */
  readonly fenOf: (value: FeelValue) => number;
}

const policies: Readonly<Partial<Record<BoxedTable["hitPolicy"], TableAmount["hitPolicy"]>>> = {
  UNIQUE: "U",
  ANY: "A",
  PRIORITY: "P",
  FIRST: "F",
};

function paidBy(table: BoxedTable): Paid | Refused {
  const outputs: FeelValue[][] = [];
  for (const then of [...table.rules.map((rule) => rule.then), ...defaultsOf(table)]) {
    const values = then.map((text) => prepare(text).evaluate());
    if (values.some(({ diagnostics }) => diagnostics.length > 0)) return { refused: "an output that is reckoned" };
    outputs.push(values.map(({ value }) => value));
  }
  if (table.hitPolicy === "COLLECT") return collected(table, outputs);
  const hitPolicy = policies[table.hitPolicy];
  if (hitPolicy === undefined) return { refused: "a list" };
  if (hitPolicy === "P" && defaultsOf(table).length > 0) return { refused: "a default output among priorities" };
  const keys = [...outputs].sort((a, b) => priority(table, b) - priority(table, a)).map((of) => keyOf(of));
  const ranks = [...new Set(keys)];
  const fen = (key: string) => (ranks.indexOf(key) + 1) * 100;
  return {
    // Rows that exclude each other or agree are the first of them, and the default comes after all.
    hitPolicy: defaultsOf(table).length > 0 ? "F" : hitPolicy,
    amounts: outputs.map((of) => fen(keyOf(of))),
    fenOf: (value) =>
      fen(keyOf(isContext(value) ? table.outputs.map(({ name = "" }) => value[name] ?? null) : [value])),
  };
}

/** The outputs where no row holds, as the outputs of a last row. */
function defaultsOf({ outputs }: BoxedTable): readonly (readonly string[])[] {
  const texts = outputs.map(({ defaultValue }) => defaultValue);
  return texts.every((text) => text !== undefined) ? [texts] : [];
}

const keyOf = (values: readonly FeelValue[]) => values.map(toFeelString).join("\n");

/** The place of outputs in the order of priority, the first output first; smaller goes before. */
function priority(table: BoxedTable, values: readonly FeelValue[]): number {
  return table.outputs.reduce((place, { allowedValues }, at) => {
    const order = allowedValues === undefined ? [] : prepare(`[${allowedValues}]`).evaluate().value;
    const own = Array.isArray(order) ? order.indexOf(values[at] ?? null) : -1;
    return place * 1_000 + own;
  }, 0);
}

function collected(table: BoxedTable, outputs: readonly (readonly FeelValue[])[]): Paid | Refused {
  const { aggregation } = table;
  if (aggregation === undefined || table.outputs.length !== 1) return { refused: "a list" };
  const fenOf = (value: FeelValue) => Math.round(Number(value) * 100);
  if (aggregation === "COUNT") return { hitPolicy: "SUM", amounts: outputs.map(() => 100), fenOf };
  const amounts = outputs.map(([value = null]) => (typeof value === "number" ? fenOf(value) : Number.NaN));
  if (amounts.some((fen) => !(fen > 0))) return { refused: "an output that is no amount" };
  return { hitPolicy: aggregation, amounts, fenOf };
}
