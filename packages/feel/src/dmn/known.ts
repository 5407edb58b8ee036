import type { Code, Frame } from "../compile/code.ts";
import { anyType, conformsTo, type FeelType } from "../types.ts";
import { type FeelValue, type FunctionParameter, isNumber } from "../values.ts";

/** What is known ahead of the values a piece of logic gives. All may be null besides. */
export interface Known {
  /** Every value is one of this type, its allowed values included. */
  readonly type: FeelType;
  /** All the values there can be, where they are few and known. */
  readonly values: readonly FeelValue[] | null;
  /** The one function that the value is. */
  readonly callee: Callee | null;
}

/** The function of a knowledge model as the model's own logic calls it: by its body, past the checks that its types prove. */
export interface Callee {
  readonly parameters: readonly FunctionParameter[];
  /** Its body over a frame of the arguments, the result converted. */
  readonly code: Code;
  readonly result: Known;
  /** Around every call: the knowledge that the body requires. */
  readonly frame: Frame;
}

export const unknown: Known = { type: anyType, values: null, callee: null };

export function ofType(type: FeelType): Known {
  return type.kind === "any" ? unknown : { type, values: null, callee: null };
}

export function ofValues(values: readonly FeelValue[]): Known {
  return { type: anyType, values, callee: null };
}

/** Whether a value known so needs no conversion to the type: `fits` tells it of a single value. */
export function proves(known: Known, type: FeelType, fits: (value: FeelValue) => boolean): boolean {
  if (known.values !== null) return known.values.every(fits);
  return type.kind !== "function" && conformsTo(known.type, type);
}

export function isNumeric(known: Known): boolean {
  if (known.values !== null) return known.values.every((value) => value === null || isNumber(value));
  return conformsTo(known.type, { kind: "simple", name: "number" });
}

/** More values than a decision table has rules are not worth listing. */
const mostValues = 1_000;

/** What is known of a value that comes from one of these. */
export function either(alternatives: readonly Known[]): Known {
  const all = alternatives.filter(({ values }) => values?.length !== 0);
  if (all.every(({ values }) => values !== null)) {
    const values = [...new Set(all.flatMap(({ values }) => values ?? []))];
    if (values.length <= mostValues) return ofValues(values);
  }
  if (all.length > 0 && all.every(isNumeric)) return ofType({ kind: "simple", name: "number" });
  const [first] = all;
  const same = first !== undefined && all.every(({ type, values }) => values === null && type === first.type);
  return same ? ofType(first.type) : unknown;
}
