import { scaled } from "../exact-decimal.ts";
import { type Finding, listFinding } from "../finding.ts";
import { isCalendarDate } from "../model/calendar-date.ts";
import type { Fact } from "../model/fact.ts";
import { placeOf } from "../reading.ts";
import type { Path } from "../yaml-file.ts";
import type { Checked } from "./check.ts";

type Fault = readonly [path: Path, message: readonly [string, string], hint: readonly [string, string]];

/** A fact has the keys of its type: decimals, values, a unit and a range where they mean something, and only there. */
export function* factTypes({ own }: Checked): Generator<Finding> {
  for (const entry of own.facts) {
    for (const [path, message, hint] of [...faultsOf(entry.value), ...impliedFaults(entry.value)]) {
      yield listFinding("LIST-FACT-TYPE", placeOf(entry, path, path.length === 1 ? "key" : "value"), message, hint);
    }
  }
}

function* faultsOf(fact: Fact): Generator<Fault> {
  const number = fact.type === "integer" || fact.type === "decimal" || fact.type === "money";
  yield* needs(fact, "decimals", fact.type === "decimal", fact.type === "decimal");
  yield* needs(fact, "values", fact.type === "enum", fact.type === "enum");
  yield* needs(fact, "unit", fact.type === "decimal" || fact.type === "money", number);
  yield* needs(fact, "range", number && fact.formula === undefined, number);
  yield* needs(fact, "privacy", fact.formula === undefined, true);
  const canBeNone = fact.type === "boolean" || (fact.values ?? []).some(({ code }) => code === "none");
  yield* needs(fact, "situation", false, canBeNone && fact.question !== undefined);
  yield* needs(fact, "implied", false, fact.formula === undefined && fact.type !== "text" && fact.type !== "id");
  if (fact.unit !== undefined && (fact.type === "money") !== fact.unit.startsWith("CNY")) {
    yield [
      ["unit"],
      [`${fact.type} 的单位不能是 ${fact.unit}`, `A fact of type ${fact.type} cannot have the unit ${fact.unit}`],
      [
        "金额用 CNY 或 CNY/month 等，别的数不用",
        "Money has the unit CNY or CNY/month and the like, other numbers do not",
      ],
    ];
  }
  if (fact.range && number) yield* rangeFaults(fact, fact.range);
}

function* needs(fact: Fact, key: keyof Fact, required: boolean, allowed: boolean): Generator<Fault> {
  if (required && fact[key] === undefined) {
    yield [
      [key],
      [`${fact.type} 类事实“${fact.name}”缺少 ${key}`, `The ${fact.type} fact "${fact.name}" has no ${key}`],
      [`补上 ${key}`, `Add ${key}`],
    ];
  } else if (!allowed && fact[key] !== undefined) {
    yield [
      [key],
      [`${fact.type} 类事实没有 ${key}`, `A fact of type ${fact.type} has no ${key}`],
      [`删去 ${key}，或改类型`, `Remove ${key}, or change the type`],
    ];
  }
}

function* rangeFaults(fact: Fact, { min, max }: NonNullable<Fact["range"]>): Generator<Fault> {
  const places = decimalsOf(fact);
  if (min <= max && scaled(min, places) !== undefined && scaled(max, places) !== undefined) return;
  yield [
    ["range"],
    [`范围 ${min} 到 ${max} 不成立`, `The range ${min} to ${max} cannot be`],
    [`min 不大于 max，至多 ${places} 位小数`, `min is not more than max, with at most ${places} decimals`],
  ];
}

/** A fact is implied to have a value that it can have. */
function* impliedFaults(fact: Fact): Generator<Fault> {
  for (const [at, { value }] of (fact.implied ?? []).entries()) {
    if (isValueOf(fact, value)) continue;
    yield [
      ["implied", at, "value"],
      [`“${fact.name}”不能是 ${JSON.stringify(value)}`, `"${fact.name}" cannot be ${JSON.stringify(value)}`],
      [
        `写 ${fact.type} 类的值${fact.values ? `：${fact.values.map(({ code }) => code).join("、")}` : ""}`,
        `Write a value of type ${fact.type}${fact.values ? `: ${fact.values.map(({ code }) => code).join(", ")}` : ""}`,
      ],
    ];
  }
}

function isValueOf(fact: Fact, value: boolean | number | string): boolean {
  switch (fact.type) {
    case "boolean":
      return typeof value === "boolean";
    case "enum":
      return fact.values?.some(({ code }) => code === value) ?? false;
    case "date":
      return typeof value === "string" && isCalendarDate(value);
    case "area":
      return typeof value === "string";
    default: {
      const { min = -Infinity, max = Infinity } = fact.range ?? {};
      if (typeof value !== "number" || value < min || value > max) return false;
      return scaled(value, decimalsOf(fact)) !== undefined;
    }
  }
}

function decimalsOf({ type, decimals }: Fact): number {
  if (type === "decimal") return decimals ?? 4;
  return type === "money" ? 2 : 0;
}
