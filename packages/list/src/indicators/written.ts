import type { Place } from "../finding.ts";
import type { Entry } from "../reading.ts";
import type { IndicatorCatalogue } from "./catalogue.ts";

/** What is written, by code, with its place. */
export interface WrittenCatalogue extends IndicatorCatalogue {
  readonly places: ReadonlyMap<object, Entry<unknown>>;
}

/** Gives the place of a part of something written. */
export type PlaceOf = (of: object, path?: readonly PropertyKey[]) => Place;

/** Tells every code that is not known, with the nearest that is. */
export type Refer = (
  place: Place,
  kind: "source" | "area" | "domain" | "unit" | "item" | "indicator" | "plan",
  codes: readonly string[],
  known: { has(code: string): boolean; keys(): Iterable<string> },
) => void;
