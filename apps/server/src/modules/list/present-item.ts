import { type Item, keyWords, type List, type Parameter, type Rule } from "@qingdan/list";
import type { ItemPage, ParameterHistory } from "./model.ts";
import {
  lawReference,
  named,
  namedArea,
  namedItem,
  namedPayer,
  namedUnit,
  note,
  presentItemCard,
  sources,
  type View,
  words,
} from "./present.ts";
import { parametersOfItem, ruleNames } from "./rule-names.ts";

/** Everything about one entry, with the entries that it stands for beside it. */
export function presentItem(view: View, item: Item, refinedBy: ItemPage["refinedBy"]): ItemPage {
  const { list } = view;
  return {
    ...presentItemCard(view, item),
    ...fiveElements(view, item),
    aliases: [...item.aliases],
    basis: item.basis.map((basis) => lawReference(view, basis)),
    guide: presentGuide(view, item),
    places: item.places.map(({ kind, minutes, mode }) => ({
      kind: words(kind),
      minutes: minutes ?? null,
      mode: mode ?? null,
    })),
    interactions: item.interactions.map((interaction) => ({
      item: namedItem(view, interaction.item),
      kind: interaction.kind,
      mark: interaction.mark,
      sources: sources(view, interaction.source),
    })),
    notes: item.notes.map((remark) => statement(view, remark)),
    floor: item.refines.flatMap(({ item: code, relation }) => {
      const refined = list.replaced.get(code) ?? list.items.get(code);
      return refined ? [{ relation, item: { ...named(code, refined.name), ...fiveElements(view, refined) } }] : [];
    }),
    refinedBy,
    rule: item.rule ? presentRule(view, item.rule) : null,
    facts: (item.rule ? ruleNames(list, item.rule).facts : []).map((name) => presentFact(list, name)),
    parameters: parametersOfItem(list, item).flatMap((code) => {
      const parameter = list.parameters.get(code);
      return parameter ? [presentParameter(view, parameter)] : [];
    }),
  };
}

interface Statement {
  readonly zh: string;
  readonly en: string;
  readonly mark: Item["object"]["mark"];
  readonly source: readonly string[];
}

function statement(view: View, { zh, en, mark, source }: Statement) {
  return { zh, en, mark, sources: sources(view, source) };
}

function fiveElements(view: View, item: Item) {
  const { list } = view;
  return {
    object: statement(view, item.object),
    content: statement(view, item.content),
    standard: { ...statement(view, item.standard), kind: item.standard.kind },
    payer: { ...statement(view, item.payer), split: namedPayer(list.payers.get(item.payer.split)) },
    lead: {
      units: item.lead.units.map((code) => {
        const unit = list.units.get(code);
        const names = (unit?.names ?? []).map(({ zh, en, from, until }) => ({
          zh,
          en,
          from: from ?? null,
          until: until ?? null,
        }));
        return { ...namedUnit(view, code, unit), names };
      }),
      mark: item.lead.mark,
      sources: sources(view, item.lead.source),
    },
  };
}

function presentGuide(view: View, { guide }: Item): ItemPage["guide"] {
  if (guide === undefined) return null;
  return {
    channels: guide.channels ?? [],
    receivingUnit: guide.receivingUnit ? words(guide.receivingUnit) : null,
    firstMonth: guide.firstMonth ?? null,
    visits: guide.visits ?? null,
    mark: guide.mark ?? null,
    sources: sources(view, guide.source),
  };
}

function presentRule(view: View, rule: Rule): NonNullable<ItemPage["rule"]> {
  const { payers } = view.list;
  return {
    subject: rule.subject,
    areaFact: rule.area,
    per: rule.per,
    timesPerYear: rule.timesPerYear ?? null,
    conditions: rule.conditions.map(({ code, zh, en, test, basis }) => ({
      code,
      zh,
      en,
      test,
      basis: basis[0] ? lawReference(view, basis[0]) : null,
    })),
    define: Object.entries(rule.define).map(([name, expression]) => ({ name, expression })),
    amount: rule.amount ?? null,
    parts: (rule.parts ?? []).map(({ code, zh, en, amount, split }) => ({
      code,
      zh,
      en,
      amount,
      split: split === undefined ? null : namedPayer(payers.get(split)),
    })),
    table: rule.table
      ? {
          hitPolicy: rule.table.hitPolicy,
          aggregation: rule.table.aggregation ?? null,
          inputs: rule.table.inputs.map(({ expression, zh, en }) => ({ expression, zh, en })),
          rules: rule.table.rules.map(({ code, zh, en, when, amount }) => ({ code, zh, en, when: [...when], amount })),
        }
      : null,
    frequency: rule.frequency.map(({ times, per, zh, en }) => ({
      times,
      per,
      text: zh === undefined ? null : { zh, en: en ?? zh },
    })),
  };
}

function presentFact(list: List, name: string): ItemPage["facts"][number] {
  const fact = list.facts.get(name);
  if (fact === undefined) throw new RangeError(`no fact ${name}`);
  return {
    name,
    label: words(fact),
    type: fact.type,
    unit: fact.unit ?? null,
    privacy: fact.privacy ?? "personal",
  };
}

/** The dimensions of a parameter's key, with words for their codes. */
export function presentKeys(list: List, parameter: Parameter): ParameterHistory["keys"] {
  const known = keyWords(list, parameter);
  return parameter.keys.map(({ name, values }, at) => ({
    name,
    values: [...values],
    labels: Object.fromEntries(known[at] ?? []),
  }));
}

/** A parameter with its whole history; money is written in yuan again. */
function presentParameter(view: View, parameter: Parameter): ParameterHistory {
  const { code, type, unit, formula, rounding, values } = parameter;
  return {
    ...named(code, parameter),
    type,
    unit: unit ?? null,
    keys: presentKeys(view.list, parameter),
    formula: formula ?? null,
    rounding: note(rounding),
    values: values.map((value, at) => ({
      area: namedArea(view, value.area),
      key: [...value.key],
      from: value.from,
      until: value.until ?? nextFrom(values, at),
      value: publishedText(type, value.value),
      document: value.document ?? null,
      article: value.article ?? null,
      status: value.status,
      knownFrom: value.knownFrom,
      checked: value.checked ?? null,
      mark: value.mark,
      sources: sources(view, value.source),
      note: note(value.note),
    })),
  };
}

/** An open value ends where the next of the same area and key begins. */
function nextFrom(values: Parameter["values"], at: number): string | null {
  const value = values[at]!;
  const next = values.slice(at + 1).find(({ area, key }) => area === value.area && key.join() === value.key.join());
  return next?.from ?? null;
}

function publishedText(type: Parameter["type"], value: number | string | null): string | null {
  if (value === null || type !== "money") return value === null ? null : String(value);
  const fen = Number(value);
  return (fen / 100).toFixed(fen % 100 === 0 ? 0 : 2);
}
