import {
  anyType,
  compareNumbers,
  type FeelContext,
  FeelSyntaxError,
  type FeelValue,
  isNumber,
  type Prepared,
  parseDate,
  parseNumber,
  prepare,
  toFeelString,
  userFunction,
} from "@qingdan/feel";
import { type Finding, listFinding } from "../finding.ts";
import { lookupParameter } from "../lookup-parameter.ts";
import type { List, Parameter, ParameterValue } from "../model/list.ts";
import type { ParameterType } from "../model/parameter.ts";
import type { Checked } from "./check.ts";

/**
 * A published value against the formula that it should follow. The published value wins; where the two differ both
 * are told. A formula reads other parameters and, by their names, the keys of its own value.
 */
export function* parameterFormulas({ own, list }: Checked): Generator<Finding> {
  for (const code of new Set(own.parameters.map(({ value }) => value.code))) {
    const parameter = list.parameters.get(code);
    if (parameter?.formula === undefined) continue;
    const formula = prepared(parameter, parameter.formula, list);
    if ("code" in formula) {
      if (parameter.origin.list === list.code) yield formula;
      continue;
    }
    for (const entry of parameter.values) {
      if (entry.origin.list !== list.code || entry.status === "draft") continue;
      const finding = disagreement(formula, parameter, entry, list);
      if (finding) yield finding;
      if (finding?.code === "LIST-FORMULA-WRONG") break;
    }
  }
}

interface Formula {
  readonly prepared: Prepared;
  readonly reads: readonly Parameter[];
}

function prepared(parameter: Parameter, text: string, list: List): Formula | Finding {
  const words = new Set(text.match(/[A-Za-z][A-Za-z0-9]*/g));
  const reads = [...words].flatMap((word) => list.parameters.get(word) ?? []);
  const names = [...reads.map(({ code }) => code), ...parameter.keys.map(({ name }) => name)];
  try {
    return { prepared: prepare(text, { names }), reads };
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error;
    return wrongFormula(parameter, "不是 FEEL 表达式", "is not a FEEL expression");
  }
}

function wrongFormula({ code, origin }: Parameter, zh: string, en: string): Finding {
  const [line, column] = origin.positions.formula ?? [origin.line, origin.column];
  return listFinding(
    "LIST-FORMULA-WRONG",
    { file: origin.file, line, column },
    [`“${code}”的公式${zh}`, `The formula of "${code}" ${en}`],
    ["用参数写，如 minimumWage * 0.5", "Write it with parameters, as minimumWage * 0.5"],
  );
}

function disagreement(formula: Formula, parameter: Parameter, entry: ParameterValue, list: List): Finding | undefined {
  const published = feelValue(parameter.type, entry.value);
  const context = contextOf(formula, parameter, entry, list);
  if (!isNumber(published) || !context) return undefined;
  const { value } = formula.prepared.evaluate(context);
  if (!isNumber(value)) {
    const someMissing = formula.reads.some(({ keys }) => keys.length > 0);
    return someMissing ? undefined : wrongFormula(parameter, "算不出数", "does not give a number");
  }
  if (compareNumbers(published, value) === 0) return undefined;
  const { file, line, column, positions } = entry.origin;
  const [valueLine, valueColumn] = positions.value ?? [line, column];
  const place = { file, line: valueLine, column: valueColumn };
  const key = entry.key.length > 0 ? ` (${entry.key.join(", ")})` : "";
  return listFinding(
    "LIST-FORMULA-DISAGREES",
    place,
    [
      `${entry.area}${key} ${entry.from} 公布 ${toFeelString(published)}，公式 ${parameter.formula} 得 ${toFeelString(value)}`,
      `${entry.area}${key} ${entry.from}: published ${toFeelString(published)}, the formula ${parameter.formula} gives ${toFeelString(value)}`,
    ],
    [
      `以公布值为准；若是笔误，应为 ${toFeelString(value)}`,
      `The published value counts; if it is a slip, write ${toFeelString(value)}`,
    ],
  );
}

/** What a formula reads, in force for the area on the first day of the value; undefined where one is not known. */
function contextOf(
  { reads }: Formula,
  parameter: Parameter,
  { area, from: date, key }: ParameterValue,
  list: List,
): FeelContext | undefined {
  const context: Record<string, FeelValue> = {};
  for (const [at, { name }] of parameter.keys.entries()) context[name] = key[at] ?? null;
  for (const read of reads) {
    const lookup = (key: readonly string[]): FeelValue => {
      const answer = lookupParameter(list, { code: read.code, key, area, date });
      return answer.kind === "value" ? feelValue(read.type, answer.value) : null;
    };
    const value = read.keys.length === 0 ? lookup([]) : lookupFunction(read, lookup);
    if (value === null) return undefined;
    context[read.code] = value;
  }
  return context;
}

function lookupFunction({ keys }: Parameter, lookup: (key: readonly string[]) => FeelValue): FeelValue {
  const parameters = keys.map(({ name }) => ({ name, type: anyType }));
  return userFunction(parameters, anyType, (key) => lookup(key.map(String)));
}

/** A held value as FEEL has it: money in yuan. */
function feelValue(type: ParameterType, value: number | string | null): FeelValue {
  if (value === null) return null;
  if (type === "money") return parseNumber(`${value}e-2`);
  return type === "date" ? parseDate(String(value)) : parseNumber(String(value));
}
