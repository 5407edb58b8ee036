import { contentHash } from "../compile/canonical-json.ts";
import type { List } from "../model/list.ts";

/**
 * SHA-256 of everything that a list says, in hexadecimal: two lists have one hash when they say the same, wherever and
 * in whatever order of files it is written. What only says where a thing is written does not count.
 */
export function listHash(list: List): string {
  const { areas, facts, units, payers, lifeStages, sources, parameters, items, replaced, ...rest } = list;
  return contentHash({
    ...rest,
    // The order of areas and facts is part of what a rulebook of the list is.
    areas: [...areas.values()],
    facts: [...facts.values()].map(withoutOrigin),
    units: byCode(units),
    payers: byCode(payers),
    lifeStages: byCode(lifeStages),
    sources: byCode(sources),
    parameters: byCode(parameters, (parameter) => ({
      ...withoutOrigin(parameter),
      values: parameter.values.map(withoutOrigin),
    })),
    items: byCode(items, withoutOrigin),
    replaced: byCode(replaced, withoutOrigin),
  });
}

function byCode<T>(map: ReadonlyMap<string, T>, as: (value: T) => unknown = (value) => value): Record<string, unknown> {
  return Object.fromEntries([...map].map(([code, value]) => [code, as(value)]));
}

function withoutOrigin<T extends { readonly origin: unknown }>({ origin: _, ...rest }: T): Omit<T, "origin"> {
  return rest;
}
