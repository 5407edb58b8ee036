import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate as feelin } from "@bpmn-io/feelin";
import { type FeelContext, fromJson, prepare, prepareDmn, readDmn, toJson } from "../packages/feel/src/index.ts";

/** What rules are made of, with the facts they read. */
const expressions: readonly (readonly [text: string, context: Record<string, unknown>])[] = [
  ["a + b * 2", { a: 3, b: 4 }],
  ["income * 0.15 + 12.34", { income: 1_234.56 }],
  ["if age >= 60 and income < 2000 then 300 else 0", { age: 65, income: 1_234.56 }],
  ["age in [18..60)", { age: 35 }],
  ["members[income > 500].income", { members: [{ income: 1_000.5 }, { income: 2_000 }, { income: 300 }] }],
  ["some m in members satisfies m.income > 1500", { members: [{ income: 1_000.5 }, { income: 2_000 }] }],
  ["sum(for m in members return m.income) / count(members)", { members: [{ income: 1_000.5 }, { income: 2_000.5 }] }],
  ['string length(name) > 3 and contains(name, "a")', { name: "banana" }],
  ["round half up(income / 8, 2)", { income: 1_234.56 }],
];

const rounds = 3;
const seconds = 0.15;

/** Calls per second: the best of a few rounds of a fixed time. */
function rate(call: () => unknown): number {
  const until = performance.now() + seconds * 1_000;
  const started = performance.now();
  let calls = 0;
  while (performance.now() < until) {
    for (let batch = 0; batch < 20; batch += 1) call();
    calls += 20;
  }
  return (calls * 1_000) / (performance.now() - started);
}

/** How many times faster a prepared expression is than @bpmn-io/feelin, geometric mean, both timed in turn. */
function ratioFeelin(): number {
  let logarithms = 0;
  for (const [text, facts] of expressions) {
    const context = fromJson(facts) as FeelContext;
    const prepared = prepare(text, { names: Object.keys(facts) });
    const [ours, theirs] = [toJson(prepared.evaluate(context).value), feelin(text, facts)];
    const answer = Object(theirs).value ?? theirs;
    if (JSON.stringify(ours) !== JSON.stringify(answer)) throw new Error(`${text}: ${ours} here, ${answer} in feelin`);
    let best = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const turn = [rate(() => prepared.evaluate(context)), rate(() => feelin(text, facts))];
      best = best.map((known, side) => Math.max(known, turn[side] ?? 0));
    }
    logarithms += Math.log((best[0] ?? 0) / (best[1] ?? 1));
  }
  return Math.exp(logarithms / expressions.length);
}

/** Case 001 of the TCK's 0004-lending, and the instalment it states. */
const applicant = {
  ApplicantData: {
    Monthly: { Income: 6_000, Expenses: 2_000, Repayments: 0 },
    Age: 35,
    ExistingCustomer: true,
    MaritalStatus: "M",
    EmploymentStatus: "EMPLOYED",
  },
  RequestedProduct: { ProductType: "STANDARD LOAN", Amount: 350_000, Rate: 0.0395, Term: 360 },
  BureauData: { CreditScore: 649, Bankrupt: false },
  SupportingDocuments: "YES",
};
const instalment = 1_680.880325608555;

/** All eleven decisions of the model, evaluated per second on one core; undefined where the TCK is not at hand. */
async function lendingPerSecond(): Promise<number | undefined> {
  const shared = process.env.QINGDAN_SHARED ?? join("..", "shared");
  const file = join(shared, "data/dmn-tck/compliance-level-3/0004-lending/0004-lending.dmn");
  if (!existsSync(file)) return undefined;
  const { model } = await readDmn(readFileSync(file, "utf8"));
  const prepared = prepareDmn(model);
  const inputs = fromJson(applicant) as FeelContext;
  const values = prepared.decideAll(inputs).value as FeelContext;
  const right = values.Routing === "ACCEPT" && Math.abs(Number(values.RequiredMonthlyInstallment) - instalment) < 1e-8;
  if (!right) throw new Error("0004-lending is not decided as the TCK says");
  let best = 0;
  for (let round = 0; round < rounds * 3; round += 1)
    best = Math.max(
      best,
      rate(() => prepared.decideAll(inputs)),
    );
  return best;
}

/** Prepared FEEL beside @bpmn-io/feelin, which reads its text at every call, and the TCK's lending model. */
export async function run(): Promise<Record<string, number>> {
  const lending = await lendingPerSecond();
  return { ratioFeelin: ratioFeelin(), ...(lending === undefined ? {} : { lendingPerSecond: lending }) };
}
