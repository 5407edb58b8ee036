import { decideAll } from "./decide.ts";
import type { Decide } from "./decide-by-kernel.ts";
import { type FactsFile, FactsFileError, type ReadFacts, readFacts } from "./facts-file.ts";
import type { Words } from "./model/words.ts";
import { outcomes, type Rulebook, type RulebookItem, type WrittenFact } from "./rulebook.ts";

/** One fact that is supposed to be otherwise: whose (a person or household of the facts file), which, and how. */
export interface Supposition {
  readonly of: string;
  readonly fact: string;
  readonly value: WrittenFact;
}

/** An item's answer, in short. */
export interface ShortAnswer {
  readonly outcome: (typeof outcomes)[number];
  /** Fen per the item's period; 0 unless entitled to a sum. */
  readonly fen: number;
  readonly reason: { readonly code: string } & Words;
}

/** An item whose answer is another one when the fact is otherwise. */
export interface ChangedAnswer {
  readonly code: string;
  readonly name: Words;
  readonly per: RulebookItem["per"];
  readonly before: ShortAnswer;
  readonly after: ShortAnswer;
}

export interface WhatIfOptions {
  /** Facts that no rule reads and that may stand in the file all the same. */
  readonly others?: ReadonlySet<string>;
  /** How items are answered; by default from the typed rules, without a kernel. */
  readonly decide?: Decide;
  /** Makes of a file what is answered, as `withImplied` does; by default the file as it stands. */
  readonly prepare?: (file: FactsFile) => FactsFile;
}

/**
 * What one fact would change for the subject of a facts file: the items whose outcome, sum or reason is another one, in
 * the order of the rulebook. Throws `FactsFileError`.
 */
export function whatIf(
  rulebook: Rulebook,
  file: FactsFile,
  supposed: Supposition,
  { others, decide = (facts) => decideAll(rulebook, facts), prepare = (given) => given }: WhatIfOptions = {},
): readonly ChangedAnswer[] {
  const answers = (given: FactsFile) => answered(rulebook, readFacts(rulebook, prepare(given), others), decide);
  // What is wrong with the file itself is told first.
  const now = answers(file);
  const then = answers(withSupposed(file, supposed));
  return rulebook.items.flatMap(({ code, name, per }, at) => {
    const [before, after] = [now[at] as ShortAnswer, then[at] as ShortAnswer];
    const same =
      before.outcome === after.outcome && before.fen === after.fen && before.reason.code === after.reason.code;
    return same ? [] : [{ code, name, per, before, after }];
  });
}

function answered(rulebook: Rulebook, facts: ReadFacts, decide: Decide): ShortAnswer[] {
  return decide(facts).map(({ outcome, fen, reason }, at) => {
    const found = rulebook.items[at]?.reasons[reason];
    if (found === undefined) throw new Error(`Item ${at} has no reason ${reason}`);
    const { code, zh, en } = found;
    return { outcome: outcomes[outcome], fen, reason: { code, zh, en } };
  });
}

function withSupposed(file: FactsFile, { of, fact, value }: Supposition): FactsFile {
  const { persons, households = {} } = file;
  if (Object.hasOwn(persons, of)) return { ...file, persons: { ...persons, [of]: { ...persons[of], [fact]: value } } };
  const household = Object.hasOwn(households, of) ? households[of] : undefined;
  if (household !== undefined) return { ...file, households: { ...households, [of]: { ...household, [fact]: value } } };
  const known = [...Object.keys(persons), ...Object.keys(households)];
  throw new FactsFileError([
    {
      code: "FACTS-NOBODY",
      path: of,
      message: { zh: `没有人员或家庭“${of}”`, en: `There is no person or household "${of}"` },
      hint: { zh: `可用：${known.join("、")}`, en: `One of ${known.join(", ")}` },
    },
  ]);
}
