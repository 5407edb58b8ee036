import {
  divide,
  type FeelNumber,
  type FeelValue,
  date as feelDate,
  isContext,
  months,
  multiply,
  nanoseconds,
  prepare,
  same,
  toFeelString,
} from "@qingdan/feel";
import {
  checkShape,
  checkText,
  civilDate,
  dateType,
  dayNumber,
  type Environment,
  fold,
  isNode,
  type Node,
  numberType,
  type Shape,
  type Type,
} from "@qingdan/feel/typed";
import type { RulebookAmount } from "../../rulebook.ts";

/** Rows of people on which every case is answered: first as the kit has it, then with other values. */
export const rowsOfCase = 24;

export type Held = number | boolean | undefined;

/** A fact with its values by row. */
export interface CaseColumn {
  readonly name: string;
  readonly type: Type;
  readonly values: readonly Held[];
}

/** What an item answers on one row: its outcome and, of a table, its fen. */
export interface Wanted {
  readonly outcome: number;
  readonly fen?: number;
}

/** One item of the rulebook: a condition, or a decision table. */
export interface CaseTest {
  readonly text: string;
  readonly condition?: Node;
  readonly table?: RulebookAmount;
  readonly wanted: readonly Wanted[];
}

export interface LiftedCase {
  /** What FEEL gives on the row as the kit has it, of an expression without inputs. */
  readonly written?: FeelValue;
  readonly columns: readonly CaseColumn[];
  readonly tests: readonly CaseTest[];
}

/** Why a case is not lifted: a code of the compiler, or what it lacks in words. */
export interface Refused {
  readonly refused: string;
}

/** Several expressions as one case; refused when one is. */
export function together(found: readonly (LiftedCase | Refused)[]): LiftedCase | Refused {
  const refused = found.find(isRefused);
  if (refused !== undefined) return refused;
  const lifted = found as readonly LiftedCase[];
  const columns = new Map(lifted.flatMap((one) => one.columns.map((column) => [column.name, column])));
  return { columns: [...columns.values()], tests: lifted.flatMap((one) => one.tests) };
}

export const isRefused = (of: LiftedCase | Refused): of is Refused => "refused" in of;

type Fact = Pick<CaseColumn, "name" | "type">;

export function environmentOf(facts: readonly Fact[]): Environment {
  return {
    facts: new Map(facts.map(({ name, type }) => [name, { name, type, entity: "person" }])),
    parameters: new Map(),
    areas: [],
    areasWithin: () => null,
  };
}

/** The typed expression, or the code it is refused with. */
export function typed(text: string, facts: readonly Fact[], locals?: ReadonlyMap<string, string>): Node | string {
  const checked = checkText(text, { environment: environmentOf(facts), ...(locals && { locals }) });
  return checked.ok ? checked.value : checked.error.code;
}

/** The expression as a value, list or context, or the code it is refused with. */
export function shaped(text: string, facts: readonly Fact[], locals?: ReadonlyMap<string, string>): Shape | string {
  const checked = checkShape(text, { environment: environmentOf(facts), ...(locals && { locals }) });
  return checked.ok ? checked.value : checked.error.code;
}

/** One value of a list or context: how FEEL reaches it, and the same in a value of FEEL. */
interface Reached {
  readonly of: Shape;
  readonly text: (whole: string) => string;
  readonly value: (whole: FeelValue) => FeelValue;
}

function reachedIn(shape: Shape): readonly Reached[] | null {
  if (isNode(shape)) return null;
  if (shape.kind === "list") {
    return shape.items.map((of, at) => ({
      of,
      text: (whole) => `(${whole}\n)[${at + 1}]`,
      value: (whole) => {
        if (!Array.isArray(whole) || whole.length !== shape.items.length) throw otherShape(whole);
        return whole[at] ?? null;
      },
    }));
  }
  if (shape.kind !== "context") return null;
  return [...shape.entries].map(([name, of]) => ({
    of,
    text: (whole) => `get value(${whole}\n, ${JSON.stringify(name)})`,
    value: (whole) => {
      if (!isContext(whole) || Object.keys(whole).length !== shape.entries.size) throw otherShape(whole);
      return whole[name] ?? null;
    },
  }));
}

const settled = "settled when a list is loaded";

/** Whether no column has a say in a value of a list or context, which then is what FEEL says. */
function isSettled({ of, value }: Reached, results: readonly FeelValue[]): boolean {
  const node = isNode(of) ? fold(of) : of;
  if (!isNode(node) || node.op !== "constant") return false;
  const own = feelValue(node.type, node.value);
  const other = results.map(value).find((result) => !same(own, result));
  if (other !== undefined) throw new Error(`FEEL gives ${toFeelString(other)}, and not ${toFeelString(own)}`);
  return true;
}

/** A list or context that FEEL gives is not what rules make of the expression. */
export class OtherShape extends Error {
  override readonly name = "OtherShape";
}

const otherShape = (value: FeelValue) => new OtherShape(`FEEL gives ${toFeelString(value)}, of another shape`);

/** Decimals that a quotient is looked at with: it exists only to be compared, multiplied or rounded. */
const decimalsOfQuotient = 3;

/**
 * An expression whose values FEEL gave for every row. A condition is its own test; of a value it is asked whether it is what FEEL
 * says, and whether it is one unit more.
 */
export function questionsOf(
  text: string,
  name: string,
  columns: readonly CaseColumn[],
  results: readonly FeelValue[],
  locals?: ReadonlyMap<string, string>,
): LiftedCase | Refused {
  const node = shaped(text, columns, locals);
  if (typeof node === "string") return { refused: node };
  if (!isNode(node)) {
    const reached = reachedIn(node);
    if (reached === null) return { refused: "a range" };
    const asked = reached.filter((one) => !isSettled(one, results));
    if (asked.length === 0) return { refused: reached.length === 0 ? "nothing to make a column of" : settled };
    return together(
      asked.map((one, at) => questionsOf(one.text(text), `${name}l${at}`, columns, results.map(one.value), locals)),
    );
  }
  // Such as the equality of lists of unlike lengths: no column has a say in it.
  if (fold(node).op === "constant") return { refused: settled };
  if (node.type.kind === "boolean") {
    return {
      columns,
      tests: [{ text, condition: node, wanted: results.map((value) => ({ outcome: outcomeOf(value) })) }],
    };
  }
  if (node.type.kind === "ratio") {
    const rounded = prepare(`round half up(value, ${decimalsOfQuotient})`, { names: ["value"] });
    const values = results.map((value) => rounded.evaluate({ value }).value);
    return questionsOf(`round half up((${text}\n), ${decimalsOfQuotient})`, name, columns, values, locals);
  }
  if (node.type.kind === "enum" && node.type.values.length < 2) return { refused: "a code that stands alone" };
  const { type, around } = observed(node.type);
  const held = results.map((value) => heldOf(node.type, value));
  const other = (value: Held) => (type.kind === "enum" ? (Number(value) + 1) % type.values.length : Number(value) + 1);
  const right = { name: `${name}right`, type, values: held };
  const wrong = {
    name: `${name}wrong`,
    type,
    values: held.map((value) => (value === undefined ? undefined : other(value))),
  };
  const tests = [right, wrong].map((column, at): CaseTest => {
    // An expression may end in a comment.
    const asked = `(${text}\n) = ${around[0]}${column.name}${around[1]}`;
    const condition = typed(asked, [...columns, column], locals);
    if (typeof condition === "string") throw new Error(`${asked}: ${condition}`);
    return { text, condition, wanted: held.map((value) => ({ outcome: value === undefined ? 2 : 1 - at })) };
  });
  return { columns: [...columns, right, wrong], tests };
}

/** The column a value is compared with: a duration is a number of months or days times one of them. */
function observed(type: Type): { type: Type; around: readonly [string, string] } {
  switch (type.kind) {
    case "number":
      return { type: numberType(null, type.scale, type.min - 1, type.max + 1), around: ["", ""] };
    case "duration": {
      const unit = type.of === "months" ? "P1M" : "P1D";
      return { type: numberType(null, 0, type.min, type.max + 1), around: [`(@"${unit}" * `, ")"] };
    }
    case "enum":
      return { type, around: ["", ""] };
    case "date":
      return { type: dateType, around: ["", ""] };
    default:
      throw new Error(`No case gives ${type.kind}`);
  }
}

/** A held value as FEEL has it. */
export function feelValue(type: Type, held: Held): FeelValue {
  if (held === undefined || typeof held === "boolean") return held ?? null;
  switch (type.kind) {
    case "date": {
      const { year, month, day } = civilDate(held);
      return feelDate(year, month, day);
    }
    case "enum":
      return type.values[held] ?? null;
    case "duration":
      return type.of === "months" ? months(held) : nanoseconds(BigInt(held) * 86_400_000_000_000n);
    default:
      return divide(held, 10 ** (type.kind === "number" ? type.scale : 0));
  }
}

/** A FEEL value as a column holds it; a value that has no place in the type is told as itself, and no kernel gives it. */
export function heldOf(type: Type, value: FeelValue): Held {
  if (value === null) return undefined;
  switch (type.kind) {
    case "boolean":
      return value === true;
    case "date": {
      const { year, month, day } = value as ReturnType<typeof feelDate>;
      return dayNumber(year, month, day);
    }
    case "enum":
      return type.values.indexOf(String(value));
    case "duration":
      return type.of === "months"
        ? (value as ReturnType<typeof months>).months
        : Number((value as ReturnType<typeof nanoseconds>).nanoseconds / 86_400_000_000_000n);
    default: {
      const scale = type.kind === "number" ? type.scale : 0;
      return Number(toFeelString(multiply(value as FeelNumber, 10 ** scale)));
    }
  }
}

const outcomeOf = (value: FeelValue) => (value === null ? 2 : value === true ? 1 : 0);
