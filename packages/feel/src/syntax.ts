/** Half-open interval of UTF-16 offsets into the source text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface NumberLiteral extends Span {
  readonly kind: "number";
  /** As written, sign included: `-1.50`, `.5`, `1e3`. */
  readonly text: string;
}

export interface StringLiteral extends Span {
  readonly kind: "string";
  /** With escapes resolved. */
  readonly value: string;
}

export interface BooleanLiteral extends Span {
  readonly kind: "boolean";
  readonly value: boolean;
}

export interface NullLiteral extends Span {
  readonly kind: "null";
}

/** `@"2024-02-29"`: a date, time, date and time or duration. */
export interface AtLiteral extends Span {
  readonly kind: "at";
  readonly text: string;
}

export interface NameReference extends Span {
  readonly kind: "name";
  /** With single spaces, and none around `. / - ' + *`. */
  readonly name: string;
}

/** `?`: the value under test. */
export interface InputReference extends Span {
  readonly kind: "input";
}

export interface Negation extends Span {
  readonly kind: "negation";
  readonly operand: Expression;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "**";

export interface Arithmetic extends Span {
  readonly kind: "arithmetic";
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export type ComparisonOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";

export interface Comparison extends Span {
  readonly kind: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Between extends Span {
  readonly kind: "between";
  readonly value: Expression;
  readonly low: Expression;
  readonly high: Expression;
}

/** `value in test` and `value in (test, test)`; true when one test holds. */
export interface Membership extends Span {
  readonly kind: "in";
  readonly value: Expression;
  readonly tests: readonly Expression[];
}

export interface Conjunction extends Span {
  readonly kind: "and";
  readonly left: Expression;
  readonly right: Expression;
}

export interface Disjunction extends Span {
  readonly kind: "or";
  readonly left: Expression;
  readonly right: Expression;
}

export interface InstanceOf extends Span {
  readonly kind: "instanceOf";
  readonly value: Expression;
  readonly type: TypeReference;
}

export interface Conditional extends Span {
  readonly kind: "if";
  readonly condition: Expression;
  readonly consequence: Expression;
  readonly alternative: Expression;
}

export interface Iterator extends Span {
  readonly name: string;
  /** The list or range, or the low end when `end` is given. */
  readonly source: Expression;
  /** High end of `low..high`. */
  readonly end: Expression | null;
}

export interface ForLoop extends Span {
  readonly kind: "for";
  readonly iterators: readonly Iterator[];
  readonly result: Expression;
}

export interface Quantified extends Span {
  readonly kind: "quantified";
  readonly quantifier: "some" | "every";
  readonly iterators: readonly Iterator[];
  readonly condition: Expression;
}

export interface Path extends Span {
  readonly kind: "path";
  readonly source: Expression;
  readonly name: string;
}

export interface Filter extends Span {
  readonly kind: "filter";
  readonly source: Expression;
  readonly condition: Expression;
}

export interface NamedArgument extends Span {
  readonly name: string;
  readonly value: Expression;
}

export interface Call extends Span {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments:
    | { readonly kind: "positional"; readonly values: readonly Expression[] }
    | { readonly kind: "named"; readonly values: readonly NamedArgument[] };
}

export interface Parameter extends Span {
  readonly name: string;
  readonly type: TypeReference | null;
}

export interface FunctionDefinition extends Span {
  readonly kind: "function";
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
  readonly external: boolean;
}

export interface ListLiteral extends Span {
  readonly kind: "list";
  readonly items: readonly Expression[];
}

export interface ContextEntry extends Span {
  readonly name: string;
  readonly value: Expression;
}

export interface ContextLiteral extends Span {
  readonly kind: "context";
  readonly entries: readonly ContextEntry[];
}

export interface RangeLiteral extends Span {
  readonly kind: "range";
  readonly low: Expression;
  readonly high: Expression;
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;
}

/** `< 5`, `= "a"`: as a value, the range or set of what passes; as a test, a comparison with the value under test. */
export interface ComparisonTest extends Span {
  readonly kind: "comparisonTest";
  readonly operator: ComparisonOperator;
  readonly operand: Expression;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NullLiteral
  | AtLiteral
  | NameReference
  | InputReference
  | Negation
  | Arithmetic
  | Comparison
  | Between
  | Membership
  | Conjunction
  | Disjunction
  | InstanceOf
  | Conditional
  | ForLoop
  | Quantified
  | Path
  | Filter
  | Call
  | FunctionDefinition
  | ListLiteral
  | ContextLiteral
  | RangeLiteral
  | ComparisonTest;

export type ExpressionKind = Expression["kind"];

export interface NamedType extends Span {
  readonly kind: "named";
  /** `number`, `date and time`, `years and months duration`, or the name of an item definition, dots kept. */
  readonly name: string;
}

export interface ListTypeReference extends Span {
  readonly kind: "list";
  readonly of: TypeReference;
}

export interface RangeTypeReference extends Span {
  readonly kind: "range";
  readonly of: TypeReference;
}

export interface ContextTypeReference extends Span {
  readonly kind: "context";
  readonly entries: readonly { readonly name: string; readonly type: TypeReference }[];
}

export interface FunctionTypeReference extends Span {
  readonly kind: "function";
  readonly parameters: readonly TypeReference[];
  readonly result: TypeReference;
}

export type TypeReference =
  | NamedType
  | ListTypeReference
  | RangeTypeReference
  | ContextTypeReference
  | FunctionTypeReference;

/** The cell of a decision table: `-`, `a, b`, or `not(a, b)`. */
export interface UnaryTests extends Span {
  readonly kind: "any" | "oneOf" | "noneOf";
  readonly tests: readonly Expression[];
}
