import { shanghaiDay } from "../../shanghai-day.ts";
import type { Actor } from "../identity/index.ts";
import { advanceBundle, mayAdvance } from "./bundles.ts";
import { logged } from "./case-log.ts";
import { refuse } from "./case-refusal.ts";
import { caseResource, viewOrRefuse } from "./case-resource.ts";
import type { ActionBody, CaseAction, CaseState, Opening } from "./case-state.ts";
import { appendAction, type StoredCase } from "./case-store.ts";
import { judgedBy } from "./deeds.ts";
import { foldAction } from "./fold-case.ts";
import { formFile, formRulebook, fromRegister } from "./form-state.ts";
import type { CaseDeed, Channel, Evidence, Mandate } from "./model.ts";
import { checkChannel } from "./open-case.ts";
import { permitted } from "./permitted.ts";
import { type KeyedRequest, madeBefore } from "./request-key.ts";
import { checkFacts, ruleCase, ruledByRun } from "./ruling.ts";
import type { Cases } from "./seams.ts";

export interface ActionRequest {
  readonly seq: number;
  readonly channel: Channel;
  readonly mandate?: Mandate | undefined;
  readonly evidence: readonly Evidence[];
  readonly action: CaseDeed;
}

/**
 * Does one deed to a case: authorised, guarded by the fold, written with its line of the public log, all or nothing. The same
 * key again does nothing more. Of two who act on the same `seq` one wins and the other is told.
 *
 * @throws {Problem} CASE-CONFLICT, CASE-DEED-CLOSED, CASE-DEED-WRONG, CASE-SECOND-PERSON, CASE-UNDETERMINED, CASE-KEY-REUSED
 */
export async function actOnCase(
  cases: Cases,
  asker: Actor | undefined,
  id: string,
  request: ActionRequest,
  key: string,
): Promise<{ readonly stored: StoredCase; readonly reader: Actor }> {
  const view = await viewOrRefuse(cases, id);
  const deed = request.action;
  // Whose deed is judged is known once the journal is read; whoever may not judge at all is refused before that.
  const actor = permitted(asker, `case.${deed.kind}`, caseResource(view));
  checkChannel(actor, request.channel, request.mandate);
  const keyed: KeyedRequest = { actor: actor.id, key, asked: { id, ...request }, at: cases.now() };
  return cases.database.transaction().execute(async (tx) => {
    const before = await madeBefore(tx, keyed, id);
    await cases.store.lock(tx, id);
    const stored = await cases.store.load(tx, view);
    if (before !== undefined) return { stored: { ...stored, view: await cases.store.viewOf(tx, id) }, reader: actor };
    const { guide, state, actions } = stored;
    if (state.seq !== request.seq) conflict(state);
    permitted(actor, `case.${deed.kind}`, caseResource(view, judgedBy(state, deed.kind)));
    const at = cases.now();
    const day = shanghaiDay(at);
    const action: CaseAction = {
      seq: state.seq + 1,
      at: at.toISOString(),
      day,
      by: { id: actor.id, kind: actor.kind, name: actor.name },
      channel: request.channel,
      ...(request.mandate && { mandate: request.mandate }),
      evidence: request.evidence,
      body: await bodyOf(cases, tx, state, deed, day),
    };
    const next = foldAction(guide, state, action);
    if (next.facts !== state.facts) await factsHold(cases, tx, next);
    const line = await logged(tx, id, action);
    const changes = await appendAction(tx, id, { state: next, guide, calendar: cases.calendar, action, line });
    if (changes === undefined) conflict(state);
    if (next.opening.bundle !== null && mayAdvance(state, next)) await advanceBundle(tx, cases, next.opening.bundle);
    return {
      stored: { guide, state: next, actions: [...actions, { ...action, line }], view: { ...view, ...changes } },
      reader: actor,
    };
  });
}

function conflict(state: CaseState): never {
  return refuse(
    "CASE-CONFLICT",
    `办件已到第 ${state.seq} 步,请刷新后再办`,
    `The case stands at action ${state.seq}; load it again before acting`,
  );
}

type Tx = Parameters<Cases["store"]["load"]>[0];

/** Decisions are kept with what the rules answered at that moment. */
async function bodyOf(cases: Cases, tx: Tx, state: CaseState, deed: CaseDeed, day: string): Promise<ActionBody> {
  if (deed.kind === "accept" && state.opening.offer) return { ...deed, ...(await registered(cases, tx, state)) };
  if (deed.kind !== "propose" && deed.kind !== "decide" && deed.kind !== "release") return deed;
  const { opening } = state;
  if (opening.case === "claw-back") {
    return { ...deed, ruled: { rule: null, reason: null, fen: null, parts: null, per: "once", from: null } };
  }
  if (deed.kind === "release" && opening.offer) return { ...deed, ruled: ruledByRun(opening.offer) };
  const [list, rulebook] = await Promise.all([
    cases.list(opening.list),
    cases.store.rulebook(tx, opening.rulebookHash),
  ]);
  const ruled = ruleCase(
    { list, rulebook, item: opening.item, facts: state.facts },
    { openedOn: state.openedOn, decidedOn: day },
  );
  if (deed.kind !== "release" && ruled.rule === "undetermined" && deed.text === undefined) {
    refuse(
      "CASE-UNDETERMINED",
      "先补齐事实,或写明认定的理由",
      "Complete the facts first, or give the reason of the determination in words",
    );
  }
  return { ...deed, ruled };
}

/** What the registers hold of a person whose grant was offered: an offer itself holds the run's answer only. */
async function registered(cases: Cases, tx: Tx, { opening }: CaseState): Promise<Pick<Opening, "facts" | "origins">> {
  const entry = await cases.register(opening.person);
  if (!entry) return { facts: opening.facts, origins: {} };
  const rulebook = formRulebook(await cases.store.rulebook(tx, opening.rulebookHash), [opening.item]);
  const held = fromRegister(rulebook, entry.facts);
  const content = { ...held, registerDate: entry.date, answers: {}, skipped: [], disputes: {} };
  return {
    facts: formFile(content),
    origins: Object.fromEntries(Object.keys(held.register).map((key) => [key, `register ${entry.date}`])),
  };
}

/** Corrected and supplied facts are held to the dictionary as those of the application were. */
async function factsHold(cases: Cases, tx: Tx, { opening, facts }: CaseState): Promise<void> {
  const [list, rulebook] = await Promise.all([
    cases.list(opening.list),
    cases.store.rulebook(tx, opening.rulebookHash),
  ]);
  checkFacts({ list, rulebook, item: opening.item, facts });
}
