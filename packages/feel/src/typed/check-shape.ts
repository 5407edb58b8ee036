import type { ContextLiteral, Expression, Filter, Path, Span } from "../syntax.ts";
import { argumentsOf } from "./check-arguments.ts";
import { forItems } from "./check-items.ts";
import { shapeFunctions } from "./check-lists.ts";
import { memberList } from "./check-members.ts";
import { anyShape, type Scope } from "./environment.ts";
import { fold } from "./fold.ts";
import type { Node } from "./node.ts";
import { refuse } from "./refusal.ts";
import { entryOf, isNode, itemAt, itemsIn, listOf, type Shape, twice } from "./shape.ts";

/** A list, context or range that is known when it is loaded; null for anything that is a single value or goes over members. */
export function shapeOf(expression: Expression, scope: Scope): Shape | null {
  switch (expression.kind) {
    case "list":
      return listOf(expression.items.map((item) => anyShape(item, scope)));
    case "context":
      return contextShape(expression, scope);
    case "range": {
      const { low, high, lowIncluded, highIncluded } = expression;
      return { kind: "range", low: scope.check(low, scope), high: scope.check(high, scope), lowIncluded, highIncluded };
    }
    case "name": {
      const item = scope.items.get(expression.name);
      return item === undefined || isNode(item) ? null : item;
    }
    case "path":
      return pathShape(expression, scope);
    case "filter":
      return filterShape(expression, scope);
    case "for": {
      const items = forItems(expression, scope);
      return items === null ? null : listOf(items);
    }
    case "call": {
      const name = expression.callee.kind === "name" ? expression.callee.name : "";
      return shapeFunctions.get(name)?.(expression, argumentsOf(name, expression), scope) ?? null;
    }
    default:
      return null;
  }
}

/** Entries in their order; each may read those before it. */
function contextShape({ entries }: ContextLiteral, scope: Scope): Shape {
  const found = new Map<string, Shape>();
  let inner = scope;
  for (const { name, value, from, to } of entries) {
    if (found.has(name)) return twice(name, { from, to });
    const shape = anyShape(value, inner);
    found.set(name, shape);
    inner = { ...inner, items: new Map(inner.items).set(name, shape) };
  }
  return { kind: "context", entries: found };
}

/** An entry of a context, or of each context of a list. */
function pathShape({ source, name, from, to }: Path, scope: Scope): Shape | null {
  const of = scope.shape(source, scope);
  return of === null ? null : entryOf(of, name, { from, to });
}

/** `[a, b][1]`, `[a, b][-1]`, and filters that are decided without facts. */
function filterShape(expression: Filter, scope: Scope): Shape | null {
  const { source, condition } = expression;
  const shape = scope.shape(source, scope);
  if (shape === null && memberList(source, scope) !== null) return null;
  const items = itemsIn(shape ?? scope.check(source, scope));
  const [first] = items;
  if (first === undefined) return listOf([]);
  const of = (item: Shape): Node => fold(scope.check(condition, within(item, scope)));
  const asked = of(first);
  if (asked.type.kind === "number") {
    if (asked.op !== "constant" || asked.type.scale !== 0) return undecided(condition);
    return itemAt(items, Number(asked.value), condition);
  }
  return listOf(
    items.filter((item) => {
      const holds = of(item);
      return holds.op === "constant" && holds.type.kind === "boolean" ? holds.value === true : undecided(condition);
    }),
  );
}

/** Inside a filter `item` is the item, and the entries of a context have their names. */
function within(item: Shape, scope: Scope): Scope {
  const entries = !isNode(item) && item.kind === "context" ? [...item.entries] : [];
  return { ...scope, items: new Map<string, Shape>([...scope.items, ["item", item], ...entries]) };
}

function undecided(at: Span): never {
  return refuse(
    "RULE-NOT-COMPILABLE",
    { from: at.from, to: at.to },
    {
      zh: "筛选留下哪几项要在载入时就能确定",
      en: "Which items a filter leaves must be certain when the list is loaded",
    },
    {
      zh: "用写出来的位置，或用 some、every、sum(for x in ... return if ...)",
      en: "Use a position that is written out, or some, every, sum(for x in ... return if ...)",
    },
  );
}
