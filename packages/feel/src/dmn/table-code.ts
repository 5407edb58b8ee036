import { builtinFunction } from "../builtins/index.ts";
import type { Code, Frame } from "../compile/code.ts";
import { constant } from "../compile/literals.ts";
import { contextOf } from "../context.ts";
import { same } from "../equality.ts";
import type { Run } from "../run.ts";
import { anyType } from "../types.ts";
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
import { DmnRun, type Source } from "./diagnostics.ts";
import type { FastTest } from "./fast-test.ts";
import { either, isNumeric, type Known, ofType, ofValues, unknown } from "./known.ts";
import type { BoxedTable, TableOutput, TableRule } from "./model.ts";
import { constantPiece, type Piece, piece, pieceValue } from "./piece.ts";
import { type TableIndex, tableIndex } from "./table-index.ts";
import { outputRanks, type Ranks } from "./table-ranks.ts";

/** A rule's tests other than `-`, with the column each looks at, and its outputs. */
interface RuleCode {
  readonly tests: readonly { readonly column: number; readonly test: Tests }[];
  readonly outputs: readonly Piece[];
}

/** The values that a column's input may have. */
interface Allowed {
  readonly column: number;
  readonly expression: string;
  readonly test: Tests;
}

/** A decision table (DMN 1.5, chapter 8). */
export function compileTable(table: BoxedTable, around: Surroundings): Piece {
  const source: Source = { element: around.element };
  const inputs = table.inputs.map(({ expression, typeRef }) => {
    const type = typeOf(typeRef, around) ?? anyType;
    return converting(compileText(expression, around), type, typeRef ?? "", { ...source, text: expression });
  });
  const cell = within(around, { "?": null });
  const rules = table.rules.map((rule) => ruleCode(rule, table, around, cell));
  const allowed: readonly Allowed[] = table.inputs.flatMap(({ allowedValues, expression }, column) =>
    allowedValues === undefined || allowedValues === ""
      ? []
      : [{ column, expression, test: compileTests(allowedValues, cell) }],
  );
  const otherwise = defaults(table, around, source);
  const conclude = conclusions(table, rules, otherwise.code, around, source);
  const index = indexOf(rules, inputs.length, (hits) => ahead(conclude(hits), hits, rules));
  const firstOnly = table.hitPolicy === "FIRST";
  const code: Code = (frame, run) => {
    const values = new Array<FeelValue>(inputs.length);
    for (let column = 0; column < inputs.length; column += 1) {
      values[column] = pieceValue(inputs[column] as Piece, frame, run);
    }
    for (let at = 0; at < allowed.length; at += 1) {
      const { column, expression, test } = allowed[at] as Allowed;
      if (passes(test, values[column] as FeelValue, frame, run) === true) continue;
      return tell(run, "DMN_WRONG_TYPE", "error", { ...source, text: expression }, [expression, "inputValues"]);
    }
    const conclusion = index?.(values) ?? conclude(matching(rules, values, firstOnly, frame, run));
    return conclusion(frame, run);
  };
  return piece(code, knownOfTable(table, rules, otherwise));
}

function ruleCode(rule: TableRule, table: BoxedTable, around: Surroundings, cell: Surroundings): RuleCode {
  return {
    tests: rule.when.flatMap((text, column) =>
      text === "-" || text === "" ? [] : [{ column, test: compileTests(text, cell) }],
    ),
    outputs: table.outputs.map((output, column) => outputPiece(output, rule.then[column] ?? "", around)),
  };
}

function indexOf(
  rules: readonly RuleCode[],
  columns: number,
  conclude: (hits: readonly number[]) => Code,
): TableIndex<Code> | undefined {
  if (rules.some(({ tests }) => tests.some(({ test }) => test.fast === null))) return undefined;
  const rows = rules.map(({ tests }) => {
    const cells = new Array<FastTest | null>(columns).fill(null);
    for (const { column, test } of tests) cells[column] = test.fast;
    return cells;
  });
  return tableIndex(rows, columns, conclude);
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

/** From the rows that match, ascending, to the code of the result. */
function conclusions(
  table: BoxedTable,
  rules: readonly RuleCode[],
  otherwise: Code,
  around: Surroundings,
  source: Source,
): (hits: readonly number[]) => Code {
  const shape = shaper(table.outputs);
  const policy = policies[table.hitPolicy]({ table, shape, ranks: outputRanks(table, around), source });
  const alone = table.outputs.length === 1 && oneOfThem.has(table.hitPolicy);
  const outputs = (row: number) => (rules[row] as RuleCode).outputs;
  return (hits) => {
    if (hits.length === 0) return otherwise;
    // One rule with one output needs neither comparing nor ranking.
    if (alone && hits.length === 1) return (outputs(hits[0] as number)[0] as Piece).code;
    return (frame, run) => policy(hits, (row) => outputs(row).map((output) => pieceValue(output, frame, run)), run);
  };
}

/** The conclusion from rules whose outputs depend on nothing, computed ahead unless it has something to tell. */
function ahead(conclusion: Code, hits: readonly number[], rules: readonly RuleCode[]): Code {
  const isConstant = hits.every((row) => (rules[row] as RuleCode).outputs.every((output) => output.isConstant));
  if (hits.length === 0 || !isConstant) return conclusion;
  const run = new DmnRun();
  const value = conclusion(null, run);
  return run.diagnostics.length === 0 && run.told().length === 0 ? constant(value) : conclusion;
}

/** What is known of a table that gives the output of one rule, or a sum. */
function knownOfTable(table: BoxedTable, rules: readonly RuleCode[], otherwise: Piece): Known {
  if (table.outputs.length !== 1) return unknown;
  const outputs = either([otherwise.known, ...rules.map(({ outputs }) => (outputs[0] as Piece).known)]);
  if (oneOfThem.has(table.hitPolicy)) return outputs;
  if (table.hitPolicy !== "COLLECT" || table.aggregation === undefined) return unknown;
  return table.aggregation === "COUNT" || isNumeric(outputs) ? ofType({ kind: "simple", name: "number" }) : unknown;
}

/** The policies whose result is that of one rule. */
const oneOfThem: ReadonlySet<BoxedTable["hitPolicy"]> = new Set(["UNIQUE", "ANY", "FIRST", "PRIORITY"]);

type Shape = (outputs: readonly FeelValue[]) => FeelValue;

function outputPiece(output: TableOutput, text: string, around: Surroundings): Piece {
  const type = typeOf(output.typeRef, around) ?? anyType;
  return converting(compileText(text, around), type, output.typeRef ?? "", { element: around.element, text });
}

/** A single output is the result itself; several are a context. */
function shaper(outputs: readonly TableOutput[]): Shape {
  if (outputs.length === 1) return (values) => values[0] as FeelValue;
  const names = outputs.map((output, column) => output.name ?? output.label ?? `output ${column + 1}`);
  return (values) => contextOf(names.map((name, column) => [name, values[column] as FeelValue] as const));
}

/** What a table gives when no rule matches: its defaults, else nothing collected, else null with the cause. */
function defaults(table: BoxedTable, around: Surroundings, source: Source): Piece {
  if (table.outputs.some((output) => output.defaultValue !== undefined)) {
    const outputs = table.outputs.map((output) =>
      output.defaultValue === undefined ? constantPiece(null) : outputPiece(output, output.defaultValue, around),
    );
    const [only] = outputs;
    if (outputs.length === 1 && only !== undefined) return only;
    const shape = shaper(table.outputs);
    return piece((frame, run) => shape(outputs.map((output) => pieceValue(output, frame, run))));
  }
  if (table.hitPolicy === "COLLECT" && table.aggregation === undefined) return piece(() => []);
  if (table.aggregation === "COUNT") return constantPiece(0);
  return piece((_, run) => tell(run, "DMN_NO_RULE", "warning", source), ofValues([]));
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
