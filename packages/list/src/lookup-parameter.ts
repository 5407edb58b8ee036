import { areaChain } from "./area-chain.ts";
import type { List, Parameter, ParameterValue } from "./model/list.ts";

/** Which value is asked for. Days are `YYYY-MM-DD`. */
export interface ParameterQuery {
  readonly code: string;
  /** One value a key dimension, in the order of the parameter's `keys`. */
  readonly key?: readonly string[];
  readonly area: string;
  readonly date: string;
  /** As known on this day: values that were published later do not count. */
  readonly knownOn?: string;
}

/** The value in force, or why there is none. */
export type ParameterAnswer =
  | { readonly kind: "value"; readonly value: number | string; readonly entry: ParameterValue }
  /** The value in force is written as missing at its source. */
  | { readonly kind: "missing"; readonly entry: ParameterValue }
  | { readonly kind: "none"; readonly why: NoValue };
export type NoValue = "unknown-parameter" | "unknown-key" | "area-not-in-force" | "no-value-on-date";

/**
 * The value of a parameter for an area on a day: that of the area, or of the nearest area above it that has one in
 * force. Intervals are half-open, the next value of the same area and key ends the one before it, and drafts never
 * count. Money is in fen; other numbers are exact decimal texts.
 */
export function lookupParameter(list: Pick<List, "areas" | "parameters">, query: ParameterQuery): ParameterAnswer {
  const parameter = list.parameters.get(query.code);
  if (!parameter) return { kind: "none", why: "unknown-parameter" };
  const key = query.key ?? [];
  if (!isKeyOf(parameter, key)) return { kind: "none", why: "unknown-key" };
  const chain = areaChain(list, query.area, query.date);
  if (chain.length === 0) return { kind: "none", why: "area-not-in-force" };
  for (const { code } of chain) {
    const entry = valueInForce(parameter, code, key, query);
    if (entry?.value === null) return { kind: "missing", entry };
    if (entry) return { kind: "value", value: entry.value as number | string, entry };
  }
  return { kind: "none", why: "no-value-on-date" };
}

function isKeyOf(parameter: Parameter, key: readonly string[]): boolean {
  return key.length === parameter.keys.length && parameter.keys.every(({ values }, at) => values.includes(key[at]!));
}

/** Of the values of one area and key, the last that began; it may have ended since, and the ones before it have. */
function valueInForce(
  parameter: Parameter,
  area: string,
  key: readonly string[],
  { date, knownOn }: ParameterQuery,
): ParameterValue | undefined {
  let last: ParameterValue | undefined;
  for (const entry of parameter.values) {
    if (entry.area !== area || entry.from > date || entry.status === "draft") continue;
    if (knownOn !== undefined && entry.knownFrom > knownOn) continue;
    if (entry.key.some((value, at) => value !== key[at])) continue;
    if (!last || last.from <= entry.from) last = entry;
  }
  return last && (last.until === undefined || date < last.until) ? last : undefined;
}
