import { type Finding, listFinding, type Place } from "../finding.ts";
import type { ParameterValue } from "../model/list.ts";
import { type Entry, placeOf } from "../reading.ts";
import type { Path } from "../yaml-file.ts";
import type { Checked } from "./check.ts";

interface Interval {
  readonly from?: string;
  readonly until?: string;
}

/** An interval ends after it begins: it holds at least one day. */
export function* emptyIntervals({ own }: Checked): Generator<Finding> {
  for (const [entry, path, interval] of intervals(own)) {
    const { from, until } = interval;
    if (from === undefined || until === undefined || from < until) continue;
    yield listFinding(
      "LIST-EMPTY-INTERVAL",
      placeOf(entry, [...path, "until"]),
      [`从 ${from} 起、到 ${until} 止，中间没有一天`, `From ${from} until ${until} there is no day`],
      ["until 写第一个不再有效的日子，晚于 from", "Write in until the first day that no longer counts, after from"],
    );
  }
}

function* intervals(own: Checked["own"]): Generator<readonly [Entry<unknown>, Path, Interval]> {
  for (const entry of own.areas) yield [entry, [], entry.value];
  for (const entry of own.units)
    for (const [at, name] of entry.value.names.entries()) yield [entry, ["names", at], name];
  for (const entry of own.items) yield [entry, ["effective"], entry.value.effective];
  for (const entry of own.parameters) {
    for (const [at, value] of entry.value.values.entries()) yield [entry, ["values", at], value];
  }
  if (own.header) {
    for (const [at, version] of own.header.value.versions.entries()) yield [own.header, ["versions", at], version];
  }
}

/** On each day a unit bears one name and a list has one version. */
export function* overlappingNames({ own }: Checked): Generator<Finding> {
  for (const entry of own.units) yield* overlaps(entry, ["names"], entry.value.names);
  if (own.header) yield* overlaps(own.header, ["versions"], own.header.value.versions.filter(notDraft));
}

function notDraft({ status }: { status?: string }): boolean {
  return status !== "draft";
}

function* overlaps(entry: Entry<unknown>, path: Path, named: readonly Interval[]): Generator<Finding> {
  const sorted = named.map((interval, at) => ({ ...interval, at })).sort((a, b) => compare(a.from ?? "", b.from ?? ""));
  for (const [index, later] of sorted.entries()) {
    const earlier = sorted[index - 1];
    if (!earlier || (earlier.until !== undefined && earlier.until <= (later.from ?? ""))) continue;
    yield overlap(placeOf(entry, [...path, later.at]), later.from ?? "…", earlier);
  }
}

/**
 * Values of one area and key follow each other: never two on one day, and none begins before the written end of the
 * one before it unless it says what it supersedes.
 */
export function* parameterIntervals({ own, list }: Checked): Generator<Finding> {
  for (const code of new Set(own.parameters.map(({ value }) => value.code))) {
    const values = (list.parameters.get(code)?.values ?? []).filter(notDraft);
    for (const [index, later] of values.entries()) {
      const earlier = values[index - 1];
      const ownLater = later.origin.list === list.code;
      const ownPair = ownLater || earlier?.origin.list === list.code;
      if (earlier && ownPair && sameSeries(earlier, later)) yield* follows(earlier, later);
      if (ownLater && later.supersedes !== undefined) yield* superseded(later, values);
    }
  }
}

function sameSeries(a: ParameterValue, b: ParameterValue): boolean {
  return a.area === b.area && a.key.join("\n") === b.key.join("\n");
}

function* follows(earlier: ParameterValue, later: ParameterValue): Generator<Finding> {
  if (earlier.from === later.from) {
    yield listFinding(
      "LIST-SAME-DAY",
      later.origin,
      [
        `${later.area}${keyText(later)} 在 ${later.from} 有两个值`,
        `${later.area}${keyText(later)} has two values on ${later.from}`,
      ],
      ["只留一个值", "Keep one of the values"],
    );
  } else if (earlier.until !== undefined && later.from < earlier.until && later.supersedes === undefined) {
    yield overlap(later.origin, later.from, earlier);
  }
}

function overlap(place: Place, from: string, earlier: Interval): Finding {
  const until = earlier.until ?? "…";
  return listFinding(
    "LIST-OVERLAP",
    place,
    [
      `从 ${from} 起，与 [${earlier.from ?? "…"}, ${until}) 重叠`,
      `From ${from} on this overlaps [${earlier.from ?? "…"}, ${until})`,
    ],
    [
      "给前一个写上 until；值提前被替代时写 supersedes 和被替代的文号",
      "End the one before it with until; where a value is replaced early, write supersedes and the replaced document",
    ],
  );
}

function* superseded(later: ParameterValue, values: readonly ParameterValue[]): Generator<Finding> {
  const earlier = values.filter((value) => sameSeries(value, later) && value.from < later.from);
  if (earlier.some(({ document }) => document === later.supersedes)) return;
  const documents = earlier.flatMap(({ document }) => (document === undefined ? [] : [document]));
  yield listFinding(
    "LIST-SUPERSEDES",
    later.origin,
    [`之前没有文号为“${later.supersedes}”的值`, `No earlier value comes from the document "${later.supersedes}"`],
    documents.length > 0
      ? [`之前的文号：${documents.join("、")}`, `Earlier documents: ${documents.join(", ")}`]
      : ["之前没有可替代的值", "There is no earlier value to supersede"],
  );
}

function keyText({ key }: ParameterValue): string {
  return key.length > 0 ? ` (${key.join(", ")})` : "";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
