import {
  type List,
  type PaymentShare,
  type Rulebook,
  type RulebookItem,
  splitPayment,
  type Words,
} from "@qingdan/list";
import type { Figures, RunItem, RunItemPage } from "./model.ts";
import type { RunPlan } from "./plan.ts";
import { elsewhere, unknownPlace } from "./plan-run.ts";
import type { ItemTally, Tally } from "./tally.ts";

/** Figures of a run by item and district, and the reasons behind what is not owed. */
export interface Summary {
  readonly total: Figures;
  readonly items: readonly RunItemPage[];
  readonly districts: readonly { code: string; name: Words; people: number; total: Figures }[];
}

interface Context {
  readonly list: List;
  readonly rulebook: Rulebook;
  readonly plan: RunPlan;
}

/** Sums a run up from the counts of its rows: money from every distinct payment and how often it is made, never from sums. */
export function summarise(context: Context, tally: Tally, people: readonly number[]): Summary {
  const { plan, rulebook } = context;
  const items = rulebook.items.map((item, index) => summariseItem(context, item, index, tally[index]!));
  const districts = plan.districts
    .map((code, at) => ({
      ...districtName(context, code),
      people: people[at] ?? 0,
      total: addFigures(items.map((item) => item.districts.find(({ district }) => district.code === code)!)),
    }))
    .filter(({ people: counted, total }) => counted > 0 || total.entitled + total.undetermined + total.notEntitled > 0);
  return { total: addFigures(items.map(({ total }) => total)), items, districts };
}

export function districtName({ list }: Pick<Context, "list">, code: string): { code: string; name: Words } {
  if (code === elsewhere) return { code, name: { zh: "外地", en: "Elsewhere" } };
  if (code === unknownPlace) return { code, name: { zh: "地区不详", en: "Place unknown" } };
  const area = list.areas.get(code);
  return { code, name: area ? { zh: area.zh, en: area.en } : { zh: code, en: code } };
}

/** Payments in a year; null where that differs from person to person. */
function timesPerYear({ timesPerYear: times, per }: RulebookItem): number | null {
  return times ?? (per === "once" ? 1 : null);
}

function summariseItem(context: Context, item: RulebookItem, index: number, tally: ItemTally): RunItemPage {
  const { plan } = context;
  const paid = item.amount.kind !== "service";
  const payers = paid ? splitPayments(context, item, tally) : plan.districts.map(() => []);
  const districts = plan.districts.map((code, at) => ({
    district: districtName(context, code),
    ...districtFigures(item, plan, index, tally, at, payers[at]!),
  }));
  const counted = (counts: readonly number[], reason: number) =>
    plan.districts.reduce((sum, _, at) => sum + counts[at * item.reasons.length + reason]!, 0);
  const reasonsOf = (counts: readonly number[]) =>
    item.reasons
      .map(({ code, zh, en, basis }, at) => ({
        code,
        text: { zh, en },
        basis: basis[0] ? [basis[0].title, basis[0].article].filter(Boolean).join(" ") : null,
        people: at === item.common.householder ? 0 : counted(counts, at),
      }))
      .filter(({ people }) => people > 0)
      .toSorted((a, b) => b.people - a.people);
  return {
    code: item.code,
    name: { zh: item.name.zh, en: item.name.en },
    per: item.per,
    timesPerYear: timesPerYear(item),
    subject: item.subject,
    paid,
    fenPerPeriod: paid ? sumPayments(plan, tally) : null,
    total: addFigures(districts),
    districts,
    notEntitledBy: reasonsOf(tally.notEntitled),
    undeterminedBy: reasonsOf(tally.undetermined).map(({ code, text, people }) => ({ code, text, people })),
  };
}

function districtFigures(
  item: RulebookItem,
  plan: RunPlan,
  index: number,
  tally: ItemTally,
  at: number,
  payers: Figures["payers"],
): Figures {
  const reasons = item.reasons.length;
  const counted = (counts: readonly number[]) => {
    let sum = 0;
    for (let reason = 0; reason < reasons; reason++) {
      if (reason !== item.common.householder) sum += counts[at * reasons + reason]!;
    }
    return sum;
  };
  const { hasRoll } = plan.items[index]!;
  const paid = item.amount.kind !== "service";
  const times = timesPerYear(item);
  const roll = (counts: readonly number[]) => (hasRoll ? counts[at]! : null);
  const yearly = (fen: readonly number[]) => (hasRoll && paid && times !== null ? fen[at]! * times : null);
  return {
    entitled: tally.entitled[at]!,
    undetermined: counted(tally.undetermined),
    notEntitled: counted(tally.notEntitled),
    receiving: roll(tally.receiving),
    missed: roll(tally.missed),
    underpaid: roll(tally.underpaid),
    overpaid: roll(tally.overpaid),
    unsettled: roll(tally.unsettled),
    fenPerMonth:
      paid && item.per === "month" ? payers.reduce((sum, { fenPerMonth }) => sum + (fenPerMonth ?? 0), 0) : null,
    fenPerYear: paid && times !== null ? payers.reduce((sum, { fenPerYear }) => sum + fenPerYear, 0) : null,
    missedFenPerYear: yearly(tally.missedFen),
    overpaidFenPerYear: yearly(tally.overpaidFen),
    payers,
  };
}

/** What each payer pays in each district: every distinct payment is split once, to the fen, and counted as often as it is made. */
function splitPayments(context: Context, item: RulebookItem, tally: ItemTally): Figures["payers"][] {
  const { list, rulebook, plan } = context;
  const splits = item.amount.kind === "parts" ? item.amount.parts.map(({ split }) => split) : [item.payer.split];
  const times = timesPerYear(item);
  const sums = plan.districts.map(() => new Map<string, { share: PaymentShare; fen: number }>());
  tally.payments.forEach((payments, part) => {
    for (const [key, count] of payments) {
      const at = key % plan.districts.length;
      const fen = (key - at) / plan.districts.length;
      const code = plan.districts[at]!;
      const area = list.areas.has(code) ? code : rulebook.area;
      for (const share of splitPayment(list, splits[part] ?? item.payer.split, { area, date: rulebook.date, fen })) {
        const name = `${share.payer} ${share.area}`;
        const sum = sums[at]!.get(name) ?? { share, fen: 0 };
        sum.fen += share.fen * count;
        sums[at]!.set(name, sum);
      }
    }
  });
  return sums.map((byPayer) =>
    [...byPayer.values()]
      .filter(() => times !== null)
      .map(({ share, fen }) => ({
        payer: share.payer,
        area: share.area,
        fenPerMonth: item.per === "month" ? fen : null,
        fenPerYear: fen * (times ?? 0),
      })),
  );
}

function sumPayments(plan: RunPlan, tally: ItemTally): number {
  let sum = 0;
  for (const payments of tally.payments) {
    for (const [key, count] of payments) sum += Math.floor(key / plan.districts.length) * count;
  }
  return sum;
}

const people = ["entitled", "undetermined", "notEntitled"] as const;
const nullable = [
  "receiving",
  "missed",
  "underpaid",
  "overpaid",
  "unsettled",
  "fenPerMonth",
  "fenPerYear",
  "missedFenPerYear",
  "overpaidFenPerYear",
] as const;

/** Adds figures; a sum is unknown only where every part of it is. */
function addFigures(parts: readonly Figures[]): Figures {
  const sum: Figures = {
    entitled: 0,
    undetermined: 0,
    notEntitled: 0,
    receiving: null,
    missed: null,
    underpaid: null,
    overpaid: null,
    unsettled: null,
    fenPerMonth: null,
    fenPerYear: null,
    missedFenPerYear: null,
    overpaidFenPerYear: null,
    payers: [],
  };
  const payers = new Map<string, Figures["payers"][number]>();
  for (const part of parts) {
    for (const name of people) sum[name] += part[name];
    for (const name of nullable) {
      const value = part[name];
      if (value !== null) sum[name] = (sum[name] ?? 0) + value;
    }
    for (const { payer, area, fenPerMonth, fenPerYear } of part.payers) {
      const key = `${payer} ${area}`;
      const known = payers.get(key);
      const monthly = fenPerMonth === null ? (known?.fenPerMonth ?? null) : (known?.fenPerMonth ?? 0) + fenPerMonth;
      payers.set(key, { payer, area, fenPerMonth: monthly, fenPerYear: (known?.fenPerYear ?? 0) + fenPerYear });
    }
  }
  sum.payers = [...payers.values()].toSorted((a, b) => b.fenPerYear - a.fenPerYear);
  return sum;
}

/** The line of an item without its reasons. */
export function withoutReasons({ notEntitledBy: _, undeterminedBy: __, ...item }: RunItemPage): RunItem {
  return item;
}
