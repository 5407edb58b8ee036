import {
  type Answer,
  decideAll,
  explain,
  type FactsFile,
  type List,
  type PaymentShare,
  type RulebookItem,
  readFacts,
  splitPayment,
  type Words,
} from "@qingdan/list";
import { Problem } from "../../problem.ts";
import { findingOf } from "./decide-block.ts";
import { householdFacts, type WrittenFact } from "./household-facts.ts";
import type { Lake } from "./lake.ts";
import { findings, outcomes, type PersonPage } from "./model.ts";
import { districtOf } from "./plan-run.ts";
import type { StoredRun } from "./run-store.ts";
import { districtName } from "./summary.ts";

interface Wanted {
  readonly run: StoredRun;
  readonly lake: Lake;
  readonly list: List;
  readonly person: number;
}

/**
 * Decides one person of a run again, by the run's own rulebook and snapshot, with the reasons. An item of the household is
 * answered for every member; in the run it stands on the householder's row.
 *
 * @throws {Problem} API-PERSON-UNKNOWN
 */
export async function personInRun({ run, lake, list, person }: Wanted): Promise<PersonPage> {
  const found = await lake.findPerson(run, person);
  if (!found) {
    throw new Problem("API-PERSON-UNKNOWN", {
      zh: `没有编号 ${person}`,
      en: `There is nobody with the number ${person}`,
    });
  }
  const { rulebook, snapshot } = run;
  const stored = await lake.household(run, found.part, found.household);
  const file = householdFacts(snapshot.manifest, stored, person);
  const names = new Set(namesIn(file));
  const facts = readFacts(rulebook, file, names);
  const answers = decideAll(rulebook, facts);
  const receipts = {
    person: await lake.receipts(run, person),
    household: await lake.receipts(run, Number(facts.persons[0])),
  };
  const own = file.persons[String(person)]!;
  const district = districtOf(list, rulebook, String(own.residenceArea ?? own.hukouArea ?? ""));
  return {
    person: String(person),
    district: districtName({ list }, district),
    household: [...facts.persons],
    facts: presentFacts(list, file, facts.household, String(person)),
    answers: rulebook.items.map((item, at) => {
      const answer = answers[at]!;
      const received = receipts[item.subject].get(item.code);
      const hasRoll = run.record.items[at]!.total.receiving !== null;
      return {
        ...presentAnswer(item, answer),
        payers: payersOf({ run, list, own }, item, answer),
        receivedFen: received ?? null,
        explanation: explain(rulebook, file, item.code, names),
        finding: (hasRoll && findings[findingOf(answer.outcome, answer.fen, received ?? -1)]) || null,
      };
    }),
  };
}

function namesIn({ persons, households }: FactsFile): string[] {
  return [...Object.values(persons), ...Object.values(households)].flatMap((facts) => Object.keys(facts));
}

function presentAnswer(item: RulebookItem, { outcome, reason, fen }: Answer) {
  const { code, zh, en, basis } = item.reasons[reason]!;
  const [law] = basis;
  return {
    code: item.code,
    name: { zh: item.name.zh, en: item.name.en },
    outcome: outcomes[outcome]!,
    reason: { code, text: { zh, en }, basis: law ? [law.title, law.article].filter(Boolean).join(" ") : null },
    per: item.per,
    fen,
  };
}

interface Place {
  readonly run: StoredRun;
  readonly list: List;
  readonly own: Readonly<Record<string, WrittenFact>>;
}

/** Who pays one payment, each part by its own split. */
function payersOf({ run, list, own }: Place, item: RulebookItem, { fen, parts }: Answer): PaymentShare[] {
  const area = String(own[item.area] ?? run.rulebook.area);
  const { date } = run.rulebook;
  const payments =
    item.amount.kind === "parts"
      ? item.amount.parts.map(({ split }, part) => ({ split, fen: parts[part]! }))
      : [{ split: item.payer.split, fen }];
  return payments.flatMap((payment) => splitPayment(list, payment.split, { area, date, fen: payment.fen }));
}

/** The facts of the person and of the household, in the order of the dictionary; those that are not stored are unknown. */
function presentFacts(list: List, file: FactsFile, household: string, person: string): PersonPage["facts"] {
  const stored = { ...file.households[household], ...file.persons[person] } as Readonly<Record<string, WrittenFact>>;
  return [...list.facts.values()]
    .filter(({ formula, type }) => formula === undefined && type !== "text" && type !== "id")
    .map((fact) => ({
      name: fact.name,
      label: { zh: fact.zh, en: fact.en },
      value: stored[fact.name] ?? null,
      text: factText(list, fact.name, stored[fact.name]),
      privacy: fact.privacy ?? "personal",
    }));
}

/** A value as people read it. */
function factText(list: List, name: string, value: WrittenFact | undefined): Words {
  if (value === undefined) return { zh: "不详", en: "unknown" };
  if (value === true) return { zh: "是", en: "yes" };
  if (value === false) return { zh: "否", en: "no" };
  const fact = list.facts.get(name);
  const label =
    fact?.values?.find(({ code }) => code === value) ??
    (fact?.type === "area" ? list.areas.get(String(value)) : undefined);
  if (label) return { zh: label.zh, en: label.en };
  const text = fact?.type === "money" ? `¥${Number(value).toFixed(2)}` : String(value);
  return { zh: text, en: text };
}
