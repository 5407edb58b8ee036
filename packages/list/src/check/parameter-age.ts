import { isBelow } from "../area-chain.ts";
import { inInterval } from "../interval.ts";
import type { List, Parameter, ParameterValue } from "../model/list.ts";
import { reportFinding } from "./report-codes.ts";
import type { ReportedFinding } from "./report-model.ts";

type Words = readonly [zh: string, en: string];

/**
 * Values of the parameters that rules read or items state: whether they ended, were not checked against their source for
 * a year, or were overtaken by a higher value of a list above; and whether what a rule reads was not found.
 */
export function* parameterFindings(
  list: List,
  { read, stated }: { readonly read: ReadonlySet<string>; readonly stated: ReadonlySet<string> },
  date: string,
): Generator<ReportedFinding> {
  for (const code of [...new Set([...read, ...stated])].sort()) {
    const parameter = list.parameters.get(code);
    if (parameter === undefined) continue;
    const series = seriesOf(parameter, date);
    const inForce = series.flatMap(({ last }) => (isOpen(last, date) ? [last] : []));
    const relevant = inForce.filter(({ area }) => isBelow(list, list.area, area) || isBelow(list, area, list.area));
    yield* expired(parameter, series, date);
    if (read.has(code)) yield* missing(parameter, relevant);
    yield* unchecked(parameter, relevant, date);
    yield* overtaken(list, parameter, relevant, date);
  }
}

interface Series {
  readonly last: ParameterValue;
}

/** Of each area and key the value that began last. */
function seriesOf({ values }: Parameter, date: string): Series[] {
  const last = new Map<string, ParameterValue>();
  for (const value of values) {
    if (value.status === "draft" || value.from > date) continue;
    const id = `${value.area} ${value.key.join(" ")}`;
    const before = last.get(id);
    if (before === undefined || before.from <= value.from) last.set(id, value);
  }
  return [...last.values()].map((value) => ({ last: value }));
}

const isOpen = (value: ParameterValue, date: string) => inInterval(value, date);

const textOf = (values: readonly ParameterValue[]) =>
  values.map(({ area, key }) => (key.length > 0 ? `${area} (${key.join(", ")})` : area)).join(", ");

function told(
  code: "PARAMETER-EXPIRED" | "PARAMETER-MISSING" | "PARAMETER-UNCHECKED" | "PARAMETER-OVERTAKEN",
  parameter: Parameter,
  value: ParameterValue,
  message: Words,
  hint: Words,
): ReportedFinding {
  const [line, column] = value.origin.positions.value ?? [value.origin.line, value.origin.column];
  return reportFinding(code, { file: value.origin.file, line, column }, message, hint, { parameter: parameter.code });
}

function* expired(parameter: Parameter, series: readonly Series[], date: string): Generator<ReportedFinding> {
  const ended = series.map(({ last }) => last).filter((last) => !isOpen(last, date));
  const [first] = ended;
  if (first === undefined) return;
  yield told(
    "PARAMETER-EXPIRED",
    parameter,
    first,
    [
      `“${parameter.zh}”的值到 ${first.until} 为止，其后没有值：${textOf(ended)}`,
      `"${parameter.en}" ends on ${first.until} and has no value after it: ${textOf(ended)}`,
    ],
    ["写上后来的值；未查到写 null", "Write the value that follows; null when it was not found"],
  );
}

function* missing(parameter: Parameter, inForce: readonly ParameterValue[]): Generator<ReportedFinding> {
  const gone = inForce.filter(({ value }) => value === null);
  const [first] = gone;
  if (first === undefined) return;
  yield told(
    "PARAMETER-MISSING",
    parameter,
    first,
    [
      `“${parameter.zh}”在来源中未查到，${gone.length} 处的答案因此无法确定：${textOf(gone)}`,
      `"${parameter.en}" was not found at its source; answers cannot be determined in ${gone.length} places: ${textOf(gone)}`,
    ],
    ["查到后写上值、文号和来源", "When it is found, write the value, its document and source"],
  );
}

function* unchecked(
  parameter: Parameter,
  inForce: readonly ParameterValue[],
  date: string,
): Generator<ReportedFinding> {
  const yearAgo = `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`;
  const old = inForce.filter(({ value, checked }) => value !== null && (checked === undefined || checked < yearAgo));
  const [first] = old;
  if (first === undefined) return;
  const never = old.filter(({ checked }) => checked === undefined).length;
  yield told(
    "PARAMETER-UNCHECKED",
    parameter,
    first,
    [
      `“${parameter.zh}”的 ${old.length} 个现行值一年以上没有对照来源核对，其中 ${never} 个没有核对日期`,
      `${old.length} values in force of "${parameter.en}" were not checked at their source for over a year, ${never} of them never`,
    ],
    ["核对后写上 checked 日期", "Check them and write the day in checked"],
  );
}

/** A lower area's own sum that stood when a higher one was set above it: the list above guarantees more by now. */
function* overtaken(
  list: List,
  parameter: Parameter,
  inForce: readonly ParameterValue[],
  date: string,
): Generator<ReportedFinding> {
  if (parameter.type !== "money") return;
  for (const own of inForce) {
    if (own.origin.list !== list.code || own.value === null) continue;
    const above = inForce.find(
      (other) =>
        other.area !== own.area &&
        isBelow(list, own.area, other.area) &&
        other.key.join(" ") === own.key.join(" ") &&
        other.value !== null &&
        other.from > own.from &&
        Number(other.value) > Number(own.value),
    );
    if (above === undefined) continue;
    const yuan = (fen: number | string | null) => (Number(fen) / 100).toString();
    yield told(
      "PARAMETER-OVERTAKEN",
      parameter,
      own,
      [
        `${own.area} 的“${parameter.zh}”${yuan(own.value)} 元自 ${own.from} 起未动，${above.area} 自 ${above.from} 起为 ${yuan(above.value)} 元`,
        `"${parameter.en}" of ${own.area} has been ${yuan(own.value)} yuan since ${own.from}; ${above.area} has ${yuan(above.value)} since ${above.from}`,
      ],
      [`到 ${date} 应不低于上级，查本地新标准`, `Look for the local value of ${date}; it should not be below`],
    );
  }
}
