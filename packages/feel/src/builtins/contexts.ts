import { contextOf } from "../context.ts";
import { entry, type FeelContext, type FeelList, type FeelValue, isContext } from "../values.ts";
import { type Builtin, define, signature } from "./define.ts";

/** DMN 1.5, table 75: context functions. */
export const contexts: readonly Builtin[] = [
  define(
    "get value",
    signature("m: context, key: string", (m: FeelContext, key: string) => entry(m, key) ?? null),
  ),
  define(
    "get entries",
    signature("m: context", (m: FeelContext) =>
      Object.entries(m).map(([key, value]) =>
        contextOf([
          ["key", key],
          ["value", value],
        ]),
      ),
    ),
  ),
  define(
    "context",
    signature("entries: list", (entries: FeelList) => fromEntries(entries)),
  ),
  define(
    "context put",
    signature("context: context, key: string, value: any", (context: FeelContext, key: string, value: FeelValue) =>
      put(context, [key], value),
    ),
    signature("context: context, keys: list, value: any", (context: FeelContext, keys: FeelList, value: FeelValue) =>
      put(context, keys, value),
    ),
  ),
  define(
    "context merge",
    signature("contexts: list", (given: FeelList) => merge(given)),
  ),
];

function fromEntries(entries: FeelList): FeelContext | undefined {
  const pairs: [string, FeelValue][] = [];
  const names = new Set<string>();
  for (const pair of entries) {
    if (!isContext(pair)) return undefined;
    const [key, value] = [entry(pair, "key"), entry(pair, "value")];
    if (typeof key !== "string" || value === undefined || names.has(key)) return undefined;
    names.add(key);
    pairs.push([key, value]);
  }
  return contextOf(pairs);
}

/** The last key gets the value; the keys before it lead through contexts that must be there. */
function put(context: FeelContext, keys: FeelList, value: FeelValue): FeelContext | undefined {
  const [key, ...rest] = keys;
  if (typeof key !== "string") return undefined;
  if (rest.length === 0) return contextOf([...Object.entries(context), [key, value]]);
  const inner = entry(context, key) ?? null;
  const changed = isContext(inner) ? put(inner, rest, value) : undefined;
  return changed === undefined ? undefined : contextOf([...Object.entries(context), [key, changed]]);
}

function merge(given: FeelList): FeelContext | undefined {
  return given.every(isContext) ? contextOf(given.flatMap((context) => Object.entries(context))) : undefined;
}
