import { createHash } from "node:crypto";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { type EvaluationContent, evaluationContent } from "./evaluation-model.ts";

/** An evaluation as it was frozen: the hash (SHA-256) is that of the content. */
export interface StoredEvaluation {
  readonly hash: string;
  readonly by: string;
  readonly at: Date;
  /** Undefined where the stored content has another hash than its name says. */
  readonly content: EvaluationContent | undefined;
}

/** Freezes an evaluation; the same content gives the one that is there already. */
export async function freezeEvaluation(
  database: Database,
  content: EvaluationContent,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<StoredEvaluation> {
  const text = JSON.stringify(content);
  const hash = hashOf(text);
  await database
    .insertInto("indicator_evaluation")
    .values({ hash, content: text, by, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return oneEvaluation(database, hash);
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Newest first. */
export async function allEvaluations(database: Database): Promise<StoredEvaluation[]> {
  return (await database.selectFrom("indicator_evaluation").selectAll().orderBy("at", "desc").execute()).map(opened);
}

/** @throws {Problem} COCKPIT-EVALUATION-UNKNOWN */
export async function oneEvaluation(database: Database, hash: string): Promise<StoredEvaluation> {
  const row = await database.selectFrom("indicator_evaluation").selectAll().where("hash", "=", hash).executeTakeFirst();
  if (row) return opened(row);
  throw new Problem("COCKPIT-EVALUATION-UNKNOWN", { zh: `没有评估 ${hash}`, en: `There is no evaluation ${hash}` });
}

function opened({ content, ...row }: { hash: string; content: string; by: string; at: Date }): StoredEvaluation {
  return { ...row, content: hashOf(content) === row.hash ? evaluationContent.parse(JSON.parse(content)) : undefined };
}
