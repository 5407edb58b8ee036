import type { Node } from "@qingdan/feel/typed";
import { decimalText, unitOf, type Vocabulary, vocabulary } from "../explain-words.ts";
import { lookupParameter } from "../lookup-parameter.ts";
import type { Item, Parameter } from "../model/list.ts";
import type { Mark } from "../model/mark.ts";
import type { Words } from "../model/words.ts";
import { nodesOf } from "../nodes-of.ts";
import type { RulebookItem } from "../rulebook.ts";
import { readBy } from "../simulate/subset.ts";
import { unitName } from "../unit-name.ts";
import type { MatchedItems } from "./match-items.ts";
import type { Difference, SideToCompare } from "./model.ts";

const ELEMENTS = {
  object: ["对象", "Who"],
  content: ["内容", "What"],
  standard: ["标准", "Standard"],
  payer: ["支出责任", "Who pays"],
  lead: ["牵头单位", "Who leads"],
  condition: ["条件", "Condition"],
  amount: ["金额", "Amount"],
  parameter: ["数值", "Number"],
} as const satisfies Record<Difference["element"], readonly [string, string]>;

/** What matched items say differently: their elements, and, where one rule stands against one, its parts and numbers. */
export function differencesOf(match: MatchedItems, left: SideToCompare, right: SideToCompare): readonly Difference[] {
  const told = elementDifferences(match, left, right);
  const [a, b] = [match.left[0], match.right[0]];
  if (match.left.length > 1 || match.right.length > 1 || a === undefined || b === undefined) return told;
  const ours = ruleOf(left, a);
  const theirs = ruleOf(right, b);
  const stated = [...(a.parameters ?? []), ...(b.parameters ?? [])];
  if (ours === undefined || theirs === undefined) return [...told, ...parameterDifferences(left, right, stated)];
  const words = [vocabulary(left.rulebook), vocabulary(right.rulebook)] as const;
  return [
    ...told,
    ...conditionDifferences(ours, theirs, words),
    ...amountDifferences(ours, theirs, words),
    ...parameterDifferences(left, right, [ours, theirs].flatMap(readByRule).concat(stated)),
  ];
}

const ruleOf = ({ rulebook }: SideToCompare, { code }: Item): RulebookItem | undefined =>
  rulebook.items.find((item) => item.code === code);

interface Said {
  readonly words: Words;
  readonly mark: Mark | null;
}

function difference(
  element: Difference["element"],
  code: string | null,
  left: Said | null,
  right: Said | null,
  distance?: number,
): Difference {
  const [zh, en] = ELEMENTS[element];
  const none = { zh: "没有", en: "nothing" };
  const [ours, theirs] = [left?.words ?? none, right?.words ?? none];
  return {
    element,
    code,
    left: left?.words ?? null,
    right: right?.words ?? null,
    words: { zh: `${zh}：左为“${ours.zh}”，右为“${theirs.zh}”`, en: `${en}: left "${ours.en}", right "${theirs.en}"` },
    marks: [left?.mark ?? null, right?.mark ?? null],
    ...(distance !== undefined && { distance }),
  };
}

/** The five elements: texts, and the units by the names they bear on the day. */
function elementDifferences(match: MatchedItems, left: SideToCompare, right: SideToCompare): Difference[] {
  return (["object", "content", "standard", "payer", "lead"] as const).flatMap((element) => {
    const ours = joined(match.left.map((item) => said(left, item, element)));
    const theirs = joined(match.right.map((item) => said(right, item, element)));
    return ours.words.zh === theirs.words.zh ? [] : [difference(element, null, ours, theirs)];
  });
}

function said(
  { list, rulebook }: SideToCompare,
  item: Item,
  element: "object" | "content" | "standard" | "payer" | "lead",
): Said {
  if (element !== "lead") return { words: { zh: item[element].zh, en: item[element].en }, mark: item[element].mark };
  const names = item.lead.units.map((code) => unitName(list, code, rulebook.date) ?? { zh: code, en: code });
  return {
    words: { zh: names.map(({ zh }) => zh).join("、"), en: names.map(({ en }) => en).join(", ") },
    mark: item.lead.mark,
  };
}

/** What several items say, each thing once; the least certain mark of them is not told apart. */
function joined(all: readonly Said[]): Said {
  const zh = [...new Set(all.map(({ words }) => words.zh))].join("；");
  const en = [...new Set(all.map(({ words }) => words.en))].join("; ");
  return { words: { zh, en }, mark: all.length === 1 ? (all[0]?.mark ?? null) : null };
}

type Both = readonly [left: Vocabulary, right: Vocabulary];

/** Conditions that only one side asks, told by its statement; conditions of one code that ask another thing, by the rule. */
function conditionDifferences(ours: RulebookItem, theirs: RulebookItem, [a, b]: Both): Difference[] {
  const asks = (item: RulebookItem, words: Vocabulary) =>
    item.conditions.map(({ code, test, zh, en }) => ({ code, words: { zh, en }, rule: words.node(test) }));
  const [left, right] = [asks(ours, a), asks(theirs, b)];
  const alike = new Set(
    left.filter(({ rule }) => right.some((other) => other.rule.zh === rule.zh)).map(({ rule }) => rule.zh),
  );
  const [ownLeft, ownRight] = [left, right].map((all) => all.filter(({ rule }) => !alike.has(rule.zh)));
  const codes = new Set([...(ownLeft ?? []), ...(ownRight ?? [])].map(({ code }) => code));
  return [...codes].map((code) => {
    const [x, y] = [ownLeft, ownRight].map((all) => all?.find((condition) => condition.code === code));
    const of = (one: typeof x, both: boolean): Said | null =>
      one === undefined ? null : { words: both ? one.rule : one.words, mark: null };
    const both = x !== undefined && y !== undefined;
    return difference("condition", code, of(x, both), of(y, both));
  });
}

function amountDifferences(ours: RulebookItem, theirs: RulebookItem, [a, b]: Both): Difference[] {
  const [left, right] = [amountsOf(ours, a), amountsOf(theirs, b)];
  const per = {
    month: "每月",
    year: "每年",
    semester: "每学期",
    "school-day": "每上学日",
    day: "每日",
    once: "一次",
    none: "",
  };
  const told: Difference[] = [];
  if (ours.per !== theirs.per) {
    const words = (of: RulebookItem): Said => ({ words: { zh: per[of.per], en: `per ${of.per}` }, mark: null });
    told.push(difference("amount", "per", words(ours), words(theirs)));
  }
  for (const code of new Set([...left.keys(), ...right.keys()])) {
    const [x, y] = [left.get(code), right.get(code)];
    if (x?.zh === y?.zh) continue;
    const of = (words: Words | undefined): Said | null => (words === undefined ? null : { words, mark: null });
    told.push(difference("amount", code, of(x), of(y)));
  }
  return told;
}

function amountsOf({ amount }: RulebookItem, words: Vocabulary): ReadonlyMap<string, Words> {
  const text = (node: Node) => words.node(node);
  switch (amount.kind) {
    case "service":
      return new Map();
    case "amount":
      return new Map([["amount", text(amount.amount)]]);
    case "parts":
      return new Map(amount.parts.map((part) => [part.code, text(part.amount)]));
    case "table":
      return new Map(
        amount.rows.map((row) => {
          const [when, then] = [text(row.test), text(row.amount)];
          return [row.code, { zh: `${when.zh}：${then.zh}`, en: `${when.en}: ${then.en}` }];
        }),
      );
  }
}

const readByRule = (item: RulebookItem): string[] => [...readBy(nodesOf(item)).parameters];

/** The numbers that either side reads or states, by key, where they differ. */
function parameterDifferences(left: SideToCompare, right: SideToCompare, codes: readonly string[]): Difference[] {
  return [...new Set(codes)].sort().flatMap((code) => {
    const keys = new Map(
      [left, right]
        .flatMap(({ list }) => keysOf(list.parameters.get(code)))
        .map((key) => [key.join(" "), key] as const),
    );
    return [...keys.values()].flatMap((key) => {
      const [x, y] = [numberOf(left, code, key), numberOf(right, code, key)];
      if (x?.words.zh === y?.words.zh) return [];
      const distance = x?.number == null || y?.number == null ? undefined : y.number - x.number;
      return [difference("parameter", [code, ...key].join(" "), x, y, distance)];
    });
  });
}

function keysOf(parameter: Parameter | undefined): readonly (readonly string[])[] {
  if (parameter === undefined) return [];
  return parameter.keys.reduce<readonly (readonly string[])[]>(
    (tuples, { values }) => tuples.flatMap((tuple) => values.map((value) => [...tuple, value])),
    [[]],
  );
}

/** A number in force with its name and unit; null where the list has no such parameter, or no value for the area. */
function numberOf(
  { list, rulebook }: SideToCompare,
  code: string,
  key: readonly string[],
): (Said & { readonly number: number | null }) | null {
  const parameter = list.parameters.get(code);
  const answer = lookupParameter(list, {
    code,
    key,
    area: rulebook.area,
    date: rulebook.date,
    ...(rulebook.knownOn !== null && { knownOn: rulebook.knownOn }),
  });
  if (parameter === undefined || answer.kind === "none") return null;
  const { mark } = answer.entry;
  const of = key.length === 0 ? "" : ` (${key.join(", ")})`;
  const unit = unitOf(parameter.unit ?? null);
  if (answer.kind === "missing") {
    return { words: { zh: `${parameter.zh}${of} 未查到`, en: `${parameter.en}${of} not found` }, mark, number: null };
  }
  const text =
    parameter.type === "money" ? decimalText(Number(answer.value), 2, parameter.unit ?? null) : String(answer.value);
  return {
    words: {
      zh: `${parameter.zh}${of} ${text} ${unit.zh}`.trim(),
      en: `${parameter.en}${of} ${text} ${unit.en}`.trim(),
    },
    mark,
    number: parameter.type === "date" ? null : Number(answer.value),
  };
}
