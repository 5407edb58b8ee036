import type { FeelContext, FeelValue } from "./values.ts";

/** A fresh context that holds no names of a prototype. */
export function emptyContext(): Record<string, FeelValue> {
  return Object.create(null) as Record<string, FeelValue>;
}

/** Of two entries of one name the later counts. */
export function contextOf(entries: Iterable<readonly [string, FeelValue]>): FeelContext {
  const context = emptyContext();
  for (const [name, value] of entries) context[name] = value;
  return context;
}
