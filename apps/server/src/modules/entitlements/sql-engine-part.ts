import type { EmittedSql, People, Rulebook, RulebookDecisions } from "@qingdan/list";
import type { Snapshot } from "../intake/index.ts";

/** A part of a snapshot whose people a query decides. */
export interface SqlPart {
  readonly rulebook: Rulebook;
  readonly emitted: EmittedSql;
  readonly snapshot: Snapshot;
  readonly part: number;
}

/** The query's answers, block by block in the order of the people. */
export interface SqlAnswers {
  /** Fills the first rows of the decisions with the answers of the next block of people. */
  fill(people: People, decisions: RulebookDecisions): Promise<void>;
  close(): Promise<void>;
}

/** The arrays of decisions that the columns of an emitted query go to, in its order, and the names of those columns. */
export function answerColumns({ items }: EmittedSql, decisions: RulebookDecisions) {
  return items.flatMap((at) => [
    { name: `o${at}`, data: decisions.outcome[at]! },
    { name: `r${at}`, data: decisions.reason[at]! },
    { name: `x${at}`, data: decisions.amount[at]! },
    ...decisions.parts[at]!.map((data, part) => ({ name: `x${at}_${part}`, data })),
  ]);
}
