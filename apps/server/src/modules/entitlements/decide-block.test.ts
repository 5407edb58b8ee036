import type { People, RulebookDecisions } from "@qingdan/list";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type RunBlock, readDecisions } from "./decide-block.ts";
import { startDecisionsHash } from "./decisions-hash.ts";
import type { RunPlan } from "./plan.ts";
import { addTally, emptyTally, type Tally, tallyFromJson, tallyToJson } from "./tally.ts";

/** A tennis club: two items, three courts, one court code that no district has. */
const plan: RunPlan = {
  items: [
    { code: "racket", area: { name: "court", entity: "person" }, reasons: 3, elsewhere: -1, parts: 0, hasRoll: true },
    {
      code: "coaching",
      area: { name: "court", entity: "person" },
      reasons: 3,
      elsewhere: -1,
      parts: 2,
      hasRoll: false,
    },
  ],
  districtOfArea: Int32Array.of(0, 1, 1, 2),
  districts: ["north", "south", "elsewhere", "unknown"],
  peopleBy: { name: "court", entity: "person" },
};

interface Answer {
  readonly outcome: number;
  readonly reason: number;
  readonly fen: number;
}

interface Member {
  readonly court: number | null;
  readonly answers: readonly Answer[];
  readonly received: number | null;
}

const answer = fc
  .record({
    outcome: fc.integer({ min: 0, max: 2 }),
    reason: fc.integer({ min: 0, max: 2 }),
    fen: fc.integer({ min: 0, max: 900 }),
  })
  .map(({ outcome, reason, fen }) => ({ outcome, reason, fen: outcome === 1 ? fen : 0 }));
const member = fc.record({
  court: fc.option(fc.integer({ min: 0, max: 3 })),
  answers: fc.array(answer, { minLength: 2, maxLength: 2 }),
  received: fc.option(fc.integer({ min: 0, max: 900 })),
});
const club = fc.array(member, { minLength: 1, maxLength: 40 });

function blockOf(
  members: readonly Member[],
  from: number,
  to: number,
): { block: RunBlock; decisions: RulebookDecisions } {
  const part = members.slice(from, to);
  const unknown = new Uint8Array(Math.ceil(part.length / 8));
  part.forEach(({ court }, row) => {
    if (court === null) unknown[row >> 3]! |= 1 << (row & 7);
  });
  const rows = Int32Array.from(part, (_, row) => row);
  const people: People = {
    persons: part.length,
    households: part.length,
    personColumns: { court: { data: Uint16Array.from(part, ({ court }) => court ?? 7), unknown } },
    householdColumns: {},
    householdOf: rows,
    household: { start: Int32Array.from({ length: part.length + 1 }, (_, row) => row), members: rows },
  };
  const receipts = part.flatMap(({ received }, row) => (received === null ? [] : [{ row, received }]));
  const column = (item: number, read: (answer: Answer) => number) => part.map(({ answers }) => read(answers[item]!));
  const items = [0, 1];
  return {
    block: {
      people,
      personIds: Int32Array.from(part, (_, row) => 1000 + from + row),
      receipts: {
        person: Int32Array.from(receipts, ({ row }) => row),
        item: new Uint16Array(receipts.length),
        fen: Float64Array.from(receipts, ({ received }) => received),
      },
    },
    decisions: {
      outcome: items.map((item) => Uint8Array.from(column(item, ({ outcome }) => outcome))),
      reason: items.map((item) => Uint8Array.from(column(item, ({ reason }) => reason))),
      amount: items.map((item) => Int32Array.from(column(item, ({ fen }) => fen))),
      parts: [
        [],
        [
          Int32Array.from(column(1, ({ fen }) => Math.floor(fen / 3))),
          Int32Array.from(column(1, ({ fen }) => fen - Math.floor(fen / 3))),
        ],
      ],
    },
  };
}

function decide(members: readonly Member[], cuts: readonly number[]) {
  const tally = emptyTally(plan);
  const hash = startDecisionsHash(2);
  const answers: number[][] = [];
  const findings: number[][] = [];
  const ends = [...new Set([...cuts.filter((cut) => cut < members.length), members.length])].toSorted((a, b) => a - b);
  let from = 0;
  for (const to of ends) {
    const { block, decisions } = blockOf(members, from, to);
    const rows = readDecisions(plan, block, decisions, tally);
    hash.add(decisions, to - from);
    for (const group of rows.answers) {
      for (let row = 0; row < group.count; row++) {
        answers.push([
          group.item,
          group.person[row]!,
          group.district[row]!,
          group.outcome[row]!,
          group.reason[row]!,
          group.amount[row]!,
        ]);
      }
    }
    for (const group of rows.findings) {
      for (let row = 0; row < group.count; row++) {
        findings.push([group.item, group.person[row]!, group.finding[row]!, group.amount[row]!, group.received[row]!]);
      }
    }
    from = to;
  }
  const order = (a: number[], b: number[]) => a[0]! - b[0]! || a[1]! - b[1]!;
  return { tally, hash: hash.digest(), answers: answers.toSorted(order), findings: findings.toSorted(order) };
}

test("cutting a part into blocks changes neither rows nor counts nor hash", () => {
  fc.assert(
    fc.property(club, fc.array(fc.integer({ min: 1, max: 39 }), { maxLength: 4 }), (members, cuts) => {
      expect(decide(members, cuts)).toEqual(decide(members, []));
    }),
  );
});

test("every person is counted once an item, and rows are exactly the entitled and the undetermined", () => {
  fc.assert(
    fc.property(club, (members) => {
      const { tally, answers } = decide(members, []);
      const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
      tally.forEach((item, index) => {
        expect(sum(item.entitled) + sum(item.undetermined) + sum(item.notEntitled)).toBe(members.length);
        const rows = answers.filter(([of]) => of === index);
        expect(rows.length).toBe(sum(item.entitled) + sum(item.undetermined));
        const paid = rows.reduce((total, row) => total + row[5]!, 0);
        const counted = item.payments.flatMap((payments) =>
          [...payments].map(([key, count]) => Math.floor(key / plan.districts.length) * count),
        );
        expect(sum(counted)).toBe(paid);
      });
    }),
  );
});

test("missed, underpaid, overpaid and unsettled follow from the answer and the roll", () => {
  const found = (outcome: number, fen: number, received: number | null) => {
    const answers = [
      { outcome, reason: 0, fen },
      { outcome: 0, reason: 0, fen: 0 },
    ];
    const { findings, tally } = decide([{ court: 0, answers, received }], []);
    const { missed, underpaid, overpaid, unsettled, missedFen, overpaidFen, receiving } = tally[0]!;
    const at = (counts: readonly number[]) => counts[0];
    return {
      codes: findings.map((row) => row[2]),
      counts: [missed, underpaid, overpaid, unsettled, missedFen, overpaidFen, receiving].map(at),
    };
  };
  expect(found(1, 500, null)).toEqual({ codes: [0], counts: [1, 0, 0, 0, 500, 0, 0] });
  expect(found(1, 500, 300)).toEqual({ codes: [1], counts: [1, 1, 0, 0, 200, 0, 1] });
  expect(found(1, 500, 500)).toEqual({ codes: [], counts: [0, 0, 0, 0, 0, 0, 1] });
  expect(found(1, 500, 700)).toEqual({ codes: [2], counts: [0, 0, 1, 0, 0, 200, 1] });
  expect(found(0, 0, 700)).toEqual({ codes: [2], counts: [0, 0, 1, 0, 0, 700, 1] });
  expect(found(0, 0, null)).toEqual({ codes: [], counts: [0, 0, 0, 0, 0, 0, 0] });
  expect(found(2, 0, 700)).toEqual({ codes: [3], counts: [0, 0, 0, 1, 0, 0, 1] });
});

test("a person whose place is unknown is counted under the unknown place", () => {
  const nobody = { outcome: 0, reason: 1, fen: 0 };
  const { tally } = decide([{ court: null, answers: [nobody, nobody], received: null }], []);
  expect(tally[0]!.notEntitled).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
});

test("a tally survives its JSON form and adds up in any order", () => {
  fc.assert(
    fc.property(club, club, (some, others) => {
      const one = decide(some, []).tally;
      const two = decide(others, []).tally;
      const sum = (parts: readonly Tally[]) => {
        const total = emptyTally(plan);
        for (const part of parts) addTally(total, tallyFromJson(JSON.parse(JSON.stringify(tallyToJson(part)))));
        return total;
      };
      expect(sum([one, two])).toEqual(sum([two, one]));
      expect(sum([one])).toEqual(one);
    }),
  );
});

test("a payment that 32 bits cannot hold is refused, not wrapped", () => {
  const entitled = { outcome: 1, reason: 0, fen: 1 };
  const { block, decisions } = blockOf([{ court: 0, answers: [entitled, entitled], received: null }], 0, 1);
  const amount = decisions.amount.map(() => Float64Array.of(2_147_483_648));
  expect(() => readDecisions(plan, block, { ...decisions, amount }, emptyTally(plan))).toThrow("2147483648");
  const paid = {
    ...block,
    receipts: { ...block.receipts, person: Int32Array.of(0), item: Uint16Array.of(0), fen: Float64Array.of(2 ** 31) },
  };
  expect(() => readDecisions(plan, paid, decisions, emptyTally(plan))).toThrow("2147483648");
});
