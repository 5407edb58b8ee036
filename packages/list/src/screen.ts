import { evaluate } from "@qingdan/feel/typed";
import { type Answer, decideAll, type HouseholdFacts, situationOf } from "./decide.ts";
import type { Decide } from "./decide-by-kernel.ts";
import { type Distance, distancesOf } from "./explain-distance.ts";
import { type Vocabulary, vocabulary } from "./explain-words.ts";
import { type ReadFacts, readFacts } from "./facts-file.ts";
import { settledBy, touchedBy } from "./kernel-interaction.ts";
import { missingForItem, type OpenFact } from "./missing-facts.ts";
import type { Words } from "./model/words.ts";
import type { LawText, Rulebook, RulebookFact, RulebookItem } from "./rulebook.ts";

export interface ScreenReason extends Words {
  readonly code: string;
  readonly basis: readonly LawText[];
  /** Of a failed condition: how far the facts are from what it asks. */
  readonly distances: readonly Distance[];
}

export interface ScreenedItem {
  readonly code: string;
  readonly name: Words;
  readonly subject: "person" | "household";
  readonly reasons: readonly ScreenReason[];
}

export interface EntitledItem extends ScreenedItem {
  /** Fen per the period; 0 for a service without an amount. */
  readonly fen: number;
  readonly per: RulebookItem["per"];
  readonly timesPerYear: number | null;
  readonly parts: readonly ({ readonly code: string; readonly fen: number; readonly split: string } & Words)[];
}

/** A fact that nobody has said yet, and of whom. */
export interface MissingFact extends Words {
  readonly fact: string;
  readonly entity: "person" | "household";
  /** Name of the person or household in the facts file. */
  readonly of: string;
}

export interface UndeterminedItem extends ScreenedItem {
  /** Facts that would settle it; empty when only a parameter is missing at its source. */
  readonly missing: readonly MissingFact[];
}

export interface Screening {
  readonly entitled: readonly EntitledItem[];
  readonly not: readonly ScreenedItem[];
  readonly undetermined: readonly UndeterminedItem[];
}

export interface ScreenOptions {
  /** Facts that no rule reads and that may stand in the file all the same. */
  readonly others?: ReadonlySet<string>;
  /** How items are answered; by default from the typed rules, without a kernel. */
  readonly decide?: Decide;
}

/** What the subject of a facts file is owed, what not and why, and what cannot be told. Throws `FactsFileError`. */
export function screen(rulebook: Rulebook, file: unknown, { others, decide }: ScreenOptions = {}): Screening {
  const facts = readFacts(rulebook, file, others);
  const answers = decide ? decide(facts) : decideAll(rulebook, facts);
  const entitled: EntitledItem[] = [];
  const not: ScreenedItem[] = [];
  const undetermined: UndeterminedItem[] = [];
  const missing = missingByItem(rulebook, facts, answers);
  const words = vocabulary(rulebook);
  rulebook.items.forEach((item, at) => {
    const answer = answers[at] as Answer;
    const { code, name, subject } = item;
    const common = { code, name, subject, reasons: reasonsOf(words, item, answer, facts) };
    if (answer.outcome === 0) not.push(common);
    else if (answer.outcome === 1) {
      const parts = item.amount.kind === "parts" ? item.amount.parts : [];
      entitled.push({
        ...common,
        fen: answer.fen,
        per: item.per,
        timesPerYear: item.timesPerYear,
        parts: parts.map(({ code, zh, en, split }, part) => ({ code, zh, en, split, fen: answer.parts[part] ?? 0 })),
      });
    } else {
      undetermined.push({ ...common, missing: (missing[at] ?? []).map((fact) => missingFact(rulebook, facts, fact)) });
    }
  });
  return { entitled, not, undetermined };
}

/** The reason of the answer, and every other condition that fails for sure. */
function reasonsOf(words: Vocabulary, item: RulebookItem, answer: Answer, facts: HouseholdFacts): ScreenReason[] {
  const situation = situationOf(item, facts);
  const failed = item.conditions.filter(({ test }) => answer.outcome === 0 && evaluate(test, situation) === false);
  const reasons = failed.map(({ code, zh, en, basis, test }) => ({
    code,
    zh,
    en,
    basis,
    distances: distancesOf(words, test, situation),
  }));
  if (reasons.length > 0) return reasons;
  const reason = item.reasons[answer.reason];
  if (reason === undefined) throw new Error(`${item.code} has no reason ${answer.reason}`);
  const { code, zh, en, basis } = reason;
  return [{ code, zh, en, basis, distances: [] }];
}

/** The facts that would settle each undetermined item; an item that waits for another needs the other's facts. */
function missingByItem(
  rulebook: Rulebook,
  facts: HouseholdFacts,
  answers: readonly Answer[],
): readonly (readonly OpenFact[])[] {
  const own = rulebook.items.map((item, at) => (answers[at]?.outcome === 2 ? missingForItem(item, facts) : []));
  return own.map((missing, at) => {
    if (answers[at]?.outcome !== 2 || missing.length > 0) return missing;
    const others = rulebook.interactions.filter((step) => settledBy(step).includes(at)).flatMap(touchedBy);
    return others.flatMap((other) => own[other] ?? []);
  });
}

function missingFact(rulebook: Rulebook, facts: ReadFacts, { fact, entity, member }: OpenFact): MissingFact {
  const found = factNamed(rulebook, fact);
  return {
    fact,
    entity,
    of: entity === "household" ? facts.household : (facts.persons[member] ?? ""),
    zh: found.zh,
    en: found.en,
  };
}

/** The facts of each rulebook by name. */
const factsByName = new WeakMap<Rulebook, ReadonlyMap<string, RulebookFact>>();

function factNamed(rulebook: Rulebook, name: string): RulebookFact {
  const facts = factsByName.get(rulebook) ?? new Map(rulebook.facts.map((fact) => [fact.name, fact]));
  factsByName.set(rulebook, facts);
  const found = facts.get(name);
  if (found === undefined) throw new Error(`The rulebook has no fact ${name}`);
  return found;
}

/** A situation that a person ticks or not: see `RulebookFact.situation`. */
export interface SituationAsked {
  readonly of: string;
  readonly fact: RulebookFact;
}

export interface NextQuestion extends MissingFact {
  readonly question: { readonly zh: string; readonly en: string; readonly helpZh?: string; readonly helpEn?: string };
  readonly ask: RulebookFact;
  /** Codes of the undetermined items that it can help to settle. */
  readonly items: readonly string[];
  /** Situations of the same person (and of the household with the subject) that are open too and can be ticked together. */
  readonly situations: readonly SituationAsked[];
  /** At most so many questions are left, this one counted. */
  readonly remaining: number;
}

/**
 * The question that can settle most of what is undetermined; null when no question can change any answer. An item
 * with few open facts weighs more, so that items are settled one after the other. `skipped` holds `"<of> <fact>"` of
 * questions that cannot be answered and are not asked again.
 */
export function nextQuestion(
  rulebook: Rulebook,
  file: unknown,
  { others, decide, skipped }: ScreenOptions & { readonly skipped?: ReadonlySet<string> } = {},
): NextQuestion | null {
  const facts = readFacts(rulebook, file, others);
  const answers = decide ? decide(facts) : decideAll(rulebook, facts);
  const candidates = new Map<string, { open: OpenFact; fact: RulebookFact; items: string[]; weight: number }>();
  missingByItem(rulebook, facts, answers).forEach((missing, at) => {
    for (const open of missing) {
      const fact = factNamed(rulebook, open.fact);
      const of = open.entity === "household" ? facts.household : facts.persons[open.member];
      if (fact.question === null || skipped?.has(`${of} ${open.fact}`)) continue;
      const key = `${open.fact} ${open.member}`;
      const candidate = candidates.get(key) ?? { open, fact, items: [], weight: 0 };
      candidate.items.push(rulebook.items[at]?.code ?? "");
      candidate.weight += 1 / missing.length;
      candidates.set(key, candidate);
    }
  });
  let best: { open: OpenFact; fact: RulebookFact; items: string[]; weight: number } | null = null;
  for (const candidate of candidates.values()) {
    if (best === null || candidate.weight > best.weight) best = candidate;
  }
  if (best === null || best.fact.question === null) return null;
  const { open, fact, items } = best;
  const nameOf = ({ entity, member }: OpenFact) =>
    entity === "household" ? facts.household : (facts.persons[member] ?? "");
  const together = (other: OpenFact) =>
    other.member === open.member || (open.member === facts.subject && other.entity === "household");
  return {
    ...missingFact(rulebook, facts, open),
    question: best.fact.question,
    ask: fact,
    items,
    situations: [...candidates.values()].flatMap((candidate) =>
      candidate.fact.situation !== null && together(candidate.open)
        ? [{ of: nameOf(candidate.open), fact: candidate.fact }]
        : [],
    ),
    remaining: candidates.size,
  };
}
