import type { Call, Expression, ForLoop, Quantified, Span } from "../syntax.ts";
import { booleanNode, junction } from "./build-logic.ts";
import { bounded, wholeNumber } from "./build-number.ts";
import { isWrittenOut } from "./check-items.ts";
import { factReference } from "./check-name.ts";
import type { Scope } from "./environment.ts";
import type { AggregateKind, Node } from "./node.ts";
import { refuse } from "./refusal.ts";
import { booleanType, mostMembers, numberType } from "./type.ts";

/** The members of the household, some of them, or one value of each: exists only inside an aggregate. */
export interface MemberList {
  readonly loop: number;
  readonly where: Node | null;
  readonly value: Node | null;
}

/** Reads `members`, `members[...]`, `members.fact`, `for m in members return ...`; null when it is no such list. */
export function memberList(expression: Expression, scope: Scope): MemberList | null {
  switch (expression.kind) {
    case "name":
      return expression.name === "members" ? { loop: scope.depth + 1, where: null, value: null } : null;
    case "filter": {
      const source = memberList(expression.source, scope);
      if (source === null) return null;
      if (source.value !== null) return refuseList(expression, "members[...].fact");
      const condition = booleanNode(scope.check(expression.condition, inside(scope, source.loop)));
      return { ...source, where: bothOf(source.where, condition, expression) };
    }
    case "path": {
      const source = memberList(expression.source, scope);
      if (source === null) return null;
      if (source.value !== null) return refuseList(expression, "members.fact");
      return { ...source, value: factReference(expression.name, source.loop, expression, scope) };
    }
    case "for":
      return forList(expression, scope);
    default:
      return null;
  }
}

function forList(expression: ForLoop, scope: Scope): MemberList | null {
  if (expression.iterators.some((iterator) => isWrittenOut(iterator, scope))) return null;
  const { source, inner } = iterated(expression, scope);
  return { ...source, value: scope.check(expression.result, inner) };
}

function iterated(expression: ForLoop | Quantified, scope: Scope): { source: MemberList; inner: Scope } {
  const [iterator] = expression.iterators;
  if (iterator === undefined || expression.iterators.length > 1 || iterator.end !== null) {
    return refuseList(expression, "for m in members return m.fact");
  }
  const source = memberList(iterator.source, scope);
  if (source === null || source.value !== null) return refuseList(iterator, "for m in members return m.fact");
  const variables = new Map(scope.variables).set(iterator.name, source.loop);
  return { source, inner: { ...scope, variables, depth: source.loop } };
}

/** Inside `members[...]` a bare person fact is the member's. */
function inside(scope: Scope, loop: number): Scope {
  return { ...scope, row: loop, depth: loop };
}

function bothOf(first: Node | null, second: Node, at: Span): Node {
  return first === null ? second : junction("and", [first, second], at);
}

/** `some m in members satisfies ...`, `every m in members satisfies ...` */
export function quantified(expression: Quantified, scope: Scope): Node {
  const { source, inner } = iterated(expression, scope);
  const value = booleanNode(scope.check(expression.condition, inner));
  const at = { from: expression.from, to: expression.to };
  return { op: "aggregate", kind: expression.quantifier, ...source, value, at, type: booleanType };
}

/** `sum(members.fact)`, `count(members[...])`, `min`, `max`; null when the argument is no list of members. */
export function aggregateCall(name: string, call: Call, args: readonly Expression[], scope: Scope): Node | null {
  const [only] = args;
  if (args.length !== 1 || only === undefined) return null;
  const list = memberList(only, scope);
  if (list === null) return null;
  if (name === "count") return count(list, call);
  if (name === "sum" || name === "min" || name === "max") return fold(name, list, call);
  return refuseList(call, "sum, count, min, max");
}

function count(list: MemberList, at: Span): Node {
  const type = numberType("1", 0, list.where === null ? 1 : 0, mostMembers);
  return { op: "aggregate", kind: "count", ...list, value: null, at: { from: at.from, to: at.to }, type };
}

function fold(kind: AggregateKind & ("sum" | "min" | "max"), list: MemberList, at: Span): Node {
  if (list.value === null) return refuseList(at, `${kind}(members.fact)`);
  const item = wholeNumber(list.value);
  if (kind !== "sum") {
    if (list.where === null) return { op: "aggregate", kind, ...list, at, type: item };
    return refuse(
      "RULE-EMPTY-LIST",
      at,
      {
        zh: "筛选后可能没有成员，最大值和最小值就不存在",
        en: "No member may be left, and then there is no least or greatest",
      },
      { zh: "用 count、sum、some 或 every，或不加筛选", en: "Use count, sum, some or every, or leave out the filter" },
    );
  }
  const least = list.where === null && item.min > 0 ? item.min : Math.min(0, item.min * mostMembers);
  const greatest = list.where === null && item.max < 0 ? item.max : Math.max(0, item.max * mostMembers);
  const range = bounded({ scale: item.scale, min: least, max: greatest }, at);
  return { op: "aggregate", kind, ...list, at: { from: at.from, to: at.to }, type: { ...item, ...range } };
}

function refuseList(at: Span, right: string): never {
  return refuse(
    "RULE-NOT-COMPILABLE",
    at,
    {
      zh: "规则里只有家庭成员这一种列表，且只能汇总",
      en: "Members of the household are the only list in a rule, and only to be aggregated",
    },
    { zh: `写成 ${right}`, en: `Write ${right}` },
  );
}
