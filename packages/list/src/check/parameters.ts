import { isBelow } from "../area-chain.ts";
import { type Finding, listFinding } from "../finding.ts";
import { keyWords } from "../key-words.ts";
import { isCalendarDate } from "../model/calendar-date.ts";
import type { Parameter } from "../model/list.ts";
import type { ParameterType, WrittenParameter, WrittenValue } from "../model/parameter.ts";
import { nearestName } from "../nearest-name.ts";
import { heldValue, MOST_DECIMALS } from "../parameter-value.ts";
import { type Entry, placeOf } from "../reading.ts";
import type { Checked } from "./check.ts";

/** A parameter is defined once, with its words, type and unit; elsewhere only its values stand. */
export function* parameterDefinitions({ own, list }: Checked): Generator<Finding> {
  for (const entry of own.parameters) {
    const { code, type, zh, en, unit } = entry.value;
    if (!list.parameters.has(code)) {
      const near = type === undefined ? nearestName(code, list.parameters.keys()) : undefined;
      yield listFinding(
        "LIST-UNKNOWN-PARAMETER",
        placeOf(entry, ["code"]),
        [`参数“${code}”没有定义`, `The parameter "${code}" is not defined`],
        near
          ? [`是不是“${near}”？`, `Did you mean "${near}"?`]
          : [
              `写上 zh、en 和 type：缺 ${missing({ zh, en, type }).join("、")}`,
              `Write ${missing({ zh, en, type }).join(", ")}`,
            ],
      );
      continue;
    }
    if (type === undefined) continue;
    const money = unit?.startsWith("CNY") ?? false;
    const wanted = type === "money" ? money : !money && !(type === "date" && unit !== undefined);
    if (wanted) continue;
    yield listFinding(
      "LIST-PARAMETER-UNIT",
      placeOf(entry, unit === undefined ? ["type"] : ["unit"]),
      [
        `${type} 类参数的单位不能是 ${unit ?? "空"}`,
        `A parameter of type ${type} cannot have ${unit ? `the unit ${unit}` : "no unit"}`,
      ],
      ["金额写 CNY/month 等单位，日期不写单位", "Money has a unit as CNY/month, a date has none"],
    );
  }
}

function missing(keys: Record<string, unknown>): string[] {
  return Object.keys(keys).filter((key) => keys[key] === undefined);
}

function* valuesOf({
  own,
  list,
}: Checked): Generator<readonly [Entry<WrittenParameter>, number, WrittenValue, Parameter]> {
  for (const entry of own.parameters) {
    const parameter = list.parameters.get(entry.value.code);
    if (!parameter) continue;
    for (const [at, value] of entry.value.values.entries()) yield [entry, at, value, parameter];
  }
}

/** A value has one entry for each key of its parameter, and it is one of the known. */
export function* parameterKeys(checked: Checked): Generator<Finding> {
  for (const [entry, at, { key = [] }, { keys }] of valuesOf(checked)) {
    const wrong = keys.findIndex(({ values }, index) => !values.includes(key[index] ?? ""));
    if (wrong < 0 && key.length === keys.length) continue;
    const path = key.length === keys.length ? ["values", at, "key", wrong] : ["values", at, "key"];
    const near = wrong >= 0 && key[wrong] !== undefined ? nearestName(key[wrong], keys[wrong]!.values) : undefined;
    const wanted = keys.map(({ name, values }) => `${name}: ${values.join(" | ")}`).join("; ") || "—";
    yield listFinding(
      "LIST-PARAMETER-KEY",
      placeOf(entry, path),
      [
        `键 [${key.join(", ")}] 与参数的 keys 不符`,
        `The key [${key.join(", ")}] does not fit the keys of the parameter`,
      ],
      near
        ? [`是不是“${near}”?(${wanted})`, `Did you mean "${near}"? (${wanted})`]
        : [`应当是 [${wanted}]`, `It should be [${wanted}]`],
    );
  }
}

/** Every code of a key has words, and words stand only beside codes. */
export function* parameterKeyWords({ own, list }: Checked): Generator<Finding> {
  for (const entry of own.parameters) {
    const words = keyWords(list, { keys: entry.value.keys ?? [] });
    for (const [at, { name, values, labels = {} }] of (entry.value.keys ?? []).entries()) {
      for (const code of Object.keys(labels)) {
        if (values.includes(code)) continue;
        const near = nearestName(code, values);
        yield listFinding(
          "LIST-PARAMETER-LABEL",
          placeOf(entry, ["keys", at, "labels", code], "key"),
          [`“${code}”不是键 ${name} 的值`, `"${code}" is no value of the key ${name}`],
          near
            ? [`是不是“${near}”？`, `Did you mean "${near}"?`]
            : [`取值：${values.join("、")}`, `One of ${values.join(", ")}`],
        );
      }
      const bare = values.filter((code) => !words[at]?.has(code));
      if (bare.length === 0) continue;
      yield listFinding(
        "LIST-PARAMETER-WORDS",
        placeOf(entry, ["keys", at, "values"]),
        [`键 ${name} 的 ${bare.join("、")} 没有名称`, `${bare.join(", ")} of the key ${name} have no words`],
        [
          "在 labels 里写上 zh 和 en；枚举事实有全部这些值且名称一致时可不写",
          "Write zh and en in labels; not needed where the enumerated facts that have all these codes agree on the words",
        ],
      );
    }
  }
}

const VALUE_WORDS: Record<ParameterType, readonly [zh: string, en: string]> = {
  money: ["以元计、至多两位小数的数", "a number of yuan with at most two decimals"],
  integer: ["整数", "a whole number"],
  decimal: [`至多 ${MOST_DECIMALS} 位小数的数`, `a number with at most ${MOST_DECIMALS} decimals`],
  ratio: ["比例，30% 写作 0.3", "a ratio, 30 % written as 0.3"],
  date: ["日期，如 2025-07-01", "a day, as 2025-07-01"],
};

/** A value is of the type of its parameter. */
export function* parameterValues(checked: Checked): Generator<Finding> {
  for (const [entry, at, { value }, { type }] of valuesOf(checked)) {
    if (heldValue(type, value) !== undefined) continue;
    const [zh, en] = VALUE_WORDS[type];
    yield listFinding(
      faultOf(type, value),
      placeOf(entry, ["values", at, "value"]),
      [
        `${type} 类参数的值不能是 ${JSON.stringify(value)}`,
        `A parameter of type ${type} cannot be ${JSON.stringify(value)}`,
      ],
      [`应当是${zh}；未查到写 null`, `It should be ${en}; null when it was not found`],
    );
  }
}

function faultOf(type: ParameterType, value: WrittenValue["value"]) {
  if (type === "money" && typeof value === "number") return "LIST-MONEY-DECIMALS";
  if (type === "date" && typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && !isCalendarDate(value)) {
    return "LIST-IMPOSSIBLE-DATE";
  }
  return "LIST-PARAMETER-VALUE";
}

/** A list gives values for its own area and the areas below it. */
export function* valueAreas(checked: Checked): Generator<Finding> {
  const { list } = checked;
  if (!list.areas.has(list.area)) return;
  for (const [entry, at, { area }] of valuesOf(checked)) {
    if (!list.areas.has(area) || isBelow(list, area, list.area)) continue;
    yield listFinding(
      "LIST-AREA-OUTSIDE",
      placeOf(entry, ["values", at, "area"]),
      [`“${area}”不在本清单的辖区“${list.area}”之内`, `"${area}" does not lie in the area "${list.area}" of this list`],
      ["写到那个辖区的清单里", "Write it in the list of that area"],
    );
  }
}
