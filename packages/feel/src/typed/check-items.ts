import type { Expression, ForLoop, Iterator, Quantified, Span } from "../syntax.ts";
import { booleanNode, junction } from "./build-logic.ts";
import { constantNumber } from "./build-number.ts";
import { anyShape, type Scope } from "./environment.ts";
import { fold } from "./fold.ts";
import type { Node } from "./node.ts";
import { refuse } from "./refusal.ts";
import { isNode, type Shape } from "./shape.ts";
import { booleanType } from "./type.ts";

/** Longest list that is written out item by item. */
const mostItems = 100;

/** Whether an iterator goes over a list or range that is written out, not over members. */
export const isWrittenOut = ({ source, end }: Iterator, scope: Scope): boolean =>
  end !== null || listIn(source, scope) !== null;

function listIn(source: Expression, scope: Scope): readonly Shape[] | null {
  const shape = scope.shape(source, scope);
  return shape !== null && !isNode(shape) && shape.kind === "list" ? shape.items : null;
}

/** The items of `[a, b]` and of `1..3`; null when the iterator goes over something else. */
function itemsOf({ source, end }: Pick<Iterator, "source" | "end">, scope: Scope): readonly Shape[] | null {
  if (end === null) return listIn(source, scope);
  const [low, high] = [source, end].map((bound) => wholeLiteral(bound, scope));
  if (low == null || high == null) return refuseRange(end);
  const count = Math.abs(high - low) + 1;
  if (count > mostItems) return refuseRange(end);
  const step = high < low ? -1 : 1;
  return Array.from({ length: count }, (_, at) => constantNumber(String(low + at * step), end));
}

/** The value of a whole number that is written out, or reckoned from such. */
export function wholeLiteral(expression: Expression, scope: Scope): number | null {
  const node = fold(scope.check(expression, scope));
  const isWhole = node.op === "constant" && node.type.kind === "number" && node.type.scale === 0;
  return isWhole ? Number(node.value) : null;
}

function refuseRange(at: Span): never {
  return refuse(
    "RULE-NOT-COMPILABLE",
    at,
    { zh: "循环的两端应写成整数", en: "The ends of the loop are whole numbers that are written out" },
    {
      zh: `至多 ${mostItems} 项，例如 for i in 1..12 return ...`,
      en: `At most ${mostItems} items, such as for i in 1..12 return ...`,
    },
  );
}

/** `body` for every item of lists written out, the first iterator slowest; null when one goes over something else. */
function forEach<T extends Shape>(
  iterators: readonly Iterator[],
  scope: Scope,
  body: (scope: Scope) => T,
): readonly T[] | null {
  const [first, ...rest] = iterators;
  if (first === undefined) return [body(scope)];
  const items = itemsOf(first, scope);
  if (items === null) return null;
  const found: T[] = [];
  for (const item of items) {
    const inner = { ...scope, items: new Map(scope.items).set(first.name, item) };
    const nodes = forEach(rest, inner, body);
    if (nodes === null) return null;
    found.push(...nodes);
    if (found.length > mostItems) return refuseRange(first);
  }
  return found;
}

/** `for x in [a, b] return ...` as its items; null when it goes over members. */
export function forItems(expression: ForLoop, scope: Scope): readonly Shape[] | null {
  return forEach(expression.iterators, scope, (inner) => anyShape(expression.result, inner));
}

/** `some x in [a, b] satisfies ...`: the conditions joined; null when it goes over members. */
export function quantifiedItems(expression: Quantified, scope: Scope): Node | null {
  const conditions = forEach(expression.iterators, scope, (inner) =>
    booleanNode(inner.check(expression.condition, inner)),
  );
  if (conditions === null) return null;
  const at = { from: expression.from, to: expression.to };
  const some = expression.quantifier === "some";
  if (conditions.length === 0) return { op: "constant", type: booleanType, value: !some, at };
  return junction(some ? "or" : "and", conditions, at);
}
