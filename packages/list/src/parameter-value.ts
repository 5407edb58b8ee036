import { scaled, yuanToFen } from "./exact-decimal.ts";
import { isCalendarDate } from "./model/calendar-date.ts";
import type { ParameterType, WrittenValue } from "./model/parameter.ts";

/** A published value as it is held: fen for money, exact decimal text for other numbers, a day; undefined if wrong. */
export function heldValue(type: ParameterType, value: WrittenValue["value"]): number | string | null | undefined {
  if (value === null) return null;
  if (type === "date") return typeof value === "string" && isCalendarDate(value) ? value : undefined;
  if (typeof value !== "number") return undefined;
  if (type === "money") return yuanToFen(value);
  const decimals = type === "integer" ? 0 : MOST_DECIMALS;
  return scaled(value, decimals) === undefined ? undefined : String(value);
}

/** Decimals that a ratio or another decimal may have. */
export const MOST_DECIMALS = 8;
