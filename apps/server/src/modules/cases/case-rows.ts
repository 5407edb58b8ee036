import type { Calendar } from "@qingdan/clock";
import type { Selectable } from "kysely";
import { nextDue } from "./case-clocks.ts";
import type { ActionBody, CaseAction, CaseState } from "./case-state.ts";
import type { Guide } from "./guide-model.ts";
import type { Channel, Evidence, Mandate } from "./model.ts";
import type { CaseTables } from "./tables.ts";

export type CaseView = Selectable<CaseTables["case_view"]>;

/** An action with its line of the public log. */
export type LoggedAction = CaseAction & { readonly line: number };

/** A journal's line as it is read; `at` is an instant or its text. */
export type StoredAction = Omit<Selectable<CaseTables["case_action"]>, "at"> & { readonly at: Date | string };

export function actionOf(row: StoredAction): LoggedAction {
  return {
    seq: row.seq,
    at: new Date(row.at).toISOString(),
    day: row.day,
    by: { id: row.actor, kind: row.actor_kind as CaseAction["by"]["kind"], name: row.actor_name },
    channel: row.channel as Channel,
    ...(row.mandate === null ? {} : { mandate: row.mandate as Mandate }),
    evidence: row.evidence as Evidence[],
    body: row.body as ActionBody,
    line: row.log_line,
  };
}

/** What a new row of `case_action` holds beside its line of the public log. */
export const actionColumns = {
  case_id: "text",
  seq: "integer",
  after: "integer",
  kind: "text",
  at: "timestamptz",
  day: "date",
  actor: "text",
  actor_kind: "text",
  actor_name: "text",
  channel: "text",
  mandate: "jsonb",
  evidence: "jsonb",
  body: "jsonb",
  proposed_by: "text",
} as const;

/** The row of an action; `state` is what it leads to. */
export function actionRow(caseId: string, state: CaseState, action: CaseAction) {
  const { seq, at, day, by, channel, mandate, evidence, body } = action;
  return {
    case_id: caseId,
    seq,
    after: seq === 1 ? null : seq - 1,
    kind: body.kind,
    at: new Date(at),
    day,
    actor: by.id,
    actor_kind: by.kind,
    actor_name: by.name,
    channel,
    mandate: mandate ?? null,
    evidence,
    body,
    proposed_by: body.kind === "decide" ? (state.proposal?.by.id ?? null) : null,
  };
}

const openStages: ReadonlySet<string> = new Set(["offered", "received", "supplement", "handling", "checking"]);

/** The columns of `case_view` that follow from the state, as `viewOf` gives them. */
export const viewColumns = {
  seq: "integer",
  office: "text",
  assignee: "text",
  assignee_name: "text",
  stage: "text",
  open: "boolean",
  updated_at: "timestamptz",
  due: "date",
  sort_day: "date",
  warn: "date",
  pays: "boolean",
  paused: "boolean",
  without_due: "boolean",
  outcome: "text",
  fen: "bigint",
  per: "text",
  appeal_open: "boolean",
  bad_rating: "boolean",
} as const satisfies Readonly<Record<keyof ReturnType<typeof viewOf>, string>>;

/** What lists show of a case: everything in it follows from the state. */
export function viewOf(guide: Guide, state: CaseState, calendar: Calendar) {
  const { due, warn, paused, withoutDue } = nextDue(guide, state, calendar);
  const { decision, opening } = state;
  return {
    seq: state.seq,
    office: state.office,
    assignee: state.assignee?.id ?? null,
    assignee_name: state.assignee?.name ?? null,
    stage: state.stage,
    open: openStages.has(state.stage),
    updated_at: new Date(state.updatedAt),
    due,
    sort_day: due ?? "9999-12-31",
    warn,
    pays: state.amounts.some(({ fen }) => fen > 0),
    paused,
    without_due: withoutDue,
    outcome: decision?.outcome ?? null,
    fen: decision?.fen ?? opening.offer?.fen ?? null,
    per: decision?.per ?? opening.offer?.per ?? null,
    appeal_open: state.appeals.some(({ settled }) => settled === null),
    bad_rating: state.rating !== null && state.rating.grade <= 2 && state.rating.answer === null,
  };
}

/** The columns of `case_view` that stay as the case was opened; its number is given by the store. */
export const openingColumns = {
  id: "text",
  kind: "text",
  list: "text",
  item: "text",
  area: "text",
  person: "text",
  channel: "text",
  opened_at: "timestamptz",
  objection_until: "date",
  bundle: "text",
  campaign: "text",
  rulebook_hash: "text",
  guide_hash: "text",
} as const;

/** What `case_view` holds of the action that opened a case. */
export function openingRow(id: string, { opening }: CaseState, { at, channel }: CaseAction) {
  return {
    id,
    kind: opening.case,
    list: opening.list,
    item: opening.item,
    area: opening.area,
    person: opening.person,
    channel,
    opened_at: new Date(at),
    objection_until: opening.offer?.until ?? null,
    bundle: opening.bundle,
    campaign: opening.offer?.campaign ?? null,
    rulebook_hash: opening.rulebookHash,
    guide_hash: opening.guideHash,
  };
}
