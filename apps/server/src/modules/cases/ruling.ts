import { firstDayPaid } from "@qingdan/clock";
import {
  decideAll,
  type Explanation,
  explain,
  type FactsFile,
  FactsFileError,
  type List,
  narrowRulebook,
  type Rulebook,
  readFacts,
} from "@qingdan/list";
import { refuse } from "./case-refusal.ts";
import type { Opening, Ruled } from "./case-state.ts";

interface Asked {
  readonly list: List;
  readonly rulebook: Rulebook;
  readonly item: string;
  readonly facts: FactsFile;
}

const answers = ["not", "entitled", "undetermined"] as const;

/** Rulebooks of one item, made once from each rulebook. */
const narrowed = new WeakMap<Rulebook, Map<string, Rulebook>>();

function ofItem(rulebook: Rulebook, item: string): Rulebook {
  const known = narrowed.get(rulebook) ?? new Map<string, Rulebook>();
  narrowed.set(rulebook, known);
  const narrow = known.get(item) ?? narrowRulebook(rulebook, [item]);
  known.set(item, narrow);
  return narrow;
}

const namesOf = new WeakMap<List, ReadonlySet<string>>();

/** Names that a facts file may hold beside those that the item reads. */
function names(list: List): ReadonlySet<string> {
  const known = namesOf.get(list) ?? new Set(list.facts.keys());
  namesOf.set(list, known);
  return known;
}

/**
 * What the rules say of a case on its facts: answer, amount, reason and first day paid for.
 *
 * @throws {Problem} CASE-FACTS-WRONG with everything that is wrong in the facts
 */
export function ruleCase(
  { list, rulebook, item: code, facts }: Asked,
  days: { readonly openedOn: string; readonly decidedOn: string },
): Ruled {
  const narrow = ofItem(rulebook, code);
  const at = narrow.items.findIndex((item) => item.code === code);
  const item = narrow.items[at];
  if (!item) return { rule: null, reason: null, fen: null, parts: null, per: null, from: null };
  const answer = factsAre(() => decideAll(narrow, readFacts(narrow, facts, names(list))))[at];
  const reason = answer && item.reasons[answer.reason];
  if (!answer || !reason) throw new Error(`${code} gives no answer`);
  const entitled = answer.outcome === 1;
  return {
    rule: answers[answer.outcome],
    reason: { code: reason.code, zh: reason.zh, en: reason.en },
    fen: entitled ? answer.fen : null,
    parts: entitled && item.amount.kind === "parts" ? answer.parts : null,
    per: item.per,
    from: entitled
      ? firstDay(item.firstMonth, days, () => monthOfAge({ list, rulebook: narrow, item: code, facts }))
      : null,
  };
}

/** The first day paid for; null where it hangs on a day that the case does not know (a registration, a birth). */
function firstDay(
  rule: string | null,
  days: { readonly openedOn: string; readonly decidedOn: string },
  ofAge: () => string | null,
): string | null {
  if (rule === "application-month" || rule === "eligible-month") return firstDayPaid(rule, days.openedOn);
  if (rule === "month-after-decision") return firstDayPaid(rule, days.decidedOn);
  if (rule === "month-after-age") {
    const day = ofAge();
    return day && firstDayPaid(rule, day);
  }
  return null;
}

/** Nobody is older. */
const oldest = 130;

/**
 * A day of the month in which the person came to the age that the rule asks for: the last birthday before which, everything else
 * being the same, they would not have been entitled. Who applies late is paid from there too. null: the rule asks for no age.
 */
function monthOfAge({ list, rulebook, item, facts }: Asked): string | null {
  const { subject } = facts;
  const own = facts.persons[subject];
  const born = own?.birthDate;
  if (typeof born !== "string") return null;
  const at = rulebook.items.findIndex(({ code }) => code === item);
  const years = Number(rulebook.date.slice(0, 4)) - Number(born.slice(0, 4));
  for (let younger = 1; younger <= Math.min(years, oldest); younger += 1) {
    // The first of the month: a birthday of 29 February has no day of its own in other years.
    const birthDate = `${Number(born.slice(0, 4)) + younger}-${born.slice(5, 7)}-01`;
    if (birthDate > rulebook.date) break;
    const file = { ...facts, persons: { ...facts.persons, [subject]: { ...own, birthDate } } };
    const answer = decideAll(rulebook, readFacts(rulebook, file, names(list)))[at];
    if (answer?.outcome === 1) continue;
    const age =
      Number(rulebook.date.slice(0, 4)) -
      Number(birthDate.slice(0, 4)) +
      (rulebook.date.slice(5, 7) < born.slice(5, 7) ? 0 : 1);
    return `${Number(born.slice(0, 4)) + age}-${born.slice(5, 7)}-01`;
  }
  return null;
}

/** What the run answered of a grant that it led to offer. */
export function ruledByRun({ fen, per, reason, from }: NonNullable<Opening["offer"]>): Ruled {
  return { rule: "entitled", reason, fen, parts: null, per, from };
}

/** Checks the facts of an application. @throws {Problem} CASE-FACTS-WRONG */
export function checkFacts({ list, rulebook, item, facts }: Asked): void {
  factsAre(() => readFacts(ofItem(rulebook, item), facts, names(list)));
}

/** The whole tree of the answer. @throws {Problem} CASE-NO-RULE */
export function explainCase({ list, rulebook, item, facts }: Asked): Explanation {
  const narrow = ofItem(rulebook, item);
  if (!narrow.items.some(({ code }) => code === item)) {
    refuse(
      "CASE-NO-RULE",
      `${item} 没有可执行的规则，由经办人认定`,
      `${item} has no executable rule; a person determines it`,
    );
  }
  return factsAre(() => explain(narrow, facts, item, names(list)));
}

function factsAre<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof FactsFileError)) throw error;
    const told = (language: "zh" | "en") =>
      error.problems.map(({ path, message, hint }) => `${path}: ${message[language]} (${hint[language]})`).join("; ");
    return refuse("CASE-FACTS-WRONG", told("zh"), told("en"));
  }
}
