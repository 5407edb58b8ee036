import { compileRulebook } from "../compile/compile-rulebook.ts";
import { decideAll } from "../decide.ts";
import { type FactsFile, readFacts } from "../facts-file.ts";
import type { Finding } from "../finding.ts";
import type { List } from "../model/list.ts";
import { outcomes, type Rulebook } from "../rulebook.ts";
import { settledWith } from "../settled-with.ts";
import type { RecordedAnswer } from "./model.ts";

export interface Asked {
  readonly area: string;
  /** The day that the decision answers for. */
  readonly date: string;
  /** The day of what was known of parameters and facts. */
  readonly knownOn: string;
  readonly item: string;
  readonly facts: FactsFile;
}

export interface Decided {
  readonly rulebook?: Rulebook;
  /** Absent where the item is not in force, or the list does not compile. */
  readonly answer?: RecordedAnswer;
  readonly findings: readonly Finding[];
}

/** One item for the subject of a facts file, with those it is settled with. Throws `FactsFileError`. */
export function decideAsked(list: List, { area, date, knownOn, item: code, facts }: Asked): Decided {
  const items = [...settledWith([list], [code])];
  const { rulebook, findings } = compileRulebook(list, { area, date, knownOn, items });
  const at = rulebook?.items.findIndex((item) => item.code === code) ?? -1;
  const item = rulebook?.items[at];
  if (rulebook === undefined || item === undefined) return { ...(rulebook && { rulebook }), findings };
  const { outcome, reason, fen, parts } = decideAll(rulebook, readFacts(rulebook, facts, new Set(list.facts.keys())))[
    at
  ]!;
  const named = item.amount.kind === "parts" ? item.amount.parts : [];
  const answer: RecordedAnswer = {
    outcome: outcomes[outcome],
    reason: item.reasons[reason]?.code ?? "",
    fen,
    per: item.per,
    parts: named.map((part, number) => ({ code: part.code, fen: parts[number] ?? 0 })),
  };
  return { rulebook, answer, findings };
}
