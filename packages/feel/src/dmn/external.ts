import type { FeelFunction, FeelValue } from "../values.ts";

/** The function that an external definition names, null when it is not known here. */
export function externalFunction(_definition: FeelValue, _parameters: readonly string[]): FeelFunction | null {
  return null;
}
