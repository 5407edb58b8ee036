import type { FeelContext, FeelValue } from "./values.ts";

/** Makes objects without names of a prototype that engines still lay out as records, which `Object.create(null)` are not. */
const Bare = function Bare() {} as unknown as new () => Record<string, FeelValue>;
Bare.prototype = Object.freeze(Object.create(null));

/** A fresh context that holds no names of a prototype. */
export function emptyContext(): Record<string, FeelValue> {
  return new Bare();
}

/** Of two entries of one name the later counts. */
export function contextOf(entries: Iterable<readonly [string, FeelValue]>): FeelContext {
  const context = emptyContext();
  for (const [name, value] of entries) context[name] = value;
  return context;
}
