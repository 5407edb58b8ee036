import { contentHash } from "../compile/canonical-json.ts";
import { UnknownItemError } from "../explain.ts";
import type { Finding } from "../finding.ts";
import type { List } from "../model/list.ts";
import { type Asked, decideAsked } from "./decide-recorded.ts";
import { listHash } from "./list-hash.ts";
import type { DecisionRecord } from "./model.ts";

export type DecisionToRecord = Asked;

/**
 * Decides one item for one person and puts down all that the decision was made from. Findings are there when the list
 * does not compile on the day. Throws `UnknownItemError` when the item is not in force, `FactsFileError` for the facts.
 */
export function recordDecision(
  list: List,
  asked: DecisionToRecord,
): { readonly record?: DecisionRecord; readonly findings: readonly Finding[] } {
  const { rulebook, answer, findings } = decideAsked(list, asked);
  if (rulebook === undefined) return { findings };
  if (answer === undefined)
    throw new UnknownItemError(`No executable item ${asked.item} on ${asked.date} in ${asked.area}`);
  const content = {
    format: 1 as const,
    list: list.code,
    listHash: listHash(list),
    area: asked.area,
    date: asked.date,
    knownOn: asked.knownOn,
    item: asked.item,
    rulebookHash: rulebook.hash,
    facts: asked.facts,
    answer,
  };
  return { record: { ...content, hash: contentHash(content) }, findings };
}
