import type { BlocksPage, PlacesPage } from "./map-api.ts";

/** A class of minutes on the map: from the last one's end up to and with `upTo`. */
export interface MinuteClass {
  readonly id: ClassId;
  readonly upTo: number;
}

/** Five colours of a sequential scale that colour-blind people can tell apart (ColorBrewer YlGnBu), by class. */
export const classColours = { m1: "#ffffcc", m2: "#a1dab4", m3: "#41b6c4", m4: "#2c7fb8", m5: "#253494" } as const;

type ClassId = keyof typeof classColours;
type Travel = PlacesPage["standards"][number]["travel"];

const classesUpTo = (...ends: readonly number[]): readonly MinuteClass[] =>
  (Object.keys(classColours) as ClassId[]).map((id, n) => ({ id, upTo: ends[n] ?? Number.POSITIVE_INFINITY }));

/** Classes end where standards draw circles: 5, 10, 15 and 30 minutes on foot; 30 and 45 by car. */
export const minuteClasses: Readonly<Record<Travel, readonly MinuteClass[]>> = {
  foot: classesUpTo(5, 10, 15, 30),
  car: classesUpTo(10, 20, 30, 45),
};
export const unknownColour = "#9aa0a4";

export type Verdict = NonNullable<BlocksPage["verdict"][number]>;

/** A block as the map and the table show it. */
export interface BlockRow {
  readonly code: string;
  readonly people: number;
  readonly verdict: Verdict | null;
  readonly minutes: number | null;
  readonly shade: ClassId | "none";
}

function shadeOf(minutes: number | null, travel: Travel): BlockRow["shade"] {
  if (minutes === null) return "none";
  return minuteClasses[travel].find(({ upTo }) => minutes <= upTo)!.id;
}

/** The blocks of an answer as rows, with what a plan changes in them. */
export function rowsOf(
  page: BlocksPage,
  travel: Travel,
  changed?: Pick<BlocksPage, "code" | "verdict" | "minutes">,
): BlockRow[] {
  const at = new Map(changed?.code.map((code, i) => [code, i]));
  return page.code.map((code, i) => {
    const n = at.get(code);
    const isChanged = changed !== undefined && n !== undefined;
    const minutes = (isChanged ? changed.minutes[n] : page.minutes[i]) ?? null;
    return {
      code,
      people: page.people[i] ?? 0,
      verdict: (isChanged ? changed.verdict[n] : page.verdict[i]) ?? null,
      minutes,
      shade: shadeOf(minutes, travel),
    };
  });
}

export interface PeopleCounts {
  readonly byClass: ReadonlyMap<BlockRow["shade"], number>;
  readonly byVerdict: ReadonlyMap<Verdict, number>;
  readonly people: number;
}

/** People by class of minutes and by verdict: what the legend counts. */
export function countPeople(rows: readonly BlockRow[]): PeopleCounts {
  const byClass = new Map<BlockRow["shade"], number>();
  const byVerdict = new Map<Verdict, number>();
  let people = 0;
  for (const row of rows) {
    if (row.verdict === null) continue;
    byClass.set(row.shade, (byClass.get(row.shade) ?? 0) + row.people);
    byVerdict.set(row.verdict, (byVerdict.get(row.verdict) ?? 0) + row.people);
    people += row.people;
  }
  return { byClass, byVerdict, people };
}
