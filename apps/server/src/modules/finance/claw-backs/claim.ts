import type { FactsFile } from "@qingdan/list";
import { Problem } from "../../../problem.ts";
import { type CaseState, type Cases, ruledOn, withFact } from "../../cases/index.ts";
import type { ClawBackPreview, ClawBackRequest } from "../model.ts";
import { payableMonths } from "../payable.ts";
import { paidLines, sharesOfLines, type WrongLine, wronglyPaid } from "./wrongly-paid.ts";

type StoredCase = Awaited<ReturnType<Cases["store"]["load"]>>;
type Db = Cases["database"];

/** A claim worked out, with the facts on which it rests. */
export interface Claim extends ClawBackPreview {
  readonly lines: WrongLine[];
  readonly facts: FactsFile;
  readonly origins: Readonly<Record<string, string>>;
}

/** Stages in which it is settled what a case pays. */
const settled: readonly CaseState["stage"][] = ["decided", "closed", "terminated", "withdrawn", "declined"];

/** Facts against which payments are held, and what the rules answer on them; null where the case's own decision is the measure. */
export type Measure = (Pick<Claim, "facts" | "origins"> & { readonly rule: NonNullable<Claim["rule"]> }) | null;

/**
 * What a claim holds the payments against. It asks registers and rules, and so stands outside every transaction.
 *
 * @throws {Problem} CASE-UNDETERMINED, CASE-FACTS-WRONG, CASE-NO-RULE
 */
export async function measureOf(cases: Cases, source: StoredCase, request: ClawBackRequest): Promise<Measure> {
  if (request.ground === "decision-changed") return null;
  const { facts, origins } =
    request.ground === "run"
      ? await registered(cases, source.view.person)
      : await corrected(cases, source, request.corrections);
  const { rule, fen, reason } = await ruledOn(cases, source, facts);
  if (rule === null) {
    throw new Problem("CASE-NO-RULE", {
      zh: "该事项没有规则；先更改决定，再按决定追回",
      en: "The item has no rule; change the decision, then claim by it",
    });
  }
  if (rule === "undetermined") {
    throw new Problem("CASE-UNDETERMINED", {
      zh: "按这些信息规则不能判定，补齐后再提",
      en: "On these facts the rules cannot tell; complete them first",
    });
  }
  const { zh, en } = reason ?? { zh: "", en: "" };
  return { facts, origins, rule: { outcome: rule, fen, reason: { zh, en } } };
}

/**
 * What was paid too much, payment by payment: what reached the account held against the measure, or against what the case pays
 * now (`until` is the present month).
 *
 * @throws {Problem} PAY-CASE-OPEN, PAY-NOT-OVERPAID
 */
export async function workOutClaim(
  db: Db,
  { state, view }: StoredCase,
  measure: Measure,
  { ground, from }: ClawBackRequest,
  until: string,
): Promise<Claim> {
  if (!settled.includes(state.stage)) {
    throw new Problem("PAY-CASE-OPEN", {
      zh: `${view.number} 还在办理；先作出决定`,
      en: `${view.number} is still being handled; it is decided first`,
    });
  }
  const ruledFen = measure?.rule.fen ?? 0;
  const due = measure ? () => ruledFen : dueNow(state, until);
  const lines = [...wronglyPaid(await paidLines(db, view.id), due, from)];
  const fen = lines.reduce((sum, line) => sum + line.fen, 0);
  if (fen === 0) {
    throw new Problem("PAY-NOT-OVERPAID", {
      zh: "已到账的没有多于应发的，或已经提出追回",
      en: "What reached the account is not more than was due, or is claimed back already",
    });
  }
  const { facts, origins, rule } = measure ?? { facts: state.facts, origins: state.opening.origins, rule: null };
  return { ground, lines, fen, rule, facts, origins, shares: [...(await sharesOfLines(db, lines))] };
}

/** What a case pays for a month as it now stands; a period without a rule for batches is a person's to work out. */
export function dueNow(state: CaseState, until: string): (month: string) => number {
  const months = new Map((payableMonths(state, until) ?? []).map(({ month, fen }) => [month, fen]));
  return (month) => months.get(month) ?? 0;
}

async function registered(cases: Cases, person: string): Promise<Pick<Claim, "facts" | "origins">> {
  const entry = await cases.register(person);
  if (!entry) {
    throw new Problem("CASE-UNDETERMINED", {
      zh: "登记中查不到此人",
      en: "The registers know nobody of that number",
    });
  }
  return { facts: entry.facts, origins: originsOf(entry.facts, `register ${entry.date}`) };
}

function originsOf({ persons, households }: FactsFile, origin: string): Readonly<Record<string, string>> {
  const keys = [...Object.entries(persons), ...Object.entries(households)].flatMap(([of, facts]) =>
    Object.keys(facts).map((fact) => `${of} ${fact}`),
  );
  return Object.fromEntries(keys.map((key) => [key, origin]));
}

type Corrections = Extract<ClawBackRequest, { ground: "facts-corrected" }>["corrections"];

/** The facts of the case, or of the registers for a grant that was offered, with what is right in place of what was wrong. */
async function corrected(
  cases: Cases,
  { state, view }: StoredCase,
  corrections: Corrections,
): Promise<Pick<Claim, "facts" | "origins">> {
  const { subject, persons } = state.facts;
  const known = Object.keys(persons[subject] ?? {}).length > 0;
  const base = known ? { facts: state.facts, origins: state.opening.origins } : await registered(cases, view.person);
  const stranger = corrections.find(({ of }) => !base.facts.persons[of] && !base.facts.households[of]);
  if (stranger) {
    throw new Problem("CASE-FACTS-WRONG", {
      zh: `办件中没有“${stranger.of}”`,
      en: `The case has nobody and no household called ${stranger.of}`,
    });
  }
  return {
    facts: corrections.reduce((facts, { of, fact, value }) => withFact(facts, of, fact, value), base.facts),
    origins: {
      ...base.origins,
      ...Object.fromEntries(corrections.map(({ of, fact }) => [`${of} ${fact}`, "correction"])),
    },
  };
}
