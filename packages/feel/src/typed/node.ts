import type { Span } from "../syntax.ts";
import type { BooleanType, DateType, DurationType, EnumType, NumberType, RatioType, Type } from "./type.ts";

/** Names of dates that follow from the date of the answer. */
export const momentNames = ["asOf", "monthStart", "monthEnd", "yearStart", "yearEnd"] as const;
export type MomentName = (typeof momentNames)[number];

export type RoundingMode = "half even" | "half up" | "half down" | "up" | "down" | "floor" | "ceiling";
export type CompareOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type AggregateKind = "sum" | "count" | "min" | "max" | "some" | "every";

interface Placed<T extends Type> {
  readonly type: T;
  /** Place in the text of the rule; absent in a rulebook. */
  readonly at?: Span;
  /** The derived fact or local name that stood here; says nothing about the value. */
  readonly name?: string;
}

/** Booleans, scaled numbers, days, months, positions in `values` or in the areas. */
export interface ConstantNode extends Placed<Type> {
  readonly op: "constant";
  readonly value: number | boolean;
}

/** `row` says whose fact: 0 the subject, n the member of the n-th enclosing loop; household facts have row 0. */
export interface FactNode extends Placed<Type> {
  readonly op: "fact";
  readonly fact: string;
  readonly entity: "person" | "household";
  readonly row: number;
}

/** A parameter before it is looked up. */
export interface ParameterNode extends Placed<NumberType | DateType> {
  readonly op: "parameter";
  readonly parameter: string;
  readonly keys: readonly Node[];
}

/**
 * A parameter looked up: `values` by area (when `area` is given) and then by each key, last key fastest; null is
 * missing at the source.
 */
export interface LookupNode extends Placed<NumberType | DateType> {
  readonly op: "lookup";
  readonly parameter: string;
  readonly area: FactNode | null;
  readonly keys: readonly Node[];
  readonly values: readonly (number | null)[];
}

/**
 * What follows from codes, conditions and small whole numbers, reckoned when the list is loaded: `values` by each key, last
 * key fastest.
 */
export interface MapNode extends Placed<NumberType | EnumType> {
  readonly op: "map";
  readonly keys: readonly Node[];
  readonly values: readonly number[];
}

export interface MomentNode extends Placed<DateType> {
  readonly op: "moment";
  readonly moment: MomentName;
  /** The day, once the date of the answer is known. */
  readonly value?: number;
}

/** Whether an area is `code` or below it; `values` are the positions of those areas. */
export interface WithinNode extends Placed<BooleanType> {
  readonly op: "within";
  readonly of: Node;
  readonly code: string;
  readonly values: readonly number[];
}

export interface OneOfNode extends Placed<BooleanType> {
  readonly op: "one-of";
  readonly of: Node;
  readonly values: readonly number[];
}

/** Of numbers, or of durations of one kind and whole numbers; a code is the position that a number gives. */
export interface ArithmeticNode extends Placed<NumberType | RatioType | DurationType | EnumType> {
  readonly op: "add" | "subtract" | "multiply" | "divide";
  readonly left: Node;
  readonly right: Node;
}

export interface ModuloNode extends Placed<NumberType | EnumType> {
  readonly op: "modulo";
  readonly left: Node;
  readonly right: Node;
}

export interface SignNode extends Placed<NumberType | RatioType | DurationType> {
  readonly op: "negate" | "absolute";
  readonly of: Node;
}

export interface ExtremeNode extends Placed<NumberType> {
  readonly op: "least" | "greatest";
  readonly items: readonly Node[];
}

/** Rounds to `digits` decimals (negative: tens, hundreds); with the type of a duration, to whole months. */
export interface RoundNode extends Placed<NumberType | DurationType> {
  readonly op: "round";
  readonly mode: RoundingMode;
  readonly digits: number;
  readonly of: Node;
}

export interface CompareNode extends Placed<BooleanType> {
  readonly op: "compare";
  readonly operator: CompareOperator;
  readonly left: Node;
  readonly right: Node;
}

export interface JunctionNode extends Placed<BooleanType> {
  readonly op: "and" | "or";
  readonly items: readonly Node[];
}

export interface NotNode extends Placed<BooleanType> {
  readonly op: "not";
  readonly of: Node;
}

export interface IfNode extends Placed<Type> {
  readonly op: "if";
  readonly when: Node;
  readonly yes: Node;
  readonly no: Node;
}

/** The value of `of`, or `value` where that is unknown: never unknown itself. Bounds are written with it, rules never. */
export interface OtherwiseNode extends Placed<Type> {
  readonly op: "otherwise";
  readonly of: Node;
  readonly value: number | boolean;
}

/** Whole months between two dates, or days. */
export interface BetweenNode extends Placed<DurationType> {
  readonly op: "months-between" | "days-between";
  readonly from: Node;
  readonly to: Node;
}

/** Part of a duration (`years`, `months` left over, `total-months`, `days`) or of a date (`year`, `month`, `day`). */
export interface PartNode extends Placed<NumberType> {
  readonly op: "part";
  readonly part: "years" | "months" | "total-months" | "days" | "year" | "month" | "day";
  readonly of: Node;
}

/** A date moved by months or days; past the end of a month the month's last day. */
export interface ShiftNode extends Placed<DateType> {
  readonly op: "shift";
  readonly of: Node;
  readonly by: Node;
  readonly sign: 1 | -1;
}

/** Over the members of the household, those for whom `where` holds; `loop` is the row number of the member inside. */
export interface AggregateNode extends Placed<NumberType | BooleanType> {
  readonly op: "aggregate";
  readonly kind: AggregateKind;
  readonly loop: number;
  readonly where: Node | null;
  readonly value: Node | null;
}

/** A typed rule: plain JSON, every node with its type, unit, scale and range. */
export type Node =
  | ConstantNode
  | FactNode
  | ParameterNode
  | LookupNode
  | MapNode
  | MomentNode
  | WithinNode
  | OneOfNode
  | ArithmeticNode
  | ModuloNode
  | SignNode
  | ExtremeNode
  | RoundNode
  | CompareNode
  | JunctionNode
  | NotNode
  | IfNode
  | OtherwiseNode
  | BetweenNode
  | PartNode
  | ShiftNode
  | AggregateNode;

/** The nodes directly below. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.op) {
    case "constant":
    case "fact":
    case "moment":
      return [];
    case "parameter":
    case "map":
      return node.keys;
    case "lookup":
      return node.area === null ? node.keys : [node.area, ...node.keys];
    case "within":
    case "one-of":
    case "negate":
    case "absolute":
    case "round":
    case "not":
    case "otherwise":
    case "part":
      return [node.of];
    case "add":
    case "subtract":
    case "multiply":
    case "divide":
    case "modulo":
    case "compare":
      return [node.left, node.right];
    case "least":
    case "greatest":
    case "and":
    case "or":
      return node.items;
    case "if":
      return [node.when, node.yes, node.no];
    case "months-between":
    case "days-between":
      return [node.from, node.to];
    case "shift":
      return [node.of, node.by];
    case "aggregate":
      return [node.where, node.value].filter((child) => child !== null);
  }
}

/** The same node over other children, given in the order of `childrenOf`. */
export function withChildren(node: Node, children: readonly Node[]): Node {
  const child = (index: number): Node => {
    const found = children[index];
    if (found === undefined) throw new Error(`${node.op} lacks child ${index}`);
    return found;
  };
  switch (node.op) {
    case "constant":
    case "fact":
    case "moment":
      return node;
    case "parameter":
    case "map":
      return { ...node, keys: children };
    case "lookup":
      return { ...node, keys: node.area === null ? children : children.slice(1) };
    case "within":
    case "one-of":
    case "negate":
    case "absolute":
    case "round":
    case "not":
    case "otherwise":
    case "part":
      return { ...node, of: child(0) };
    case "add":
    case "subtract":
    case "multiply":
    case "divide":
    case "modulo":
    case "compare":
      return { ...node, left: child(0), right: child(1) };
    case "least":
    case "greatest":
    case "and":
    case "or":
      return { ...node, items: children };
    case "if":
      return { ...node, when: child(0), yes: child(1), no: child(2) };
    case "months-between":
    case "days-between":
      return { ...node, from: child(0), to: child(1) };
    case "shift":
      return { ...node, of: child(0), by: child(1) };
    case "aggregate": {
      const where = node.where === null ? null : child(0);
      const value = node.value === null ? null : child(node.where === null ? 0 : 1);
      return { ...node, where, value };
    }
  }
}
