import { shanghaiDay } from "@qingdan/clock";
import { Problem } from "../../problem.ts";
import type { Actor } from "../identity/index.ts";
import { mandateOf } from "./acting-for.ts";
import { advanceBundle, mayAdvance } from "./bundles.ts";
import { refuse } from "./case-refusal.ts";
import { caseResource, openOrRefuse } from "./case-resource.ts";
import type { ActionBody, CaseAction, CaseState, Opening } from "./case-state.ts";
import type { OpenedCase, StoredCase } from "./case-store.ts";
import { checkClawBackDays } from "./claw-back-checks.ts";
import { judgedBy } from "./deeds.ts";
import { foldAction } from "./fold-case.ts";
import { formFile, formRulebook, fromRegister } from "./form-state.ts";
import type { CaseDeed, Channel, Evidence, Mandate } from "./model.ts";
import { checkChannel } from "./open-case.ts";
import { permitted } from "./permitted.ts";
import { keyRow, sameMade } from "./request-key.ts";
import { checkFacts, ruleCase, ruledByRun } from "./ruling.ts";
import type { Cases } from "./seams.ts";
import { type NextWritten, type ToWrite, writeNextActions } from "./write-action.ts";

export interface ActionRequest {
  readonly seq: number;
  readonly channel: Channel;
  readonly mandate?: Mandate | undefined;
  readonly evidence: readonly Evidence[];
  readonly action: CaseDeed;
}

interface Done {
  readonly stored: StoredCase;
  readonly reader: Actor;
}

/** How often a case is read again that others act on at the same moment. */
const mostTries = 5;

/**
 * Does one deed to a case: authorised, guarded by the fold, written with its line of the public log, all or nothing. The same
 * key again does nothing more. Of two who act on the same `seq` one wins and the other is told.
 *
 * @throws {Problem} CASE-CONFLICT, CASE-DEED-CLOSED, CASE-DEED-WRONG, CASE-SECOND-PERSON, CASE-UNDETERMINED, CASE-FIRST-DAY-MISSING, CASE-KEY-REUSED
 */
export async function actOnCase(
  cases: Cases,
  asker: Actor | undefined,
  id: string,
  request: ActionRequest,
  key: string,
): Promise<Done> {
  const held = cases.store.held(id);
  if (held?.state.seq === request.seq) {
    const done = await tryDeed(cases, asker, { stored: held, before: undefined }, request, key).catch(unlessRefused);
    if (done) return done;
  }
  for (let tries = 1; ; tries += 1) {
    // Who comes second reads the case again, and is told that it has moved on, or what the same key made.
    const done = await tryDeed(
      cases,
      asker,
      await openOrRefuse(cases, id, asker && { actor: asker.id, key }),
      request,
      key,
    );
    if (done) return done;
    if (tries === mostTries) throw new Error(`The case ${id} was read ${tries} times and had moved on each time`);
  }
}

/** What is held of a case may be late, so that only the case as it is read may refuse. */
function unlessRefused(error: unknown): undefined {
  if (!(error instanceof Problem)) throw error;
}

/** undefined: the case has moved on, or the key was used, since it was read. */
async function tryDeed(
  cases: Cases,
  asker: Actor | undefined,
  { stored, before }: OpenedCase,
  request: ActionRequest,
  key: string,
): Promise<Done | undefined> {
  const { view, guide, state, actions } = stored;
  const { id } = view;
  const deed = request.action;
  const reader = permitted(asker, `case.${deed.kind}`, caseResource(view));
  const mandate = mandateOf(reader, request.mandate);
  checkChannel(reader, request.channel, mandate);
  const at = cases.now();
  const row = keyRow({ actor: reader.id, key, asked: { id, ...request }, at }, id);
  if (before) {
    sameMade(row, before);
    return { stored, reader };
  }
  if (state.seq !== request.seq) conflict(state);
  permitted(reader, `case.${deed.kind}`, caseResource(view, judgedBy(state, deed.kind)));
  const day = shanghaiDay(at);
  const action: CaseAction = {
    seq: state.seq + 1,
    at: at.toISOString(),
    day,
    by: { id: reader.id, kind: reader.kind, name: reader.name },
    channel: request.channel,
    ...(mandate && { mandate }),
    evidence: request.evidence,
    body: await bodyOf(cases, state, deed, day),
  };
  checkClawBackDays({ calendar: cases.calendar, guide, state, today: day }, deed);
  const next = foldAction(guide, state, action);
  if (next.facts !== state.facts) await factsHold(cases, next);
  if (deed.kind === "propose") firstDayKnown(next.proposal);
  if (deed.kind === "decide") firstDayKnown(next.decision);
  const advances = mayAdvance(state, next);
  const written = await write(cases, { id, guide, action, state: next, key: row }, advances);
  if (!written) return undefined;
  const { line, stamp, changes } = written;
  const after = {
    stamp,
    guide,
    state: next,
    actions: [...actions, { line, ...action }],
    view: { ...view, ...changes },
  };
  cases.store.keep(after);
  return { stored: after, reader };
}

/** Writes the action, and opens the branches of the bundle whose turn has come by it. */
async function write(cases: Cases, action: ToWrite, advances: boolean): Promise<NextWritten | undefined> {
  const { bundle } = action.state.opening;
  if (!advances || bundle === null) return cases.writer.next(action);
  return cases.database.transaction().execute(async (tx) => {
    const [written] = await writeNextActions(tx, cases.calendar, [action]);
    if (written) await advanceBundle(tx, cases, bundle);
    return written;
  });
}

function conflict(state: CaseState): never {
  return refuse(
    "CASE-CONFLICT",
    `办件已到第 ${state.seq} 步，请刷新后再办`,
    `The case stands at action ${state.seq}; load it again before acting`,
  );
}

/** Decisions are kept with what the rules answered at that moment. */
async function bodyOf(cases: Cases, state: CaseState, deed: CaseDeed, day: string): Promise<ActionBody> {
  if (deed.kind === "accept" && state.opening.offer) return { ...deed, ...(await registered(cases, state)) };
  if (deed.kind !== "propose" && deed.kind !== "decide" && deed.kind !== "release") return deed;
  const { opening } = state;
  if (opening.case === "claw-back") {
    return { ...deed, ruled: { rule: null, reason: null, fen: null, parts: null, per: "once", from: null } };
  }
  if (deed.kind === "release" && opening.offer) return { ...deed, ruled: ruledByRun(opening.offer) };
  const [list, rulebook] = await Promise.all([
    cases.list(opening.list),
    cases.store.rulebook(cases.database, opening.rulebookHash),
  ]);
  const ruled = ruleCase(
    { list, rulebook, item: opening.item, facts: state.facts },
    { openedOn: state.openedOn, decidedOn: day },
  );
  const said = deed.kind === "release" || deed.text !== undefined || (deed.kind === "decide" && state.proposal?.text);
  if (ruled.rule === "undetermined" && !said) {
    refuse(
      "CASE-UNDETERMINED",
      "先补齐事实，或写明认定的理由",
      "Complete the facts first, or give the reason of the determination in words",
    );
  }
  return { ruled, ...deed };
}

/** What the registers hold of a person whose grant was offered: an offer itself holds the run's answer only. */
async function registered(cases: Cases, { opening }: CaseState): Promise<Pick<Opening, "facts" | "origins">> {
  const entry = await cases.register(opening.person);
  if (!entry) return { facts: opening.facts, origins: {} };
  const rulebook = formRulebook(await cases.store.rulebook(cases.database, opening.rulebookHash), [opening.item]);
  const held = fromRegister(rulebook, entry.facts);
  const content = { ...held, registerDate: entry.date, answers: {}, skipped: [], disputes: {} };
  return {
    facts: formFile(content),
    origins: Object.fromEntries(Object.keys(held.register).map((key) => [key, `register ${entry.date}`])),
  };
}

/** Money that is granted is paid from a day: without one it would never be. @throws {Problem} CASE-FIRST-DAY-MISSING */
function firstDayKnown(decision: CaseState["decision"]): void {
  if (decision?.outcome !== "grant" || !decision.fen || decision.from !== null) return;
  refuse(
    "CASE-FIRST-DAY-MISSING",
    "规则推不出起发日（如登记日、出生日），请写明从哪天起发",
    "The rules cannot tell the first day paid for (such as a registration or a birth); say from which day it is paid",
  );
}

/** Corrected and supplied facts are held to the dictionary as those of the application were. */
async function factsHold(cases: Cases, { opening, facts }: CaseState): Promise<void> {
  const [list, rulebook] = await Promise.all([
    cases.list(opening.list),
    cases.store.rulebook(cases.database, opening.rulebookHash),
  ]);
  checkFacts({ list, rulebook, item: opening.item, facts });
}
