import { builtinFunction } from "../builtins/index.ts";
import type { Code, Frame } from "../compile/code.ts";
import { contextOf } from "../context.ts";
import { same } from "../equality.ts";
import type { Run } from "../run.ts";
import type { FeelValue } from "../values.ts";
import { compileTests, compileText, converting, type Surroundings, tell, typeOf, within } from "./compile-text.ts";
import type { Source } from "./diagnostics.ts";
import type { BoxedTable, TableOutput } from "./model.ts";
import { outputRanks, type Ranks } from "./table-ranks.ts";

/** A rule's tests other than `-`, with the column each looks at, and its outputs. */
interface RuleCode {
  readonly tests: readonly { readonly column: number; readonly test: Code }[];
  readonly outputs: readonly Code[];
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
  const rules = table.rules.map(
    (rule): RuleCode => ({
      tests: rule.when.flatMap((text, column) =>
        text === "-" || text === "" ? [] : [{ column, test: compileTests(text, cell) }],
      ),
      outputs: table.outputs.map((output, column) => outputCode(output, rule.then[column] ?? "", around)),
    }),
  );
  const allowed = table.inputs.map(({ allowedValues }) =>
    allowedValues === undefined || allowedValues === "" ? null : compileTests(allowedValues, cell),
  );
  const combine = combiner(table, around, source);
  return (frame, run) => {
    const frames = inputs.map((input): Frame => ({ parent: frame, values: [input(frame, run)] }));
    for (let column = 0; column < allowed.length; column += 1) {
      const test = allowed[column];
      if (test === null || test === undefined || test(frames[column] as Frame, run) === true) continue;
      const { expression } = table.inputs[column] as { expression: string };
      return tell(run, "DMN_WRONG_TYPE", "error", { ...source, text: expression }, [expression, "inputValues"]);
    }
    return combine(matching(rules, frames, run, table.hitPolicy === "FIRST"), frame, run);
  };

  function matching(all: readonly RuleCode[], frames: readonly Frame[], run: Run, firstOnly: boolean): number[] {
    const hits: number[] = [];
    for (let row = 0; row < all.length; row += 1) {
      if (!matches(all[row] as RuleCode, frames, run)) continue;
      hits.push(row);
      if (firstOnly) break;
    }
    return hits;
  }

  function outputsOf(row: number, frame: Frame | null, run: Run): FeelValue[] {
    return (rules[row] as RuleCode).outputs.map((output) => output(frame, run));
  }

  function combiner(given: BoxedTable, surroundings: Surroundings, at: Source): Combine {
    const shape = shaper(given.outputs);
    const otherwise = defaults(given, surroundings, shape, at);
    const policy = policies[given.hitPolicy]({
      table: given,
      shape,
      ranks: outputRanks(given, surroundings),
      source: at,
    });
    return (hits, frame, run) => {
      if (hits.length === 0) return otherwise(frame, run);
      return policy(hits, (row) => outputsOf(row, frame, run), run);
    };
  }
}

type Combine = (hits: readonly number[], frame: Frame | null, run: Run) => FeelValue;
type Shape = (outputs: readonly FeelValue[]) => FeelValue;

function matches(rule: RuleCode, frames: readonly Frame[], run: Run): boolean {
  for (const { column, test } of rule.tests) if (test(frames[column] as Frame, run) !== true) return false;
  return true;
}

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
