import { isBelow } from "../area-chain.ts";
import { scaled } from "../exact-decimal.ts";
import type { Finding } from "../finding.ts";
import { lookupParameter } from "../lookup-parameter.ts";
import type { Item, List, Parameter, ParameterValue, Rule } from "../model/list.ts";
import { nearestName } from "../nearest-name.ts";
import { heldValue, MOST_DECIMALS } from "../parameter-value.ts";
import type { ItemChange, ParameterChange, Reform, RuleChange } from "./model.ts";

/** Codes of findings about reforms; every one stands in docs/errors.md. */
export const reformFindingCodes = [
  "REFORM-CODE",
  "REFORM-PARAMETER",
  "REFORM-KEY",
  "REFORM-AREA",
  "REFORM-VALUE",
  "REFORM-ITEM",
  "REFORM-DATE",
] as const;
export type ReformFindingCode = (typeof reformFindingCodes)[number];

/** Where and when a reform is tried. */
export interface Standing {
  readonly area: string;
  readonly date: string;
}

export interface Overlaid {
  readonly list: List;
  /** Codes of the parameters and items that the reform changes. */
  readonly parameters: ReadonlySet<string>;
  readonly items: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** A list with a reform laid over it; the list itself stays as it is. What the reform says wrong is told. */
export function overlay(list: List, reform: Reform, standing: Standing): Overlaid {
  const findings: Finding[] = [];
  const tell: Tell = (code, path, message, hint) =>
    findings.push(reformFinding(code, reform.code, path, message, hint));
  const parameters = new Map(list.parameters);
  for (const [at, change] of (reform.parameters ?? []).entries()) {
    const parameter = parameters.get(change.parameter);
    if (parameter === undefined) {
      tell("REFORM-PARAMETER", `parameters.${at}`, ...unknownWords("参数", "parameter", change.parameter, parameters));
      continue;
    }
    const changed = changedParameter(list, parameter, change, standing, (code, ...words) =>
      tell(code, `parameters.${at}`, ...words),
    );
    if (changed !== undefined) parameters.set(parameter.code, changed);
  }
  const items = new Map(list.items);
  for (const [at, change] of (reform.items ?? []).entries()) {
    applyItem(items, change, (code, ...words) => tell(code, `items.${at}`, ...words));
  }
  return {
    list: { ...list, parameters, items },
    parameters: new Set((reform.parameters ?? []).map(({ parameter }) => parameter)),
    items: new Set((reform.items ?? []).map(codeOf)),
    findings,
  };
}

type Words = readonly [zh: string, en: string];
type Tell = (code: ReformFindingCode, path: string, message: Words, hint: Words) => void;
type TellHere = (code: ReformFindingCode, message: Words, hint: Words) => void;

export function reformFinding(
  code: ReformFindingCode,
  reform: string,
  path: string,
  message: Words,
  hint: Words,
): Finding {
  return {
    severity: "error",
    code,
    file: `reform ${reform}${path === "" ? "" : `: ${path}`}`,
    line: 1,
    column: 1,
    message: { zh: message[0], en: message[1] },
    hint: { zh: hint[0], en: hint[1] },
  };
}

function unknownWords(zh: string, en: string, code: string, known: ReadonlyMap<string, unknown>): [Words, Words] {
  const near = nearestName(code, known.keys());
  return [
    [`没有${zh}“${code}”`, `There is no ${en} "${code}"`],
    near ? [`是不是“${near}”？`, `Did you mean "${near}"?`] : [`用清单里的${zh}`, `Name a ${en} of the list`],
  ];
}

function codeOf(change: ItemChange): string {
  if ("put" in change) return change.put.code;
  return "end" in change ? change.end : change.change.item;
}

function changedParameter(
  list: List,
  parameter: Parameter,
  change: ParameterChange,
  { area: runArea, date }: Standing,
  tell: TellHere,
): Parameter | undefined {
  const area = change.area ?? runArea;
  const from = change.from ?? date;
  if (!list.areas.has(area)) {
    tell("REFORM-AREA", ...unknownWords("区划", "area", area, list.areas));
    return undefined;
  }
  if (from > date) {
    tell(
      "REFORM-DATE",
      [`自 ${from} 起的改动在 ${date} 还不起作用`, `A change from ${from} on does nothing on ${date}`],
      ["改早，或换测算的日子", "Let it begin earlier, or answer for a later day"],
    );
    return undefined;
  }
  const keys = keysOf(parameter).filter((key) => change.key === undefined || key.join(" ") === change.key.join(" "));
  if (keys.length === 0) {
    tell(
      "REFORM-KEY",
      [
        `“${parameter.code}”没有键 ${change.key?.join(", ")}`,
        `"${parameter.code}" has no key ${change.key?.join(", ")}`,
      ],
      [`键：${parameter.keys.map(({ name, values }) => `${name}: ${values.join(", ")}`).join("; ")}`, "Use its keys"],
    );
    return undefined;
  }
  return withNewValues(list, parameter, change, { area, from, keys, date }, tell);
}

interface Reach {
  readonly area: string;
  readonly from: string;
  readonly keys: readonly (readonly string[])[];
  readonly date: string;
}

/** The parameter with the change in place of what it had in the area and below from the day on. */
function withNewValues(
  list: List,
  parameter: Parameter,
  change: ParameterChange,
  { area, from, keys, date }: Reach,
  tell: TellHere,
): Parameter | undefined {
  const { origin } = parameter;
  const affected = (value: ParameterValue) =>
    isBelow(list, value.area, area) && keys.some((key) => key.join(" ") === value.key.join(" "));
  const kept = parameter.values.filter((value) => !affected(value) || value.from < from);
  const added: ParameterValue[] = [];
  for (const key of keys) {
    const own = parameter.values.filter((value) => affected(value) && value.key.join(" ") === key.join(" "));
    for (const place of new Set([area, ...own.map((value) => value.area)])) {
      const value = newValue(list, parameter, change, place, key, date);
      if (value === undefined) {
        tell("REFORM-VALUE", ...wrongValue(parameter, change));
        return undefined;
      }
      if (value === "none") continue;
      const known = { status: "in-force", knownFrom: "0001-01-01", mark: "D" } as const;
      added.push({ area: place, key, from, value, ...known, source: [], origin });
    }
  }
  return { ...parameter, values: [...kept, ...added] };
}

function wrongValue({ code }: Parameter, { change }: ParameterChange): [Words, Words] {
  const wanted = JSON.stringify(change);
  return [
    [`“${code}”不能这样改：${wanted}`, `"${code}" cannot become ${wanted}`],
    [
      "金额至多两位小数，整数没有小数，系数至多六位小数且不用于日期",
      "Money has at most two decimals, a factor at most six and none for dates",
    ],
  ];
}

function keysOf({ keys }: Parameter): readonly (readonly string[])[] {
  return keys.reduce<readonly (readonly string[])[]>(
    (tuples, { values }) => tuples.flatMap((tuple) => values.map((value) => [...tuple, value])),
    [[]],
  );
}

/** What a value becomes; "none" where a factor meets nothing, undefined where the change cannot be. */
function newValue(
  list: List,
  parameter: Parameter,
  { change }: ParameterChange,
  area: string,
  key: readonly string[],
  date: string,
): ParameterValue["value"] | "none" | undefined {
  if ("value" in change) {
    const held = heldValue(parameter.type, change.value);
    return held === null ? undefined : held;
  }
  const answer = lookupParameter(list, { code: parameter.code, key, area, date });
  if (answer.kind === "none") return "none";
  if (answer.kind === "missing") return null;
  return multiplied(parameter, answer.value, change.factor);
}

const FACTOR_DECIMALS = 6;

/** A value times a factor, exact and then rounded half up. */
function multiplied({ type }: Parameter, value: number | string, factor: number): number | string | undefined {
  const by = scaled(factor, FACTOR_DECIMALS);
  if (type === "date" || by === undefined || by < 0) return undefined;
  const decimals = type === "money" ? 2 : type === "integer" ? 0 : MOST_DECIMALS;
  const whole = type === "money" ? Number(value) : (scaled(Number(value), decimals) ?? 0);
  const unit = 10n ** BigInt(FACTOR_DECIMALS);
  const rounded = Number((BigInt(whole) * BigInt(by) * 2n + unit) / (2n * unit));
  if (type === "money" || type === "integer") return type === "money" ? rounded : String(rounded);
  return decimalText(rounded, decimals);
}

function decimalText(digits: number, decimals: number): string {
  const text = String(digits).padStart(decimals + 1, "0");
  const [whole, rest] = [text.slice(0, -decimals), text.slice(-decimals).replace(/0+$/, "")];
  return rest === "" ? whole : `${whole}.${rest}`;
}

function applyItem(items: Map<string, Item>, change: ItemChange, tell: TellHere): void {
  if ("put" in change) {
    items.set(change.put.code, change.put);
    return;
  }
  const code = codeOf(change);
  const item = items.get(code);
  if (item === undefined || ("change" in change && item.rule === undefined)) {
    tell("REFORM-ITEM", ...unknownWords("可执行项目", "executable item", code, items));
    return;
  }
  if ("end" in change) {
    items.delete(code);
    return;
  }
  const unknown = unknownCodes(item.rule as Rule, change.change);
  if (unknown.length > 0) {
    tell(
      "REFORM-ITEM",
      [`“${code}”的规则没有 ${unknown.join("、")}`, `The rule of ${code} has no ${unknown.join(", ")}`],
      ["用规则里条件、各部分和各行的编码", "Use the codes of its conditions, parts and rows"],
    );
    return;
  }
  items.set(code, { ...item, rule: changedRule(item.rule as Rule, change.change) });
}

function unknownCodes(rule: Rule, { conditions = {}, parts = {}, rows = {}, amount }: RuleChange): string[] {
  const missing = (wanted: object, known: readonly { readonly code: string }[] | undefined) =>
    Object.keys(wanted).filter((code) => !known?.some((one) => one.code === code));
  return [
    ...missing(conditions, rule.conditions),
    ...missing(parts, rule.parts),
    ...missing(rows, rule.table?.rules),
    ...(amount !== undefined && rule.amount === undefined ? ["amount"] : []),
  ];
}

function changedRule(rule: Rule, { conditions = {}, define, amount, parts = {}, rows = {} }: RuleChange): Rule {
  return {
    ...rule,
    conditions: rule.conditions.flatMap((condition) => {
      const test = conditions[condition.code];
      if (test === null) return [];
      return [test === undefined ? condition : { ...condition, test }];
    }),
    define: { ...rule.define, ...define },
    ...(amount !== undefined && { amount }),
    ...(rule.parts && { parts: rule.parts.map((part) => ({ ...part, amount: parts[part.code] ?? part.amount })) }),
    ...(rule.table && {
      table: {
        ...rule.table,
        rules: rule.table.rules.map((row) => ({ ...row, amount: rows[row.code] ?? row.amount })),
      },
    }),
  };
}
