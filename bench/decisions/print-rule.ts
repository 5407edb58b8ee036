import { childrenOf, keyDimension, type Node, ratioParts, roundingFactors, scaleOf } from "@qingdan/feel/typed";
import type { RulebookItem } from "@qingdan/list";
import { prepared } from "../../packages/list/src/kernel-graph.ts";

/** How another engine writes what a rule needs. Facts, codes and days are plain integers for it, so it has less to do. */
export interface Dialect {
  readonly equal: string;
  readonly unequal: string;
  readonly choose: (when: string, yes: string, no: string) => string;
  readonly oneOf: (value: string, values: readonly number[]) => string;
  readonly at: (list: string, index: string) => string;
  readonly ceiling: string;
  readonly extreme: (name: "min" | "max", items: readonly string[]) => string;
  /** A member's fact inside a loop, and the loops. */
  readonly member: (fact: string) => string;
  readonly total: (kind: "sum" | "min" | "max", value: string) => string;
  readonly quantify: (kind: "some" | "every", condition: string) => string;
  /** An answer computed before, by key. */
  readonly earlier: (key: string) => string;
}

export const zen: Dialect = {
  equal: "==",
  unequal: "!=",
  choose: (when, yes, no) => `(${when} ? ${yes} : ${no})`,
  oneOf: (value, values) => `(${value} in [${values.join(",")}])`,
  at: (list, index) => `${list}[${index}]`,
  ceiling: "ceil",
  extreme: (name, items) => `${name}([${items.join(", ")}])`,
  member: (fact) => `#.${fact}`,
  total: (kind, value) => `${kind}(map(members, ${value}))`,
  quantify: (kind, condition) => `${kind === "every" ? "all" : "some"}(members, ${condition})`,
  earlier: (key) => `$.${key}`,
};

export const feel: Dialect = {
  equal: "=",
  unequal: "!=",
  choose: (when, yes, no) => `(if ${when} then ${yes} else ${no})`,
  oneOf: (value, values) => `(list contains([${values.join(",")}], ${value}))`,
  at: (list, index) => `${list}[${index} + 1]`,
  ceiling: "ceiling",
  extreme: (name, items) => `${name}(${items.join(", ")})`,
  member: (fact) => `m.${fact}`,
  total: (kind, value) => `${kind}(for m in members return ${value})`,
  quantify: (kind, condition) => `(${kind} m in members satisfies ${condition})`,
  earlier: (key) => key,
};

/** Two expressions of an item: `p<n>` the reason before the amount is looked at, `x<n>` the amount in fen. */
export function printItem(item: RulebookItem, at: number, dialect: Dialect): readonly { key: string; value: string }[] {
  const print = printer(dialect);
  const text = (node: Node) => print(prepared(node, item.subject));
  const fen = (node: Node) => times(text(node), 10 ** (2 - scaleOf(node.type)));
  const { amount, common } = item;
  const key = `p${at}`;
  const missing = common.parameterMissing;
  // What a standard that is missing at its source leaves open is told by its reason; the engines have no unknown.
  const rows = (amount.kind === "table" ? amount.rows : []).map((row) => ({
    ...row,
    reason: isMissing(row.amount) ? missing : row.reason,
  }));
  const single = amount.kind === "amount" && isMissing(amount.amount) ? missing : common.entitled;
  const collects = amount.kind === "table" && !["U", "A", "F"].includes(amount.hitPolicy);
  if (collects && amount.hitPolicy !== "SUM") throw new Error(`${item.code}: ${amount.hitPolicy} is not printed`);
  const anyRow = rows.map((row) => text(row.test)).join(" or ");
  const stage = collects
    ? dialect.choose(anyRow, `${common.entitled}`, `${common.noRow}`)
    : rows.reduceRight(
        (no, row) => dialect.choose(text(row.test), `${row.reason}`, no),
        `${rows.length > 0 ? common.noRow : single}`,
      );
  const reason = item.conditions.reduceRight(
    (no, condition) => dialect.choose(text(condition.test), no, `${condition.failed}`),
    stage,
  );
  const when = (position: number, value: string, no: string) =>
    dialect.choose(`${dialect.earlier(key)} ${dialect.equal} ${position}`, value, no);
  const amounts = () => {
    if (amount.kind === "amount") return single === missing ? "0" : when(common.entitled, fen(amount.amount), "0");
    if (amount.kind === "parts")
      return when(common.entitled, amount.parts.map((part) => fen(part.amount)).join(" + "), "0");
    if (amount.kind === "service") return "0";
    if (collects)
      return when(
        common.entitled,
        rows.map((row) => dialect.choose(text(row.test), fen(row.amount), "0")).join(" + "),
        "0",
      );
    return rows.reduceRight((no, row) => (isMissing(row.amount) ? no : when(row.reason, fen(row.amount), no)), "0");
  };
  return [
    { key, value: reason },
    { key: `x${at}`, value: amounts() },
  ];
}

/** Whether a parameter in it has no value at all. */
function isMissing(node: Node): boolean {
  if (node.op === "lookup" && node.values.every((value) => value === null)) return true;
  return childrenOf(node).some(isMissing);
}

const times = (text: string, factor: number) => (factor === 1 ? text : `(${text} * ${factor})`);

function printer(dialect: Dialect): (node: Node) => string {
  const quotient = (node: Node): { num: string; den: string; numScale: number; denScale: number } => {
    if (node.type.kind !== "ratio") return { num: print(node), den: "1", numScale: scaleOf(node.type), denScale: 0 };
    if (node.op !== "divide" && node.op !== "multiply") throw new Error(`A quotient by ${node.op} is not printed`);
    const [a, b] = [quotient(node.left), quotient(node.right)];
    const [p, q, ps, qs] =
      node.op === "divide" ? [b.den, b.num, b.denScale, b.numScale] : [b.num, b.den, b.numScale, b.denScale];
    const by = (x: string, y: string) => (y === "1" ? x : x === "1" ? y : `(${x} * ${y})`);
    return { num: by(a.num, p), den: by(a.den, q), numScale: a.numScale + ps, denScale: a.denScale + qs };
  };
  const compare = (node: Node & { op: "compare" }): string => {
    const symbol = node.operator === "=" ? dialect.equal : node.operator === "!=" ? dialect.unequal : node.operator;
    if (node.left.type.kind !== "number" && node.left.type.kind !== "ratio")
      return `(${print(node.left)} ${symbol} ${print(node.right)})`;
    const [a, b] = [quotient(node.left), quotient(node.right)];
    const [x, y] = [a.numScale + b.denScale, b.numScale + a.denScale];
    const scale = Math.max(x, y);
    const side = (num: string, den: string, own: number) =>
      times(den === "1" ? num : `(${num} * ${den})`, 10 ** (scale - own));
    return `(${side(a.num, b.den, x)} ${symbol} ${side(b.num, a.den, y)})`;
  };
  const lookup = (node: Node & { op: "lookup" }): string => {
    const list = `[${node.values.map((value) => value ?? "null").join(",")}]`;
    const keys = [
      ...(node.area === null ? [] : [{ text: print(node.area), size: 1, first: 0 }]),
      ...node.keys.map((key) => ({ text: print(key), ...keyDimension(key.type) })),
    ];
    const index = keys.reduce(
      (sum, key) =>
        sum === "" ? `(${key.text} - ${key.first})` : `(${sum} * ${key.size} + ${key.text} - ${key.first})`,
      "",
    );
    return dialect.at(list, index === "" ? "0" : index);
  };
  const round = (node: Node & { op: "round" }): string => {
    if (node.of.type.kind !== "number" && node.of.type.kind !== "ratio") throw new Error("Only numbers are rounded");
    const of = quotient(node.of);
    const { num, den } = ratioParts(node.of.type);
    const factors = roundingFactors(num, den, node.digits);
    const [n, d] = [times(of.num, factors.num), times(of.den, factors.den)];
    const whole = () => {
      if (node.mode === "floor" || (node.mode === "down" && num.min >= 0)) return `floor(${n} / ${d})`;
      if (node.mode === "ceiling" || (node.mode === "up" && num.min >= 0)) return `${dialect.ceiling}(${n} / ${d})`;
      if (node.mode === "half up" && num.min >= 0) return `floor((2 * ${n} + ${d}) / (2 * ${d}))`;
      throw new Error(`Rounding ${node.mode} is not printed`);
    };
    return node.digits < 0 ? times(whole(), 10 ** -node.digits) : whole();
  };
  const aggregate = (node: Node & { op: "aggregate" }): string => {
    const where = node.where === null ? null : print(node.where);
    const value = node.value === null ? "1" : print(node.value);
    if (node.kind === "some") return dialect.quantify("some", where === null ? value : `(${where} and ${value})`);
    if (node.kind === "every") return dialect.quantify("every", where === null ? value : `(not(${where}) or ${value})`);
    const kind = node.kind === "count" ? "sum" : node.kind;
    return dialect.total(kind, where === null ? value : dialect.choose(where, value, "0"));
  };
  const print = (node: Node): string => {
    const aligned = (child: Node) => times(print(child), 10 ** (scaleOf(node.type) - scaleOf(child.type)));
    switch (node.op) {
      case "constant":
        return String(node.value);
      case "fact":
        return node.row > 0 ? dialect.member(node.fact) : node.row < 0 ? `head.${node.fact}` : node.fact;
      case "lookup":
        return lookup(node);
      case "within":
      case "one-of":
        return dialect.oneOf(print(node.of), node.values);
      case "compare":
        return compare(node);
      case "and":
      case "or":
        return `(${node.items.map(print).join(` ${node.op} `)})`;
      case "not":
        return `not(${print(node.of)})`;
      case "if":
        return dialect.choose(print(node.when), aligned(node.yes), aligned(node.no));
      case "add":
        return `(${aligned(node.left)} + ${aligned(node.right)})`;
      case "subtract":
        return `(${aligned(node.left)} - ${aligned(node.right)})`;
      case "multiply":
        return `(${print(node.left)} * ${print(node.right)})`;
      case "negate":
        return `(0 - ${print(node.of)})`;
      case "least":
      case "greatest":
        return dialect.extreme(node.op === "least" ? "min" : "max", node.items.map(aligned));
      case "round":
        return round(node);
      case "aggregate":
        return aggregate(node);
      default:
        throw new Error(`${node.op} is not printed`);
    }
  };
  return print;
}
