import { builtinFunction } from "../builtins/index.ts";
import type { Code, Frame } from "../compile/code.ts";
import { contextOf } from "../context.ts";
import { same } from "../equality.ts";
import type { Run } from "../run.ts";
import type { FeelValue } from "../values.ts";
import {
  compileTests,
  compileText,
  converting,
  passes,
  type Surroundings,
  type Tests,
  tell,
  typeOf,
  within,
} from "./compile-text.ts";
import type { Source } from "./diagnostics.ts";
import type { FastTest } from "./fast-test.ts";
import type { BoxedTable, TableOutput, TableRule } from "./model.ts";
import { type TableIndex, tableIndex } from "./table-index.ts";
import { outputRanks, type Ranks } from "./table-ranks.ts";

/** A rule's tests other than `-`, with the column each looks at, and its outputs. */
interface RuleCode {
  readonly tests: readonly { readonly column: number; readonly test: Tests }[];
  readonly outputs: readonly Code[];
}

/** The values that a column's input may have. */
interface Allowed {
  readonly column: number;
  readonly expression: string;
  readonly test: Tests;
}

/** Code for a decision table (DMN 1.5, chapter 8). */
export function compileTable(table: BoxedTable, around: Surroundings): Code {
  const source: Source = { element: around.element };
  const inputs = table.inputs.map(({ expression, typeRef }) => {
    const code = compileText(expression, around);
    const type = typeOf(typeRef, around);
    return type === null ? code : converting(code, type, typeRef ?? "", { ...source, text: expression });
  });
  const cell = within(around, { "?": null });
  const rules = table.rules.map((rule) => ruleCode(rule, table, around, cell));
  const allowed: readonly Allowed[] = table.inputs.flatMap(({ allowedValues, expression }, column) =>
    allowedValues === undefined || allowedValues === ""
      ? []
      : [{ column, expression, test: compileTests(allowedValues, cell) }],
  );
  const index = indexOf(rules, inputs.length);
  const combine = combiner(table, rules, around, source);
  const firstOnly = table.hitPolicy === "FIRST";
  return (frame, run) => {
    const values = new Array<FeelValue>(inputs.length);
    for (let column = 0; column < inputs.length; column += 1) values[column] = (inputs[column] as Code)(frame, run);
    for (let at = 0; at < allowed.length; at += 1) {
      const { column, expression, test } = allowed[at] as Allowed;
      if (passes(test, values[column] as FeelValue, frame, run) === true) continue;
      return tell(run, "DMN_WRONG_TYPE", "error", { ...source, text: expression }, [expression, "inputValues"]);
    }
    return combine(index?.(values) ?? matching(rules, values, firstOnly, frame, run), frame, run);
  };
}

function ruleCode(rule: TableRule, table: BoxedTable, around: Surroundings, cell: Surroundings): RuleCode {
  return {
    tests: rule.when.flatMap((text, column) =>
      text === "-" || text === "" ? [] : [{ column, test: compileTests(text, cell) }],
    ),
    outputs: table.outputs.map((output, column) => outputCode(output, rule.then[column] ?? "", around)),
  };
}

function indexOf(rules: readonly RuleCode[], columns: number): TableIndex | undefined {
  if (rules.some(({ tests }) => tests.some(({ test }) => test.fast === null))) return undefined;
  const rows = rules.map(({ tests }) => {
    const cells = new Array<FastTest | null>(columns).fill(null);
    for (const { column, test } of tests) cells[column] = test.fast;
    return cells;
  });
  return tableIndex(rows, columns);
}

function matching(
  rules: readonly RuleCode[],
  values: readonly FeelValue[],
  firstOnly: boolean,
  frame: Frame | null,
  run: Run,
): number[] {
  const hits: number[] = [];
  for (let row = 0; row < rules.length; row += 1) {
    const { tests } = rules[row] as RuleCode;
    if (!tests.every(({ column, test }) => passes(test, values[column] as FeelValue, frame, run) === true)) continue;
    hits.push(row);
    if (firstOnly) break;
  }
  return hits;
}

function combiner(table: BoxedTable, rules: readonly RuleCode[], around: Surroundings, source: Source): Combine {
  const shape = shaper(table.outputs);
  const otherwise = defaults(table, around, shape, source);
  const policy = policies[table.hitPolicy]({ table, shape, ranks: outputRanks(table, around), source });
  const single = table.outputs.length === 1;
  const alone = single && oneOfThem.has(table.hitPolicy);
  return (hits, frame, run) => {
    if (hits.length === 0) return otherwise(frame, run);
    // One rule with one output needs neither comparing nor ranking.
    if (alone && hits.length === 1) return ((rules[hits[0] as number] as RuleCode).outputs[0] as Code)(frame, run);
    return policy(hits, (row) => (rules[row] as RuleCode).outputs.map((output) => output(frame, run)), run);
  };
}

/** The policies whose result is that of one rule. */
const oneOfThem: ReadonlySet<BoxedTable["hitPolicy"]> = new Set(["UNIQUE", "ANY", "FIRST", "PRIORITY"]);

type Combine = (hits: readonly number[], frame: Frame | null, run: Run) => FeelValue;
type Shape = (outputs: readonly FeelValue[]) => FeelValue;

function outputCode(output: TableOutput, text: string, around: Surroundings): Code {
  const code = compileText(text, around);
  const type = typeOf(output.typeRef, around);
  return type === null ? code : converting(code, type, output.typeRef ?? "", { element: around.element, text });
}

/** A single output is the result itself; several are a context. */
function shaper(outputs: readonly TableOutput[]): Shape {
  if (outputs.length === 1) return (values) => values[0] as FeelValue;
  const names = outputs.map((output, column) => output.name ?? output.label ?? `output ${column + 1}`);
  return (values) => contextOf(names.map((name, column) => [name, values[column] as FeelValue] as const));
}

/** What a table gives when no rule matches: its defaults, else nothing collected, else null with the cause. */
function defaults(table: BoxedTable, around: Surroundings, shape: Shape, source: Source): Code {
  if (table.outputs.some((output) => output.defaultValue !== undefined)) {
    const codes = table.outputs.map((output) =>
      output.defaultValue === undefined ? null : outputCode(output, output.defaultValue, around),
    );
    return (frame, run) => shape(codes.map((code) => (code === null ? null : code(frame, run))));
  }
  if (table.hitPolicy === "COLLECT" && table.aggregation === undefined) return () => [];
  if (table.aggregation === "COUNT") return () => 0;
  return (_, run) => tell(run, "DMN_NO_RULE", "warning", source);
}

interface PolicyContext {
  readonly table: BoxedTable;
  readonly shape: Shape;
  readonly ranks: Ranks;
  readonly source: Source;
}

/** From the rows that match, at least one and ascending, to the result. */
type Policy = (
  context: PolicyContext,
) => (hits: readonly number[], outputs: (row: number) => FeelValue[], run: Run) => FeelValue;

const policies: Readonly<Record<BoxedTable["hitPolicy"], Policy>> = {
  UNIQUE:
    ({ shape, source }) =>
    (hits, outputs, run) =>
      hits.length === 1 ? shape(outputs(hits[0] as number)) : several(hits, run, source),
  ANY:
    ({ shape, source }) =>
    (hits, outputs, run) => {
      const [first, ...others] = hits.map((row) => shape(outputs(row)));
      return others.every((other) => same(other, first as FeelValue))
        ? (first as FeelValue)
        : several(hits, run, source);
    },
  FIRST:
    ({ shape }) =>
    (hits, outputs) =>
      shape(outputs(hits[0] as number)),
  PRIORITY:
    ({ shape, ranks }) =>
    (hits, outputs, run) =>
      shape(ranks.sort(hits.map(outputs), run)[0] as FeelValue[]),
  "RULE ORDER":
    ({ shape }) =>
    (hits, outputs) =>
      hits.map((row) => shape(outputs(row))),
  "OUTPUT ORDER":
    ({ shape, ranks }) =>
    (hits, outputs, run) =>
      ranks.sort(hits.map(outputs), run).map(shape),
  COLLECT: ({ table, shape, source }) => {
    const { aggregation } = table;
    if (aggregation === undefined) return (hits, outputs) => hits.map((row) => shape(outputs(row)));
    if (aggregation === "COUNT") return (hits) => hits.length;
    if (table.outputs.length !== 1) {
      return (_, __, run) => tell(run, "DMN_NOT_AGGREGATED", "error", source, [aggregation, "a single output"]);
    }
    const aggregate = builtinFunction(aggregation.toLowerCase());
    return (hits, outputs, run) =>
      aggregate?.call([hits.map((row) => shape(outputs(row)))], run, { from: 0, to: 0 }) ?? null;
  },
};

function several(hits: readonly number[], run: Run, source: Source): null {
  return tell(run, "DMN_SEVERAL_RULES", "error", source, [hits.map((row) => row + 1).join(", ")]);
}
