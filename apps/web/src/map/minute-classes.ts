import type { BlocksPage } from "./map-api.ts";

/** A class of walking minutes on the map: from the last one's end up to and with `upTo`. */
export interface MinuteClass {
  readonly id: string;
  readonly upTo: number;
  readonly colour: string;
}

/** Five classes of a sequential scale that colour-blind people can tell apart (ColorBrewer YlGnBu). */
export const minuteClasses: readonly MinuteClass[] = [
  { id: "m5", upTo: 5, colour: "#ffffcc" },
  { id: "m10", upTo: 10, colour: "#a1dab4" },
  { id: "m15", upTo: 15, colour: "#41b6c4" },
  { id: "m30", upTo: 30, colour: "#2c7fb8" },
  { id: "more", upTo: Number.POSITIVE_INFINITY, colour: "#253494" },
];
export const unknownColour = "#9aa0a4";

export type Verdict = NonNullable<BlocksPage["verdict"][number]>;

/** A block as the map and the table show it. */
export interface BlockRow {
  readonly code: string;
  readonly people: number;
  readonly verdict: Verdict | null;
  readonly minutes: number | null;
}

export function classOf(minutes: number | null): string {
  if (minutes === null) return "none";
  return minuteClasses.find(({ upTo }) => minutes <= upTo)!.id;
}

/** The blocks of an answer as rows, with what a plan changes in them. */
export function rowsOf(page: BlocksPage, changed?: Pick<BlocksPage, "code" | "verdict" | "minutes">): BlockRow[] {
  const at = new Map(changed?.code.map((code, i) => [code, i]));
  return page.code.map((code, i) => {
    const n = at.get(code);
    const isChanged = changed !== undefined && n !== undefined;
    return {
      code,
      people: page.people[i] ?? 0,
      verdict: (isChanged ? changed.verdict[n] : page.verdict[i]) ?? null,
      minutes: (isChanged ? changed.minutes[n] : page.minutes[i]) ?? null,
    };
  });
}

export interface PeopleCounts {
  readonly byClass: ReadonlyMap<string, number>;
  readonly byVerdict: ReadonlyMap<Verdict, number>;
  readonly people: number;
}

/** People by class of minutes and by verdict: what the legend counts. */
export function countPeople(rows: readonly BlockRow[]): PeopleCounts {
  const byClass = new Map<string, number>();
  const byVerdict = new Map<Verdict, number>();
  let people = 0;
  for (const row of rows) {
    if (row.verdict === null) continue;
    const id = classOf(row.minutes);
    byClass.set(id, (byClass.get(id) ?? 0) + row.people);
    byVerdict.set(row.verdict, (byVerdict.get(row.verdict) ?? 0) + row.people);
    people += row.people;
  }
  return { byClass, byVerdict, people };
}
