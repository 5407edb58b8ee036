import type { People, RulebookDecisions } from "@qingdan/list";
import type { AnswerRows, FindingRows } from "./answer-rows.ts";
import { type AreaFact, findingCode, type RunPlan } from "./plan.ts";
import type { ItemTally, Tally } from "./tally.ts";

/** Some whole households, with the receipts of their people. */
export interface RunBlock {
  readonly people: People;
  readonly personIds: Int32Array;
  readonly receipts: BlockReceipts;
}

/** Who receives what: one entry a person and item. */
export interface BlockReceipts {
  /** Position in the block. */
  readonly person: Int32Array;
  /** Position in the plan's items. */
  readonly item: Uint16Array;
  /** Fen per the item's period. */
  readonly fen: Float64Array;
}

export interface BlockResult {
  readonly answers: readonly AnswerRows[];
  readonly findings: readonly FindingRows[];
}

/** Collects the decisions that a kernel has made for a block, and adds their counts to `tally`. */
export function readDecisions(plan: RunPlan, block: RunBlock, decisions: RulebookDecisions, tally: Tally): BlockResult {
  const { people, personIds } = block;
  const districtColumns = new Map<string, Uint16Array>();
  const received = new Int32Array(people.persons);
  const picked = new Int32Array(people.persons);
  const answers: AnswerRows[] = [];
  const findings: FindingRows[] = [];
  plan.items.forEach((item, index) => {
    const district = districtColumns.get(item.area.name) ?? districtColumn(plan, people, item.area);
    districtColumns.set(item.area.name, district);
    const view: ItemView = {
      personIds,
      picked,
      item: index,
      reasons: item.reasons,
      districts: plan.districts.length,
      district,
      outcome: decisions.outcome[index]!,
      reason: decisions.reason[index]!,
      amount: decisions.amount[index]!,
      parts: item.parts > 0 ? decisions.parts[index] : undefined,
    };
    answers.push(countAnswers(view, tally[index]!));
    if (item.hasRoll) {
      readReceipts(received, block.receipts, index);
      findings.push(compareWithRoll(view, tally[index]!, received));
    }
  });
  return { answers, findings };
}

interface ItemView {
  readonly personIds: Int32Array;
  /** Room for the positions of the people who have a row. */
  readonly picked: Int32Array;
  readonly item: number;
  readonly reasons: number;
  readonly districts: number;
  readonly district: Uint16Array;
  readonly outcome: Uint8Array;
  readonly reason: Uint8Array;
  readonly amount: Int32Array | Float64Array;
  readonly parts: readonly (Int32Array | Float64Array)[] | undefined;
}

/** The district of each person by one area fact. */
export function districtColumn(plan: RunPlan, people: People, fact: AreaFact): Uint16Array {
  const unknownDistrict = plan.districts.length - 1;
  const district = new Uint16Array(people.persons);
  const { name, entity } = fact;
  const column = (entity === "person" ? people.personColumns : people.householdColumns)[name];
  if (column === undefined) return district.fill(unknownDistrict);
  const { data, unknown } = column;
  for (let person = 0; person < people.persons; person++) {
    const row = entity === "person" ? person : people.householdOf[person]!;
    const isUnknown = unknown !== undefined && ((unknown[row >> 3]! >> (row & 7)) & 1) === 1;
    district[person] = isUnknown ? unknownDistrict : plan.districtOfArea[data[row]!]!;
  }
  return district;
}

function countAnswers(view: ItemView, tally: ItemTally): AnswerRows {
  const people = countCells(view, tally);
  const rows = answerRows(view, people);
  const columns = view.parts ?? [view.amount];
  columns.forEach((column, part) => {
    countPayments(view, people, column, tally.payments[part]!);
  });
  return rows;
}

/** Counts every person under district, reason and outcome; gives the positions of those who are not "not entitled". */
function countCells(view: ItemView, tally: ItemTally): Int32Array {
  const { personIds, picked, reasons, districts, district, outcome, reason } = view;
  const cells = new Int32Array(districts * reasons * 3);
  let answered = 0;
  for (let person = 0; person < personIds.length; person++) {
    const answer = outcome[person]!;
    cells[(district[person]! * reasons + reason[person]!) * 3 + answer]!++;
    // Written for everyone and kept for those with an answer: outcomes 1 and 2 go on by one, 0 by none.
    picked[answered] = person;
    answered += (answer + 1) >> 1;
  }
  for (let cell = 0; cell < districts * reasons; cell++) {
    const entitled = cells[cell * 3 + 1]!;
    tally.notEntitled[cell]! += cells[cell * 3]!;
    tally.undetermined[cell]! += cells[cell * 3 + 2]!;
    tally.entitled[Math.floor(cell / reasons)]! += entitled;
  }
  return picked.subarray(0, answered);
}

/** Counts equal payments of a district together; runs of the same payment are counted before the map is asked. */
function countPayments(
  { districts, district, outcome }: ItemView,
  people: Int32Array,
  fen: Int32Array | Float64Array,
  paid: Map<number, number>,
) {
  let last = 0;
  let run = 0;
  const flush = () => {
    if (run > 0) paid.set(last, (paid.get(last) ?? 0) + run);
  };
  for (let row = 0; row < people.length; row++) {
    const person = people[row]!;
    if (outcome[person] !== 1 || fen[person] === 0) continue;
    const key = district[person]! + fen[person]! * districts;
    if (key !== last) {
      flush();
      last = key;
      run = 0;
    }
    run++;
  }
  flush();
}

/** The rows of some people, by their positions in the block. */
function answerRows({ personIds, item, district, outcome, reason, amount }: ItemView, people: Int32Array): AnswerRows {
  const count = people.length;
  const column = () => new Int32Array(count);
  const rows = {
    item,
    count,
    person: column(),
    district: column(),
    outcome: column(),
    reason: column(),
    amount: column(),
  };
  for (let row = 0; row < count; row++) {
    const person = people[row]!;
    rows.person[row] = personIds[person]!;
    rows.district[row] = district[person]!;
    rows.outcome[row] = outcome[person]!;
    rows.reason[row] = reason[person]!;
    rows.amount[row] = fitting(amount[person]!);
  }
  return rows;
}

/** Rows hold fen as 32-bit integers; a single payment above 21 million yuan is refused, never wrapped. */
function fitting(fen: number): number {
  if ((fen | 0) !== fen) throw new RangeError(`A payment of ${fen} fen does not fit in 32 bits`);
  return fen;
}

/** Fills `received` with the fen of one item, -1 where the person is not on its roll. */
function readReceipts(received: Int32Array, { person, item, fen }: BlockReceipts, wanted: number) {
  received.fill(-1);
  for (let row = 0; row < person.length; row++) if (item[row] === wanted) received[person[row]!] = fitting(fen[row]!);
}

/** Missed and underpaid: owed and lacking. Overpaid: not owed, or more than owed. Unsettled: paid, and nobody can say. */
function compareWithRoll(view: ItemView, tally: ItemTally, received: Int32Array): FindingRows {
  const { personIds, picked, district, outcome, amount } = view;
  let count = 0;
  for (let person = 0; person < personIds.length; person++) {
    const paid = received[person]!;
    if (paid >= 0) tally.receiving[district[person]!]!++;
    else if (outcome[person] !== 1) continue;
    if (findingOf(outcome[person]!, amount[person]!, paid) === noFinding) continue;
    picked[count] = person;
    count++;
  }
  const people = picked.subarray(0, count);
  const rows = { ...answerRows(view, people), finding: new Int32Array(count), received: new Int32Array(count) };
  for (let row = 0; row < count; row++) {
    const person = people[row]!;
    const paid = received[person]!;
    const code = findingOf(outcome[person]!, amount[person]!, paid);
    rows.finding[row] = code;
    rows.received[row] = paid;
    countFinding(tally, district[person]!, code, amount[person]!, paid);
  }
  return rows;
}

function countFinding(tally: ItemTally, place: number, code: number, due: number, paid: number) {
  if (code === findingCode.unsettled) {
    tally.unsettled[place]!++;
  } else if (code === findingCode.overpaid) {
    tally.overpaid[place]!++;
    tally.overpaidFen[place]! += paid - due;
  } else {
    tally.missed[place]!++;
    tally.missedFen[place]! += due - Math.max(0, paid);
    if (code === findingCode.underpaid) tally.underpaid[place]!++;
  }
}

const noFinding = 255;

/** `paid` is -1 for a person who is not on the roll. */
export function findingOf(outcome: number, due: number, paid: number): number {
  if (outcome === 1) {
    if (paid < 0) return findingCode.missed;
    if (paid < due) return findingCode.underpaid;
    return paid > due ? findingCode.overpaid : noFinding;
  }
  if (paid < 0) return noFinding;
  return outcome === 0 ? findingCode.overpaid : findingCode.unsettled;
}
