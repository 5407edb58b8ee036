import type { ComparisonOperator, Expression, UnaryTests } from "../syntax.ts";
import type { FeelValue } from "../values.ts";

/**
 * A short cut for cells of literals under test of a plain value: true or false as the full code would say, `undefined` where
 * only the full code can tell. A FEEL number that is a JavaScript number has at most 15 digits, so comparing two is exact.
 */
export interface FastTest {
  readonly passes: (value: FeelValue) => boolean | undefined;
  /** The values that the cell names: its strings, or the bounds of its numbers; booleans name none. */
  readonly named: readonly (string | number)[];
  readonly kind: "string" | "number" | "boolean";
}

type NumberTest = (value: number) => boolean;

const orderings: Readonly<Record<ComparisonOperator, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "!=": (value, bound) => value !== bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** The short cut of a cell, null when its tests are not all literals of one kind. */
export function fastTest(cell: UnaryTests): FastTest | null {
  if (cell.kind === "any") return null;
  // No string, number or boolean is null: with others, null names nothing more.
  const tests = cell.tests.filter(({ kind }) => kind !== "null");
  if (tests.length === 0) return null;
  const wanted = cell.kind === "oneOf";
  const values = tests.map(plainValue);
  if (values.every((value) => typeof value === "string")) return stringTest(new Set(values), wanted);
  if (values.length === 1 && typeof values[0] === "boolean") {
    const [only] = values;
    const passes = (value: FeelValue) => (typeof value === "boolean" ? (value === only) === wanted : undefined);
    return { kind: "boolean", named: [], passes };
  }
  const numbers = tests.map(numberTest);
  if (!numbers.every((test) => test !== null)) return null;
  const passes = (value: FeelValue) =>
    typeof value === "number" ? numbers.some((test) => test(value)) === wanted : undefined;
  return { kind: "number", named: tests.flatMap(boundsOf), passes };
}

function stringTest(allowed: ReadonlySet<string>, wanted: boolean): FastTest {
  const passes = (value: FeelValue) => (typeof value === "string" ? allowed.has(value) === wanted : undefined);
  return { kind: "string", named: [...allowed], passes };
}

function boundsOf(node: Expression): number[] {
  const ends = node.kind === "comparisonTest" ? [node.operand] : node.kind === "range" ? [node.low, node.high] : [node];
  return ends.map((end) => numberOf(end) as number);
}

function plainValue(node: Expression): string | boolean | null {
  return node.kind === "string" || node.kind === "boolean" ? node.value : null;
}

function numberTest(node: Expression): NumberTest | null {
  if (node.kind === "comparisonTest") {
    const bound = numberOf(node.operand);
    const holds = orderings[node.operator];
    return bound === null ? null : (value) => holds(value, bound);
  }
  if (node.kind === "range") {
    const low = numberOf(node.low);
    const high = numberOf(node.high);
    if (low === null || high === null) return null;
    const { lowIncluded, highIncluded } = node;
    return (value) => (lowIncluded ? value >= low : value > low) && (highIncluded ? value <= high : value < high);
  }
  const only = numberOf(node);
  return only === null ? null : (value) => value === only;
}

/** A literal of at most 15 digits, which a JavaScript number holds as FEEL's numbers do. */
function numberOf(node: Expression): number | null {
  if (node.kind !== "number" || !/^-?\d+(?:\.\d+)?$/u.test(node.text)) return null;
  return node.text.replace(/\D/gu, "").length <= 15 ? Number(node.text) : null;
}
