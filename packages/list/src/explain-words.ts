import { formatDay, type Node, type RoundingMode } from "@qingdan/feel/typed";
import { calendarCodes, calendarName } from "./explain-calendar.ts";
import { keyLabels } from "./key-labels.ts";
import type { Words } from "./model/words.ts";
import type { Rulebook } from "./rulebook.ts";

/** Codes of one condition that are told by name: a test of texts may be met by hundreds. */
const mostCodesTold = 20;

/** Words of rules, made from the rule itself: labels of facts and parameters, and operators as phrases. */
export interface Vocabulary {
  /** The expression in words. */
  readonly node: (node: Node) => Words;
  /** A comparison that does not stand in the rule as such: it is told, and forgotten. */
  readonly comparison: (node: Node & { op: "compare" }) => Words;
  /** The value of an expression with its unit. */
  readonly value: (of: Node, value: number | boolean) => Words;
}

const unitWords: Readonly<Record<string, Words & { readonly many: string }>> = {
  CNY: { zh: "元", en: "yuan", many: "yuan" },
  year: { zh: "年", en: "year", many: "years" },
  month: { zh: "月", en: "month", many: "months" },
  week: { zh: "周", en: "week", many: "weeks" },
  day: { zh: "日", en: "day", many: "days" },
  hour: { zh: "小时", en: "hour", many: "hours" },
  m2: { zh: "平方米", en: "m²", many: "m²" },
};

/** Words of units met before: a rulebook has few, and an explanation asks for one at every number. */
const unitsTold = new Map<string | null, Words>();

/** `CNY/month` as 元/月, yuan a month; a plain number has no words. */
export function unitOf(unit: string | null): Words {
  const found = unitsTold.get(unit) ?? unitWordsOf(unit);
  unitsTold.set(unit, found);
  return found;
}

function unitWordsOf(unit: string | null): Words {
  if (unit === null || unit === "1") return { zh: "", en: "" };
  const parts = unit.split("/").filter((part) => part !== "1");
  const words = parts.map((part) => unitWords[part] ?? { zh: part, en: part, many: part });
  return {
    zh: words.map(({ zh }) => zh).join("/"),
    en: words.map(({ en, many }, at) => (at === 0 ? many : en)).join(" a "),
  };
}

/** An integer scaled by a power of ten in decimal digits; money with two decimals. */
export function decimalText(value: number, scale: number, unit: string | null): string {
  const decimals = unit?.startsWith("CNY") === true ? Math.max(scale, 2) : scale;
  const digits = Math.abs(value * 10 ** (decimals - scale))
    .toString()
    .padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  return `${value < 0 ? "-" : ""}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ""}`;
}

const compareWords = {
  "=": { zh: "等于", en: "is" },
  "!=": { zh: "不等于", en: "is not" },
  "<": { zh: "低于", en: "is below" },
  "<=": { zh: "不超过", en: "is at most" },
  ">": { zh: "超过", en: "is above" },
  ">=": { zh: "不低于", en: "is at least" },
} as const;

const compareDates = {
  "=": { zh: "是", en: "is" },
  "!=": { zh: "不是", en: "is not" },
  "<": { zh: "早于", en: "is before" },
  "<=": { zh: "不晚于", en: "is not after" },
  ">": { zh: "晚于", en: "is after" },
  ">=": { zh: "不早于", en: "is not before" },
} as const;

const roundingWords: Readonly<Record<RoundingMode, Words>> = {
  "half even": { zh: "四舍六入五成双", en: "rounded half to even" },
  "half up": { zh: "四舍五入", en: "rounded half up" },
  "half down": { zh: "五舍六入", en: "rounded half down" },
  up: { zh: "进位取整", en: "rounded up" },
  down: { zh: "舍尾取整", en: "rounded down" },
  floor: { zh: "向下取整", en: "rounded down to the floor" },
  ceiling: { zh: "向上取整", en: "rounded up to the ceiling" },
};

const aggregateWords = {
  sum: { zh: "合计", en: "the sum of" },
  count: { zh: "人数", en: "the number of" },
  min: { zh: "最低", en: "the least" },
  max: { zh: "最高", en: "the greatest" },
  some: { zh: "有人", en: "somebody" },
  every: { zh: "每人", en: "everybody" },
} as const;

const partWords = {
  years: { zh: "满年数", en: "whole years" },
  months: { zh: "零月数", en: "months over" },
  "total-months": { zh: "满月数", en: "whole months" },
  days: { zh: "天数", en: "days" },
  year: { zh: "年份", en: "year" },
  month: { zh: "月份", en: "month" },
  day: { zh: "日", en: "day of the month" },
} as const;

const momentWords = {
  asOf: { zh: "当日", en: "the day of the answer" },
  monthStart: { zh: "当月首日", en: "the first day of the month" },
  monthEnd: { zh: "当月末日", en: "the last day of the month" },
  yearStart: { zh: "当年首日", en: "the first day of the year" },
  yearEnd: { zh: "当年末日", en: "the last day of the year" },
} as const;

/** Words say nothing about a person: those of a rulebook are made once and serve every explanation. */
const vocabularies = new WeakMap<Rulebook, Vocabulary>();

export function vocabulary(rulebook: Rulebook): Vocabulary {
  const found = vocabularies.get(rulebook) ?? makeVocabulary(rulebook);
  vocabularies.set(rulebook, found);
  return found;
}

function makeVocabulary(rulebook: Rulebook): Vocabulary {
  const labels = new Map<string, Words>([...rulebook.derived, ...rulebook.facts].map((fact) => [fact.name, fact]));
  const enumLabels = new Map(
    rulebook.facts.flatMap((fact) => fact.values.map((value) => [value.code, value] as const)),
  );
  const valuesOf = new Map(rulebook.facts.map((fact) => [fact.name, fact.values]));
  const parameters = new Map<string, Words>(rulebook.parameters.map((parameter) => [parameter.code, parameter]));

  const keys = keyLabels(rulebook);

  const areaLabel = (position: number): Words => {
    const { zh, en } = rulebook.areas[position] ?? { zh: String(position), en: String(position) };
    return { zh, en };
  };
  const codeLabel = (of: Node, position: number): Words => {
    if (of.type.kind === "area") return areaLabel(position);
    const code = of.type.kind === "enum" ? (of.type.values[position] ?? "") : String(position);
    const own = of.op === "fact" ? valuesOf.get(of.fact)?.find((value) => value.code === code) : undefined;
    const { zh, en } = own ??
      keys.get(of)?.get(code) ??
      enumLabels.get(code) ??
      calendarCodes.get(code) ?? { zh: code, en: code };
    return { zh, en };
  };

  const value: Vocabulary["value"] = (of, held) => {
    const { type } = of;
    if (typeof held === "boolean") return held ? { zh: "是", en: "yes" } : { zh: "否", en: "no" };
    switch (type.kind) {
      case "date":
        return { zh: formatDay(held), en: formatDay(held) };
      case "area":
        return areaLabel(held);
      case "enum":
        return codeLabel(of, held);
      case "duration": {
        const months = type.of === "months";
        return { zh: `${held} 个${months ? "月" : "日"}`, en: `${held} ${months ? "months" : "days"}` };
      }
      case "number": {
        const text = decimalText(held, type.scale, type.unit);
        const unit = unitOf(type.unit);
        return { zh: [text, unit.zh].filter(Boolean).join(" "), en: [text, unit.en].filter(Boolean).join(" ") };
      }
      default:
        return { zh: String(held), en: String(held) };
    }
  };

  const listed = (items: readonly Words[], zh: string, en: string): Words => ({
    zh: items.map((item) => item.zh).join(zh),
    en: items.map((item) => item.en).join(en),
  });
  const infix = (left: Node, zh: string, en: string, right: Node): Words => {
    const [a, b] = [nested(left), nested(right)];
    return { zh: `${a.zh}${zh}${b.zh}`, en: `${a.en}${en}${b.en}` };
  };
  const around = (zh: readonly [string, string], en: readonly [string, string], of: Words): Words => ({
    zh: `${zh[0]}${of.zh}${zh[1]}`,
    en: `${en[0]}${of.en}${en[1]}`,
  });

  /** With brackets where the order of operators would be lost. */
  const nested = (node: Node): Words => {
    const words = describe(node);
    const named = node.name !== undefined && (labels.has(node.name) || calendarName(node) !== null);
    const compound = !named && ["add", "subtract", "multiply", "divide", "if", "and", "or"].includes(node.op);
    return compound ? around(["(", ")"], ["(", ")"], words) : words;
  };

  const comparison: Vocabulary["comparison"] = ({ left, operator, right }) => {
    const words = left.type.kind === "date" ? compareDates : compareWords;
    return infix(left, words[operator].zh, ` ${words[operator].en} `, right);
  };

  const told = new WeakMap<Node, Words>();
  const describe = (node: Node): Words => {
    const found = told.get(node) ?? write(node);
    told.set(node, found);
    return found;
  };

  const write = (node: Node): Words => {
    const label = node.name === undefined ? undefined : labels.get(node.name);
    if (label !== undefined) return { zh: label.zh, en: label.en };
    const calendar = calendarName(node);
    if (calendar !== null) return around(["", calendar.words.zh], [`${calendar.words.en} `, ""], nested(calendar.of));
    switch (node.op) {
      case "constant":
        return value(node, node.value);
      case "fact": {
        const label = labels.get(node.fact) ?? { zh: node.fact, en: node.fact };
        return node.row > 0 ? around(["成员的", ""], ["the member's ", ""], label) : { zh: label.zh, en: label.en };
      }
      case "otherwise":
        return describe(node.of);
      case "parameter":
      case "lookup": {
        const label = parameters.get(node.parameter) ?? { zh: node.parameter, en: node.parameter };
        if (node.keys.length === 0) return { zh: label.zh, en: label.en };
        const keys = listed(node.keys.map(describe), "、", ", ");
        return { zh: `${label.zh}(${keys.zh})`, en: `${label.en} (${keys.en})` };
      }
      case "map": {
        const keys = listed(node.keys.map(nested), "、", ", ");
        return around([`${node.name ?? ""}(`, ")"], [`${node.name ?? ""} (`, ")"], keys);
      }
      case "moment":
        return momentWords[node.moment];
      case "within": {
        const area = rulebook.areas.find(({ code }) => code === node.code) ?? { zh: node.code, en: node.code };
        const of = nested(node.of);
        return { zh: `${of.zh}在${area.zh}`, en: `${of.en} lies in ${area.en}` };
      }
      case "one-of": {
        const of = nested(node.of);
        const told = node.values.slice(0, mostCodesTold).map((position) => codeLabel(node.of, position));
        const more = node.values.length - told.length;
        if (more > 0) told.push({ zh: `另 ${more} 项之一`, en: `one of ${more} others` });
        const codes = listed(told, "、", " or ");
        return { zh: `${of.zh}为${codes.zh}`, en: `${of.en} is ${codes.en}` };
      }
      case "compare":
        return comparison(node);
      case "and":
        return listed(node.items.map(nested), "，且", ", and ");
      case "or":
        return listed(node.items.map(nested), "，或", ", or ");
      case "not":
        return around(["不符合：", ""], ["not: ", ""], nested(node.of));
      case "if": {
        const [when, yes, no] = [nested(node.when), nested(node.yes), nested(node.no)];
        return { zh: `若${when.zh}则${yes.zh}，否则${no.zh}`, en: `${yes.en} if ${when.en}, otherwise ${no.en}` };
      }
      case "add":
        return infix(node.left, " + ", " + ", node.right);
      case "subtract":
        return infix(node.left, " − ", " − ", node.right);
      case "multiply":
        return infix(node.left, " × ", " × ", node.right);
      case "divide":
        return infix(node.left, " ÷ ", " ÷ ", node.right);
      case "modulo":
        return infix(node.left, "除以", " modulo ", node.right);
      case "negate":
        return around(["负的", ""], ["minus ", ""], nested(node.of));
      case "absolute":
        return around(["", "的绝对值"], ["the size of ", ""], nested(node.of));
      case "least":
        return around(["", "中较小的"], ["the lesser of ", ""], listed(node.items.map(nested), "、", " and "));
      case "greatest":
        return around(["", "中较大的"], ["the greater of ", ""], listed(node.items.map(nested), "、", " and "));
      case "round": {
        const words = roundingWords[node.mode];
        const places = { zh: `${node.digits} 位小数`, en: `${node.digits} decimals` };
        return around(["", ` ${words.zh}(${places.zh})`], ["", ` ${words.en} (${places.en})`], nested(node.of));
      }
      case "months-between":
        return infix(node.from, "到", " to ", node.to);
      case "days-between":
        return infix(node.from, "到", " to ", node.to);
      case "part":
        return around(["", `的${partWords[node.part].zh}`], [`${partWords[node.part].en} of `, ""], nested(node.of));
      case "shift":
        return infix(node.of, node.sign === 1 ? "之后" : "之前", node.sign === 1 ? " plus " : " minus ", node.by);
      case "aggregate": {
        const words = aggregateWords[node.kind];
        const where =
          node.where === null
            ? { zh: "家庭成员", en: "the members of the household" }
            : around(["符合“", "”的家庭成员"], ["members with ", ""], describe(node.where));
        if (node.value === null) return { zh: `${where.zh}${words.zh}`, en: `${words.en} ${where.en}` };
        // Whose fact it is has just been said.
        const of = describe(node.value.op === "fact" ? { ...node.value, row: 0 } : node.value);
        if (node.kind === "some" || node.kind === "every")
          return { zh: `${where.zh}中${words.zh}：${of.zh}`, en: `${words.en} of ${where.en}: ${of.en}` };
        return { zh: `${where.zh}的${of.zh}${words.zh}`, en: `${words.en} ${of.en} over ${where.en}` };
      }
    }
  };
  return { node: describe, comparison, value };
}
