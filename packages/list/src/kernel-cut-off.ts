import {
  booleanType,
  type CompareOperator,
  childrenOf,
  dateType,
  firstDay,
  lastDay,
  monthsBetween,
  type Node,
  withChildren,
} from "@qingdan/feel/typed";

/**
 * Ages compared with a number become comparisons of the birth date with a day: `age >= 65` is `birthDate <= cut-off`.
 * The cut-off is found with the calendar arithmetic itself, so that 29 February keeps its meaning.
 */
export function withCutOffs(node: Node): Node {
  const inner = withChildren(node, childrenOf(node).map(withCutOffs));
  if (inner.op !== "compare") return inner;
  return (
    cutOff(inner.operator, inner.left, inner.right) ??
    cutOff(mirrored[inner.operator], inner.right, inner.left) ??
    inner
  );
}

const mirrored: Readonly<Record<CompareOperator, CompareOperator>> = {
  "=": "=",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

function cutOff(operator: CompareOperator, age: Node, bound: Node): Node | null {
  if (age.op !== "part" || bound.op !== "constant" || bound.type.kind !== "number" || bound.type.scale !== 0)
    return null;
  const duration = age.of;
  if (duration.op !== "months-between" || duration.to.op !== "constant") return null;
  if (age.part !== "years" && age.part !== "total-months") return null;
  const { from, to } = duration;
  const years = Number(bound.value);
  const months = (length: number) => (age.part === "years" ? monthsOfYears(length) : length);
  const reached = (length: number) => bornBy(from, Number(to.value), months(length));
  switch (operator) {
    case ">=":
      return reached(years);
    case ">":
      return reached(years + 1);
    case "<":
      return not(reached(years));
    case "<=":
      return not(reached(years + 1));
    case "=":
      return { op: "and", items: [reached(years), not(reached(years + 1))], type: booleanType };
    case "!=":
      return { op: "or", items: [not(reached(years)), reached(years + 1)], type: booleanType };
  }
}

/** Fewest months that count as so many years; years before birth are cut towards zero. */
function monthsOfYears(years: number): number {
  return years > 0 ? years * 12 : years * 12 - 11;
}

function not(of: Node): Node {
  return of.op === "constant" ? { ...of, value: of.value !== true } : { op: "not", of, type: booleanType };
}

/** The date is no later than the last day from which `months` months have passed at `to`. */
function bornBy(from: Node, to: number, months: number): Node {
  let low = firstDay - 1;
  let high = lastDay;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (monthsBetween(middle, to) >= months) low = middle;
    else high = middle - 1;
  }
  const day: Node = { op: "constant", type: dateType, value: low };
  return { op: "compare", operator: "<=", left: from, right: day, type: booleanType };
}
