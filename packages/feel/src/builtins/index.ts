import type { FeelFunction } from "../values.ts";
import { aggregates } from "./aggregates.ts";
import { contexts } from "./contexts.ts";
import { conversions } from "./conversion.ts";
import { type Builtin, toFunction } from "./define.ts";
import { lists } from "./lists.ts";
import { logic } from "./logic.ts";
import { numerics } from "./numeric.ts";
import { ranges } from "./ranges.ts";
import { strings } from "./strings.ts";
import { temporals } from "./temporal.ts";

/** All built-in functions of DMN 1.5, 10.3.4. */
export const builtins: readonly Builtin[] = [
  ...conversions,
  ...logic,
  ...strings,
  ...lists,
  ...aggregates,
  ...numerics,
  ...temporals,
  ...ranges,
  ...contexts,
];

const functions: ReadonlyMap<string, FeelFunction> = new Map(
  builtins.map((builtin) => [builtin.name, toFunction(builtin)]),
);

export function builtinFunction(name: string): FeelFunction | null {
  return functions.get(name) ?? null;
}
