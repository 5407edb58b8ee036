import type { Column, People, Rulebook } from "@qingdan/list";
import {
  allocateDecisions,
  emitKernel,
  instantiateKernel,
  type Kernel,
  type RulebookDecisions,
} from "@qingdan/list/browser";
import { demoDay } from "./calendar.ts";
import { type City, codesOf } from "./city.ts";
import { oldRecords } from "./old-records.ts";
import type { FactColumn, Part } from "./part.ts";

/** The rules that the rolls follow: those in force, and those of a year before. */
export interface Rolls {
  readonly now: Rulebook;
  readonly before: Rulebook;
}

interface Decider {
  readonly rulebook: Rulebook;
  readonly kernel: Kernel;
  /** Stored number of an area of the city -> its number in the rulebook. */
  readonly areas: Uint16Array;
}

export interface RollKernels {
  readonly now: Decider;
  readonly before: Decider;
  /** The items; `before` is the position a year ago, or -1. */
  readonly items: readonly RollItem[];
}

interface RollItem {
  readonly code: string;
  readonly per: string;
  readonly now: number;
  readonly before: number;
  /** Granted without an application (免申即享). */
  readonly automatic: boolean;
  /** Paid to those whom the register of assistance holds as living on it. */
  readonly register: boolean;
}

/** Who receives what: one row a person and item. */
export interface Receipts {
  readonly rows: number;
  readonly person: Int32Array;
  /** Position in `items`; there are fewer than 256. */
  readonly item: Uint8Array;
  readonly fen: Int32Array;
  readonly per: Uint8Array;
  readonly since: Int32Array;
  readonly items: readonly string[];
  readonly periods: readonly string[];
}

/** Periods of payments that come again. */
export const rolledPeriods: readonly string[] = ["month", "year", "semester", "school-day", "day"];

export function openRolls(city: City, { now, before }: Rolls): RollKernels {
  return {
    now: openDecider(city, now),
    before: openDecider(city, before),
    items: now.items.map((item, position) => ({
      code: item.code,
      per: item.per,
      now: position,
      before: before.items.findIndex(({ code }) => code === item.code),
      automatic: item.firstMonth === "eligible-month",
      register: item.code.endsWith(".subsistence-allowance"),
    })),
  };
}

function openDecider(city: City, rulebook: Rulebook): Decider {
  const position = new Map(rulebook.areas.map(({ code }, index) => [code, index]));
  const areas = Uint16Array.from(city.areas, (code) => {
    const index = position.get(code);
    if (index === undefined) throw new Error(`The city's list has no area ${code}`);
    return index;
  });
  return { rulebook, kernel: instantiateKernel(emitKernel(rulebook)), areas };
}

/** Which record the offices go by, for each household. */
const record = { present: 0, changed: 1, notRenewed: 2 } as const;

/**
 * What the people of a part receive. Most receive what they are owed; some never applied, some are still paid as their record
 * stood before their income rose, their grade fell or they moved, some by the standards of a year ago.
 */
export function decideReceipts(city: City, part: Part, kernels: RollKernels | undefined): Receipts {
  const rows = new ReceiptRows(kernels?.items.map(({ code }) => code) ?? []);
  if (!kernels) return rows.finish();
  const { columns: old, changed } = oldRecords(city, part);
  const records = recordsOf(city, part, changed);
  const owed = decide(kernels.now, part, part.columns, () => true);
  const decided = [
    owed,
    decide(kernels.now, part, old, (h) => records[h] === record.changed),
    decide(kernels.before, part, part.columns, (h) => records[h] === record.notRenewed),
  ];
  const lanes = kernels.items.map((item, index) => openLane(city, item, index, owed, decided));
  const since = city.random.draw("rolls.since");
  const register = codesOf(city, "assistanceStatus", "subsistence").subsistence;
  const status = part.columns.assistanceStatus!.data;
  for (let row = 0; row < part.persons; row++) {
    const h = part.householdOf[row]!;
    const home = part.first + part.start[h]!;
    for (const { item, index, owedOutcome, outcomes, amounts, applied, missing } of lanes) {
      if (outcomes[records[h]!]?.[row] !== 1) continue;
      if (item.register && status[row] !== register) continue;
      if (owedOutcome[row] === 1 && applied(home) < missing) continue;
      const fen = amounts[records[h]!]![row]!;
      rows.add(
        part.first + row + 1,
        index,
        fen,
        rolledPeriods.indexOf(item.per),
        sinceDay(part, row, since(part.first + row)),
      );
    }
  }
  return rows.finish();
}

function recordsOf({ random, marginals }: City, part: Part, changed: Uint8Array): Uint8Array {
  const draw = random.draw("rolls.record");
  return changed.map((isChanged, h) => {
    if (draw(part.first + part.start[h]!) < marginals.rolls.oldRecord) return record.notRenewed;
    return isChanged === 1 ? record.changed : record.present;
  });
}

/** An item with its answers by the three records. */
function openLane(
  city: City,
  item: RollItem,
  index: number,
  owed: RulebookDecisions,
  decided: readonly RulebookDecisions[],
) {
  const { rolls } = city.marginals;
  const at = [item.now, item.now, item.before];
  return {
    item,
    index,
    owedOutcome: owed.outcome[item.now]!,
    outcomes: decided.map(({ outcome }, by) => outcome[at[by]!]),
    amounts: decided.map(({ amount }, by) => amount[at[by]!]),
    applied: city.random.draw(`rolls.applied.${item.code}`),
    // On the register of assistance nobody is missed but by not standing in it.
    missing: item.automatic ? rolls.registeredLate : item.register ? 0 : rolls.notApplied,
  };
}

/** Decides the chosen households. */
function decide(
  decider: Decider,
  part: Part,
  columns: Part["columns"],
  chosen: (household: number) => boolean,
): RulebookDecisions {
  const decisions = allocateDecisions(decider.rulebook, part.persons);
  const people = peopleOf(decider, part, columns);
  for (let h = 0; h < part.households; h++) {
    if (!chosen(h)) continue;
    const first = h;
    while (h + 1 < part.households && chosen(h + 1)) h++;
    decider.kernel(people, decisions, part.start[first]!, part.start[h + 1]!);
  }
  return decisions;
}

function peopleOf({ rulebook, areas }: Decider, part: Part, columns: Part["columns"]): People {
  const personColumns: Record<string, Column> = {};
  const householdColumns: Record<string, Column> = {};
  const members = new Int32Array(part.persons);
  for (let row = 0; row < part.persons; row++) members[row] = row;
  for (const { name, entity, factType } of rulebook.facts) {
    const column = columns[name];
    if (!column) throw new Error(`The city has no column for the fact ${name}`);
    (entity === "person" ? personColumns : householdColumns)[name] =
      factType === "area" ? renumbered(column, areas) : column;
  }
  return {
    persons: part.persons,
    households: part.households,
    personColumns,
    householdColumns,
    householdOf: part.householdOf,
    household: { start: part.start, members },
  };
}

function renumbered({ data }: FactColumn, areas: Uint16Array): Column {
  const numbers = new Uint16Array(data.length);
  for (let row = 0; row < data.length; row++) numbers[row] = areas[data[row]!]!;
  return { data: numbers };
}

/** The first of a month in the last eight years, after the birth. */
function sinceDay(part: Part, row: number, u: number): number {
  const born = part.columns.birthDate!.data[row]!;
  const months = Math.floor(1 + u * Math.min(96, Math.max(0, (demoDay - born) / 31 - 1)));
  const month = 2025 * 12 + 5 - months;
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;
}

/** Rows that grow. */
class ReceiptRows {
  #rows = 0;
  #person = new Int32Array(1024);
  #item = new Uint8Array(1024);
  #fen = new Int32Array(1024);
  #per = new Uint8Array(1024);
  #since = new Int32Array(1024);
  readonly #items: readonly string[];

  constructor(items: readonly string[]) {
    this.#items = items;
  }

  add(person: number, item: number, fen: number, per: number, since: number): void {
    if (this.#rows === this.#person.length) this.#grow();
    const row = this.#rows++;
    this.#person[row] = person;
    this.#item[row] = item;
    this.#fen[row] = fen;
    this.#per[row] = per;
    this.#since[row] = since;
  }

  finish(): Receipts {
    return {
      rows: this.#rows,
      person: this.#person,
      item: this.#item,
      fen: this.#fen,
      per: this.#per,
      since: this.#since,
      items: this.#items.length > 0 ? this.#items : ["none"],
      periods: rolledPeriods,
    };
  }

  #grow(): void {
    const grown = <T extends Int32Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    const length = this.#rows * 2;
    this.#person = grown(this.#person, new Int32Array(length));
    this.#item = grown(this.#item, new Uint8Array(length));
    this.#fen = grown(this.#fen, new Int32Array(length));
    this.#per = grown(this.#per, new Uint8Array(length));
    this.#since = grown(this.#since, new Int32Array(length));
  }
}
