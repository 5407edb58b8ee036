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
  const received = new Float64Array(people.persons);
  const answers: AnswerRows[] = [];
  const findings: FindingRows[] = [];
  plan.items.forEach((item, index) => {
    const district = districtColumns.get(item.area.name) ?? districtColumn(plan, people, item.area);
    districtColumns.set(item.area.name, district);
    const view: ItemView = {
      personIds,
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
  const { personIds, district, outcome, reason, amount, parts } = view;
  const rows = answerRows(view.item, countCells(view, tally));
  const columns = parts ?? [amount];
  let row = 0;
  for (let person = 0; person < personIds.length; person++) {
    const answer = outcome[person]!;
    if (answer === 0) continue;
    rows.person[row] = personIds[person]!;
    rows.district[row] = district[person]!;
    rows.outcome[row] = answer;
    rows.reason[row] = reason[person]!;
    rows.amount[row] = amount[person]!;
    row++;
  }
  columns.forEach((column, part) => {
    countPayments(view, column, tally.payments[part]!);
  });
  return rows;
}

/** Counts every person under district, reason and outcome; gives the number of those who are not "not entitled". */
function countCells({ personIds, reasons, districts, district, outcome, reason }: ItemView, tally: ItemTally): number {
  const cells = new Int32Array(districts * reasons * 3);
  for (let person = 0; person < personIds.length; person++) {
    cells[(district[person]! * reasons + reason[person]!) * 3 + outcome[person]!]!++;
  }
  let answered = 0;
  for (let cell = 0; cell < districts * reasons; cell++) {
    const not = cells[cell * 3]!;
    const entitled = cells[cell * 3 + 1]!;
    const undetermined = cells[cell * 3 + 2]!;
    tally.notEntitled[cell]! += not;
    tally.undetermined[cell]! += undetermined;
    tally.entitled[Math.floor(cell / reasons)]! += entitled;
    answered += entitled + undetermined;
  }
  return answered;
}

/** Counts equal payments of a district together; runs of the same payment are counted before the map is asked. */
function countPayments(view: ItemView, fen: Int32Array | Float64Array, paid: Map<number, number>) {
  const { personIds, districts, district, outcome } = view;
  let last = 0;
  let run = 0;
  const flush = () => {
    if (run > 0) paid.set(last, (paid.get(last) ?? 0) + run);
  };
  for (let person = 0; person < personIds.length; person++) {
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

function answerRows(item: number, count: number): AnswerRows {
  return {
    item,
    count,
    person: new Int32Array(count),
    district: new Int32Array(count),
    outcome: new Int32Array(count),
    reason: new Int32Array(count),
    amount: new Float64Array(count),
  };
}

/** Fills `received` with the fen of one item, -1 where the person is not on its roll. */
function readReceipts(received: Float64Array, { person, item, fen }: BlockReceipts, wanted: number) {
  received.fill(-1);
  for (let row = 0; row < person.length; row++) if (item[row] === wanted) received[person[row]!] = fen[row]!;
}

/** Missed and underpaid: owed and lacking. Overpaid: not owed, or more than owed. Unsettled: paid, and nobody can say. */
function compareWithRoll(view: ItemView, tally: ItemTally, received: Float64Array): FindingRows {
  const { personIds, district, outcome, reason, amount } = view;
  const persons = personIds.length;
  const codes = new Uint8Array(persons);
  let count = 0;
  for (let person = 0; person < persons; person++) {
    const paid = received[person]!;
    if (paid >= 0) tally.receiving[district[person]!]!++;
    const code = findingOf(outcome[person]!, amount[person]!, paid);
    codes[person] = code;
    if (code !== noFinding) count++;
  }
  const rows: FindingRows = {
    ...answerRows(view.item, count),
    finding: new Int32Array(count),
    received: new Float64Array(count),
  };
  let row = 0;
  for (let person = 0; person < persons; person++) {
    const code = codes[person]!;
    if (code === noFinding) continue;
    rows.person[row] = personIds[person]!;
    rows.district[row] = district[person]!;
    rows.outcome[row] = outcome[person]!;
    rows.reason[row] = reason[person]!;
    rows.amount[row] = amount[person]!;
    rows.finding[row] = code;
    rows.received[row] = received[person]!;
    countFinding(tally, district[person]!, code, amount[person]!, received[person]!);
    row++;
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
