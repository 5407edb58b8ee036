import { evaluate } from "@qingdan/feel/typed";
import { type Answer, decideAll, type HouseholdFacts, situationOf } from "./decide.ts";
import type { Decide } from "./decide-by-kernel.ts";
import { type Distance, distancesOf } from "./explain-distance.ts";
import { type Vocabulary, vocabulary } from "./explain-words.ts";
import { type ReadFacts, readFacts } from "./facts-file.ts";
import { settledBy, touchedBy } from "./kernel-interaction.ts";
import { missingForItem, type OpenFact } from "./missing-facts.ts";
import type { Words } from "./model/words.ts";
import { type Asked, heldCode, nodeAt, type QuestionTree, sameQuestion } from "./questions/question-tree.ts";
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
  const missing = missingByItem(rulebook, answers, (item) => missingForItem(item, facts));
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

/**
 * The facts that would settle each undetermined item; an item that waits for another needs the other's facts. `missingOf`
 * gives those of one item by itself.
 */
export function missingByItem<T>(
  rulebook: Rulebook,
  answers: readonly Answer[],
  missingOf: (item: RulebookItem, at: number) => readonly T[],
): readonly (readonly T[])[] {
  const own = rulebook.items.map((item, at) => (answers[at]?.outcome === 2 ? missingOf(item, at) : []));
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

/** How the next question is found. */
export interface QuestionOptions extends ScreenOptions {
  /** `"<of> <fact>"` of questions that cannot be answered and are not asked again. */
  readonly skipped?: ReadonlySet<string>;
  /** `"<of> <fact>"` of situations that were ticked and of which more is to be asked. */
  readonly ticked?: ReadonlySet<string>;
  /** The order that asks the people of a city least; without it, and where it ends, what can settle most comes first. */
  readonly tree?: QuestionTree;
}

interface Candidate {
  readonly open: OpenFact;
  readonly fact: RulebookFact;
  readonly items: string[];
  readonly asked: Asked;
  weight: number;
}

/**
 * The question to ask next; null when no question can change any answer: the one of the tree, or else the one that can
 * settle most of what is undetermined, where an item with few open facts weighs more, so that items are settled one after the
 * other.
 */
export function nextQuestion(
  rulebook: Rulebook,
  file: unknown,
  { others, decide, skipped, ticked, tree }: QuestionOptions = {},
): NextQuestion | null {
  const facts = readFacts(rulebook, file, others);
  const answers = decide ? decide(facts) : decideAll(rulebook, facts);
  const nameOf = ({ entity, member }: OpenFact) =>
    entity === "household" ? facts.household : (facts.persons[member] ?? "");
  const candidates = new Map<string, Candidate>();
  missingByItem(rulebook, answers, (item) => missingForItem(item, facts)).forEach((missing, at) => {
    for (const open of missing) {
      const fact = factNamed(rulebook, open.fact);
      const name = `${nameOf(open)} ${open.fact}`;
      if (fact.question === null || skipped?.has(name)) continue;
      const key = `${open.fact} ${open.member}`;
      const asked = askedBy(fact, open, facts.subject, ticked?.has(name) ?? false);
      const candidate = candidates.get(key) ?? { open, fact, items: [], asked, weight: 0 };
      candidate.items.push(rulebook.items[at]?.code ?? "");
      candidate.weight += 1 / missing.length;
      candidates.set(key, candidate);
    }
  });
  const best = mostSettling(ofTree(rulebook, tree, facts, [...candidates.values()]));
  if (best === null || best.fact.question === null) return null;
  const { open, fact, items } = best;
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

function askedBy(fact: RulebookFact, { entity, member }: OpenFact, subject: number, isTicked: boolean): Asked {
  const of = entity === "household" ? "household" : member === subject ? "self" : "other";
  if (fact.situation === null || isTicked) return { fact: fact.name, of };
  return { situations: of === "other" ? "other" : "self" };
}

/** The candidates that the tree asks for at this point; all of them where it has nothing to say. */
function ofTree(
  rulebook: Rulebook,
  tree: QuestionTree | undefined,
  facts: ReadFacts,
  candidates: readonly Candidate[],
): readonly Candidate[] {
  if (tree === undefined) return candidates;
  const fitting = (asked: Asked) => candidates.filter((candidate) => sameQuestion(candidate.asked, asked));
  const codeOf = (asked: Asked) => {
    if (!("fact" in asked) || asked.of === "other") return undefined;
    const fact = rulebook.facts.find(({ name }) => name === asked.fact);
    const value = facts.fact(asked.fact, asked.of === "self" ? "person" : "household", facts.subject);
    return fact === undefined || value === undefined ? undefined : heldCode(rulebook, fact, value);
  };
  const node = nodeAt(tree, facts.members, (asked) => fitting(asked).length > 0, codeOf);
  return node === null ? candidates : fitting(node.ask);
}

function mostSettling(candidates: readonly Candidate[]): Candidate | null {
  return candidates.reduce<Candidate | null>((a, b) => (a === null || b.weight > a.weight ? b : a), null);
}
