import type { Expression } from "../syntax.ts";
import type { Node } from "./node.ts";
import type { Shape } from "./shape.ts";
import type { DateType, NumberType, Type } from "./type.ts";

export interface FactDeclaration {
  readonly name: string;
  readonly entity: "person" | "household";
  /** `null`: kept for people, never read by rules (texts, identifiers). For a derived fact only unit and kind count. */
  readonly type: Type | null;
  /** FEEL of a derived fact. */
  readonly formula?: string;
}

export interface ParameterDeclaration {
  readonly name: string;
  /** With the range of its values, so that sums can be proved exact. */
  readonly type: NumberType | DateType;
  readonly keys: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** What names mean in a rule. */
export interface Environment {
  readonly facts: ReadonlyMap<string, FactDeclaration>;
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  /** Codes; an area value is a position here. */
  readonly areas: readonly string[];
  /** Positions of an area and of all below it; null when there is no such area. */
  readonly areasWithin: (code: string) => readonly number[] | null;
  /** Formulas of derived facts typed before, by name and whose they are: most rules read the same few. */
  readonly typed?: Map<string, Node>;
  /** Texts read before: rules say the same thing often. */
  readonly parsed?: Map<string, Expression>;
}

/** Where an expression stands. */
export interface Scope {
  readonly environment: Environment;
  /** Local names of the rule, as FEEL. */
  readonly locals: ReadonlyMap<string, string>;
  /** Whose a bare person fact is: 0 the subject, n a member, null nobody's (the formula of a household fact). */
  readonly row: number | null;
  /** Loop variables and their rows. */
  readonly variables: ReadonlyMap<string, number>;
  /** Variables that stand for the items of a list written out, each in its turn, and entries of a context. */
  readonly items: ReadonlyMap<string, Shape>;
  /** Loops around this place. */
  readonly depth: number;
  /** The value under test in a cell of a table. */
  readonly input: Node | null;
  /** Names being expanded, to refuse cycles. */
  readonly expanding: readonly string[];
  readonly check: (expression: Expression, scope: Scope) => Node;
  /** A list or context that is known when it is loaded; null for anything else. */
  readonly shape: (expression: Expression, scope: Scope) => Shape | null;
}

/** What an expression comes to: a value, a list or a context. */
export const anyShape = (expression: Expression, scope: Scope): Shape =>
  scope.shape(expression, scope) ?? scope.check(expression, scope);
