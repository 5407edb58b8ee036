import type { Run } from "../run.ts";
import type { Expression } from "../syntax.ts";
import type { FeelType } from "../types.ts";
import type { FeelFunction, FeelValue } from "../values.ts";

/** Local variables of one activation, innermost first. */
export interface Frame {
  readonly parent: Frame | null;
  readonly values: FeelValue[];
}

/** A prepared piece of an expression. */
export type Code = (frame: Frame | null, run: Run) => FeelValue;

/** What the frames will hold when the code runs: named variables, or the item of a filter with its entries as names. */
export interface Scope {
  readonly parent: Scope | null;
  readonly kind: "variables" | "item";
  readonly names: readonly string[];
}

export interface CompileOptions {
  /** Names that the context may hold; one that is also a built-in hides the built-in when called. */
  readonly declared: ReadonlySet<string>;
  readonly types: (name: string) => FeelType | null;
  readonly external: (definition: FeelValue, parameters: readonly string[]) => FeelFunction | null;
}

export interface Compiler {
  readonly options: CompileOptions;
  readonly expression: (node: Expression, scope: Scope | null) => Code;
  /** Notes that the code in hand depends on more than its own text, so that it is not computed ahead. */
  readonly dependsOnRun: () => void;
}

/** How one kind of node becomes code. */
export type Compile<K extends Expression["kind"]> = (
  node: Extract<Expression, { kind: K }>,
  scope: Scope | null,
  compiler: Compiler,
) => Code;

export function variables(parent: Scope | null, names: readonly string[]): Scope {
  return { parent, kind: "variables", names };
}
