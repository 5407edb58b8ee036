import { type FeelContext, FeelSyntaxError, type FeelValue, type PreparedDmn, prepare, same } from "@qingdan/feel";
import { type TckCase, toFeelValue } from "@qingdan/feel/tck";
import { randomNumbers } from "../../testing/random-people.ts";
import {
  type Held,
  type LiftedCase,
  OtherShape,
  questionsOf,
  type Refused,
  rowsOfCase,
  together,
} from "./lifted-case.ts";
import { contextOf, type InputColumn, inputColumns, overColumns, withCodes } from "./lifted-inputs.ts";
import { type Decision, type Expressed, tableOf } from "./lifted-logic.ts";
import { tableQuestions } from "./lifted-table.ts";

/** A decision over inputs: the columns, the rows of its cases first, and what DMN gives on every row. */
export interface AskedDecision {
  readonly columns: readonly InputColumn[];
  readonly results: readonly FeelValue[];
}

/**
 * A decision that reads inputs or other decisions: what it reads are columns, each test case is a row, and rows with other values
 * follow. What a decision it reads comes to is read as the model has it.
 */
export function liftDecision(
  prepared: PreparedDmn,
  decision: Decision,
  expressions: readonly Expressed[] | null,
  asked: readonly TckCase[],
  { at, reason }: { readonly at: number; readonly reason: number },
): LiftedCase | Refused {
  const { logic } = decision;
  const called = logic === undefined ? null : tableOf(prepared.model, logic);
  if (called === null && expressions === null) return { refused: `a boxed ${logic?.kind}` };
  if (asked.length > rowsOfCase) throw new Error(`${decision.name} has more cases than rows`);
  const read = asked.map((one) => readBy(prepared, decision, one));
  const table = called?.table ?? null;
  const texts = (expressions ?? []).map(({ text }) => text);
  const written = table === null ? texts : table.inputs.map(({ expression }) => expression);
  const cells = table?.rules.flatMap(({ when }) => when) ?? [];
  try {
    const first = inputColumns(read, `c${at}`, written, cells, called?.parameters);
    if (first === null) return { refused: "an input is no value of a rule" };
    const over = [
      ...written.map((text) => overColumns(text, first, "expression")),
      ...cells.map((cell) => overColumns(cell, first, "cell")),
    ];
    const columns = withCodes(
      first,
      over.flatMap(({ strings }) => strings),
    );
    const numbers = over.flatMap((one) => one.numbers);
    const answered = answersOf(prepared, decision, columns, read, numbers, at);
    if (answered === null) return { refused: "DMN tells an error" };
    if (table !== null) return tableQuestions(table, answered, reason);
    return together(
      (expressions ?? []).map(({ of }, entry) =>
        questionsOf(over[entry]?.text ?? "", `c${at}e${entry}`, answered.columns, answered.results.map(of)),
      ),
    );
  } catch (error) {
    // A decision may give something else than its expression: what its declared type makes of it.
    if (error instanceof OtherShape && asked.some((one, row) => isChanged(prepared, decision, one, read[row] ?? {})))
      return { refused: "a declared type that changes it" };
    if (!(error instanceof FeelSyntaxError)) throw error;
    return { refused: "syntax" };
  }
}

/** What the decision reads in a case: inputs as given, decisions as the model decides them. */
function readBy({ model, decide }: PreparedDmn, { requires }: Decision, asked: TckCase): FeelContext {
  const given = Object.fromEntries(asked.inputs.map(({ name, value }) => [name, toFeelValue(value)]));
  const idOf = (reference: string) => reference.slice(reference.indexOf("#") + 1);
  const inputs = requires.inputs.map((reference) => {
    const name = model.inputs.find(({ id }) => id === idOf(reference))?.name ?? "";
    return [name, given[name] ?? null] as const;
  });
  const decisions = requires.decisions.map((reference) => {
    const name = model.decisions.find(({ id }) => id === idOf(reference))?.name ?? "";
    return [name, decide(name, given).value] as const;
  });
  return Object.fromEntries([...inputs, ...decisions].filter(([name]) => name !== ""));
}

/** Whether the decision comes to something else than FEEL makes of its expression. */
function isChanged(
  { decide }: PreparedDmn,
  { name, logic }: Decision,
  { inputs }: TckCase,
  read: FeelContext,
): boolean {
  if (logic?.kind !== "literal") return true;
  const given = Object.fromEntries(inputs.map((input) => [input.name, toFeelValue(input.value)]));
  return !same(decide(name, given).value, prepare(logic.text, { names: Object.keys(read) }).evaluate(read).value);
}

/** Tries at a row of other values before it is given up. */
const mostTries = 20;

/** The cases' rows and others like them on which DMN gives an answer without an error; null when a case itself has an error. */
function answersOf(
  { decide }: PreparedDmn,
  { name }: Decision,
  columns: readonly InputColumn[],
  cases: readonly FeelContext[],
  numbers: readonly number[],
  seed: number,
): AskedDecision | null {
  const random = randomNumbers(seed);
  const rows: Held[][] = [];
  const results: FeelValue[] = [];
  const ask = (base: FeelContext, held: Held[]): boolean => {
    const { value, diagnostics } = decide(name, contextOf(base, columns, held));
    if (diagnostics.some(({ severity }) => severity === "error")) return false;
    rows.push(held);
    results.push(value);
    return true;
  };
  for (let row = 0; row < rowsOfCase; row += 1) {
    const base = cases[row % cases.length] ?? {};
    const own = columns.map(({ values }) => values[row % cases.length]);
    const other = () => columns.map((column) => another(column, numbers, random));
    const tries = row < cases.length ? 0 : mostTries;
    const found = Array.from({ length: tries }).some(() => ask(base, other()));
    if (!found && !ask(base, own)) return null;
  }
  return { columns: columns.map((column, at) => ({ ...column, values: rows.map((row) => row[at]) })), results };
}

/** A value of a case, one that the text turns on, or one near them. */
function another({ type, values }: InputColumn, numbers: readonly number[], random: () => number): Held {
  const pick = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)];
  const near = Math.floor(random() * 5) - 2;
  const known = values.filter((value) => value !== undefined);
  switch (type.kind) {
    case "boolean":
      return random() < 0.5;
    case "enum":
      return Math.floor(random() * type.values.length);
    case "number": {
      const of = pick([...known.map(Number), ...numbers.map((number) => Math.round(number * 10 ** type.scale))]) ?? 0;
      return Math.min(type.max, Math.max(type.min, of + (random() < 0.5 ? near : 0)));
    }
    default:
      return Number(pick(known) ?? 0) + near;
  }
}
