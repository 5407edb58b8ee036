import { parseExpression } from "@qingdan/feel";
import { booleanType, dateType, numberType, parseDay, type Type } from "@qingdan/feel/typed";

/** A literal of an expression that became a column. */
export interface LiftedLiteral {
  readonly name: string;
  readonly type: Type;
  /** As it stood: scaled integer, day or boolean; undefined for a null among conditions. */
  readonly written: number | boolean | undefined;
}

export interface LiftedExpression {
  /** The expression with a name in place of each literal. */
  readonly text: string;
  readonly literals: readonly LiftedLiteral[];
}

/** Numbers vary up to this, on their side of zero: what divides stays positive. */
const most = 10_000;

interface Found {
  readonly from: number;
  readonly to: number;
  readonly type: Type;
  readonly written: LiftedLiteral["written"];
}

/**
 * Numbers, booleans and dates of a FEEL expression as columns named `prefix0`, `prefix1`, ...; strings and durations stay. A null
 * is lifted where it is a condition: there FEEL's null and an unknown fact mean the same.
 */
export function liftLiterals(text: string, prefix: string): LiftedExpression {
  const found = literalsIn(parseExpression(text), false).sort((a, b) => a.from - b.from);
  let lifted = "";
  let last = 0;
  const literals = found.map(({ from, to, type, written }, at) => {
    const name = `${prefix}${at}`;
    lifted += text.slice(last, from) + name;
    last = to;
    return { name, type, written };
  });
  return { text: lifted + text.slice(last), literals };
}

function literalsIn(node: unknown, condition: boolean): Found[] {
  if (Array.isArray(node)) return node.flatMap((item) => literalsIn(item, condition));
  if (typeof node !== "object" || node === null) return [];
  const literal = literalOf(node as Syntax, condition);
  if (literal !== undefined) return [literal];
  const { kind } = node as Syntax;
  const inner = kind === "and" || kind === "or";
  return Object.values(node).flatMap((value) => literalsIn(value, inner));
}

interface Syntax {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly text?: string;
  readonly value?: unknown;
  readonly callee?: Syntax & { readonly name?: string };
  readonly arguments?: { readonly kind: string; readonly values?: readonly Syntax[] };
}

function literalOf(node: Syntax, condition: boolean): Found | undefined {
  const { from, to } = node;
  switch (node.kind) {
    case "number":
      return numberLiteral(node);
    case "boolean":
      return { from, to, type: booleanType, written: node.value === true };
    case "null":
      return condition ? { from, to, type: booleanType, written: undefined } : undefined;
    case "at":
      return dateLiteral(node, node.text);
    case "call":
      return node.callee?.name === "date" && node.arguments?.values?.length === 1
        ? dateLiteral(node, node.arguments.values[0]?.value)
        : undefined;
    default:
      return undefined;
  }
}

function numberLiteral({ from, to, text = "" }: Syntax): Found | undefined {
  const [, whole = "", decimals = ""] = /^(-?\d*)(?:\.(\d+))?$/.exec(text) ?? [];
  const value = Number(text);
  if (whole === "" || Math.abs(value) > most) return undefined;
  const scale = decimals.length;
  const written = Math.round(value * 10 ** scale);
  const end = most * 10 ** scale;
  const type = numberType(null, scale, value > 0 ? 1 : -end, value < 0 ? -1 : end);
  return { from, to, type, written };
}

function dateLiteral({ from, to }: Syntax, text: unknown): Found | undefined {
  const day = typeof text === "string" ? parseDay(text) : null;
  return day === null || day === undefined ? undefined : { from, to, type: dateType, written: day };
}
