import { shanghaiDay } from "@qingdan/clock";
import type { Rulebook } from "@qingdan/list";
import type { DatabaseTransaction } from "../../store/database.ts";
import type { Actor } from "../identity/index.ts";
import { mandateOf } from "./acting-for.ts";
import { refuse } from "./case-refusal.ts";
import { viewOrRefuse } from "./case-resource.ts";
import type { CaseView } from "./case-rows.ts";
import type { CaseAction, Opening } from "./case-state.ts";
import { foldAction } from "./fold-case.ts";
import type { PinnedGuide } from "./guides.ts";
import type { Channel, Evidence, Mandate, OpenRequest } from "./model.ts";
import { type KeyedRequest, keyRow, madeByKey } from "./request-key.ts";
import { checkFacts } from "./ruling.ts";
import type { Cases } from "./seams.ts";
import { writeFirstAction } from "./write-action.ts";

/** What a case is opened with, checked and pinned. */
export interface NewCase {
  readonly actor: Actor;
  readonly channel: Channel;
  readonly mandate?: Mandate;
  readonly evidence: readonly Evidence[];
  readonly opening: Opening;
  readonly guide: PinnedGuide;
}

/** The versions that a case of an item pins today. @throws {Problem} API-LIST-UNKNOWN, API-ITEM-UNKNOWN */
export async function versionsFor(
  cases: Cases,
  wanted: { readonly list: string; readonly item: string; readonly area: string | undefined },
): Promise<{ rulebook: Rulebook; guide: PinnedGuide }> {
  const list = await cases.list(wanted.list);
  if (!list.items.has(wanted.item))
    refuse("CASE-ITEM-UNKNOWN", `清单 ${list.code} 没有 ${wanted.item}`, `The list ${list.code} has no ${wanted.item}`);
  const rulebook = await cases.rulebook(list.code, undefined, cases.ruleDay());
  const guide = cases.guides.of(list, wanted.item, wanted.area);
  await cases.store.pin({ list, rulebook, guide });
  return { rulebook, guide };
}

/** The first line of a case's journal, and the state that it makes. */
function firstAction(
  cases: Cases,
  id: string,
  { actor, channel, mandate, evidence, opening, guide: { guide } }: NewCase,
) {
  const at = cases.now();
  const action: CaseAction = {
    seq: 1,
    at: at.toISOString(),
    day: shanghaiDay(at),
    by: { id: actor.id, kind: actor.kind, name: actor.name },
    channel,
    ...(mandate && { mandate }),
    evidence,
    body: opening,
  };
  return { id, guide, action, state: foldAction(guide, undefined, action) };
}

/** Writes the first line of a case's journal inside `tx`; gives what lists show of it. */
export async function writeOpening(
  tx: DatabaseTransaction,
  cases: Cases,
  id: string,
  opened: NewCase,
): Promise<CaseView> {
  const { view } = await writeFirstAction(tx, cases.calendar, firstAction(cases, id, opened));
  return view;
}

/** The channels on which residents act themselves, and those on which staff take down what they say. */
export function checkChannel(actor: Actor, channel: Channel, mandate: Mandate | undefined): void {
  const allowed: Readonly<Record<Actor["kind"], readonly Channel[]>> = {
    resident: actor.actingFor ? ["helper"] : ["web", "station"],
    staff: ["window", "phone", "station", "helper"],
    system: ["system"],
  };
  if (!allowed[actor.kind].includes(channel)) {
    const list = allowed[actor.kind].join(", ");
    refuse("CASE-DEED-WRONG", `您可用的渠道：${list}`, `Your channels are ${list}`);
  }
  if (channel === "helper" && !mandateOf(actor, mandate)) {
    refuse(
      "CASE-MANDATE-MISSING",
      "代办须写明与申请人的关系、代办人姓名和授权凭证",
      "Acting for another names the relation, the agent and the evidence of the authorisation",
    );
  }
}

/**
 * Opens a case on an application; the same key again gives the case that it opened.
 *
 * @throws {Problem} CASE-FACTS-WRONG, CASE-KEY-REUSED, CASE-MANDATE-MISSING, API-LIST-UNKNOWN, CASE-ITEM-UNKNOWN
 */
export async function openCase(
  cases: Cases,
  actor: Actor,
  request: OpenRequest,
  keyed: KeyedRequest,
): Promise<CaseView> {
  const { list: code, item, person, facts, channel } = request;
  const mandate = mandateOf(actor, request.mandate);
  checkChannel(actor, channel, mandate);
  const list = await cases.list(code);
  const { rulebook, guide } = await versionsFor(cases, { list: code, item, area: request.area });
  checkFacts({ list, rulebook, item, facts });
  const opening: Opening = {
    kind: "open",
    case: "application",
    list: code,
    item,
    area: request.area ?? list.area,
    office: request.office ?? null,
    person,
    rulebookHash: rulebook.hash,
    guideHash: guide.hash,
    facts,
    origins: {},
    uploads: [],
    bundle: null,
    offer: null,
    clawBack: null,
  };
  const id = cases.newId();
  const key = keyRow(keyed, id);
  const first = firstAction(cases, id, { actor, channel, ...(mandate && { mandate }), evidence: [], opening, guide });
  const written = await cases.writer.first({ key, ...first });
  if (!written) return viewOrRefuse(cases, await madeByKey(cases.database, key));
  const { stamp, view, line } = written;
  const { action, state } = first;
  cases.store.keep({ stamp, view, guide: guide.guide, state, actions: [{ line, ...action }] });
  return view;
}
