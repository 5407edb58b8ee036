import {
  allocateDecisions,
  type Column,
  emitKernel,
  instantiateKernel,
  type Kernel,
  type People,
  type Rulebook,
  type RulebookDecisions,
} from "@qingdan/list";
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
  /** Items with a roll: paid again and again. `before` is the position a year ago, or -1. */
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

const periods = ["month", "year", "semester", "school-day", "day"];

export function openRolls(city: City, { now, before }: Rolls): RollKernels {
  return {
    now: openDecider(city, now),
    before: openDecider(city, before),
    items: now.items.flatMap((item, position) => {
      if (item.amount.kind === "service" || !periods.includes(item.per)) return [];
      return {
        code: item.code,
        per: item.per,
        now: position,
        before: before.items.findIndex(({ code }) => code === item.code),
        automatic: item.firstMonth === "eligible-month",
        register: item.code.endsWith(".subsistence-allowance"),
      };
    }),
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

/**
 * What the people of a part receive. Most receive what they are owed; some never applied, some are still paid as their record
 * stood before their income rose, their grade fell or they moved, some by the standards of a year ago.
 */
export function decideReceipts(city: City, part: Part, kernels: RollKernels | undefined): Receipts {
  const rows = new ReceiptRows(kernels?.items.map(({ code }) => code) ?? []);
  if (!kernels) return rows.finish();
  const owed = decide(kernels.now, part, part.columns);
  const stale = decide(kernels.now, part, oldRecords(city, part));
  const old = decide(kernels.before, part, part.columns);
  const { rolls } = city.marginals;
  const record = city.random.draw("rolls.record");
  const status = codesOf(city, "assistanceStatus", "subsistence");
  const draws = kernels.items.map(({ code }) => city.random.draw(`rolls.applied.${code}`));
  const since = city.random.draw("rolls.since");
  for (let row = 0; row < part.persons; row++) {
    const person = part.first + row;
    const home = part.first + part.start[part.householdOf[row]!]!;
    const notRenewed = record(home) < rolls.oldRecord;
    kernels.items.forEach((item, index) => {
      const [decisions, at] = notRenewed ? [old, item.before] : [stale, item.now];
      if (at < 0 || decisions.outcome[at]![row] !== 1) return;
      const isOwed = owed.outcome[item.now]![row] === 1;
      if (item.register && part.columns.assistanceStatus!.data[row] !== status.subsistence) return;
      const missing = item.automatic ? rolls.registeredLate : item.register ? 0 : rolls.notApplied;
      if (isOwed && draws[index]!(home) < missing) return;
      rows.add(
        person + 1,
        index,
        decisions.amount[at]![row]!,
        periods.indexOf(item.per),
        sinceDay(part, row, since(person)),
      );
    });
  }
  return rows.finish();
}

function decide(decider: Decider, part: Part, columns: Part["columns"]): RulebookDecisions {
  const decisions = allocateDecisions(decider.rulebook, part.persons);
  decider.kernel(peopleOf(decider, part, columns), decisions, 0, part.persons);
  return decisions;
}

function peopleOf({ rulebook, areas }: Decider, part: Part, columns: Part["columns"]): People {
  const personColumns: Record<string, Column> = {};
  const householdColumns: Record<string, Column> = {};
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
    household: { start: part.start, members: Int32Array.from({ length: part.persons }, (_, row) => row) },
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
      periods,
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
