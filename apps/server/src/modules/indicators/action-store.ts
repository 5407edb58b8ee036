import { randomUUID } from "node:crypto";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";

export const actionStates = ["open", "done", "dropped"] as const;
export type ActionState = (typeof actionStates)[number];

export interface ActionToRecord {
  readonly indicator: string;
  readonly area: string;
  readonly alarm: string | null;
  /** What is to be done. */
  readonly what: string;
  /** Who acts: a unit or an office by name. */
  readonly owner: string;
  /** `YYYY-MM-DD`, the last day. */
  readonly due: string;
}

interface ActionEvent {
  readonly state: ActionState;
  readonly note: string;
  readonly by: string;
  readonly at: Date;
}

/** Who acts by when. */
export interface StoredAction extends ActionToRecord {
  readonly id: string;
  readonly by: string;
  readonly at: Date;
  readonly state: ActionState;
  readonly events: readonly ActionEvent[];
}

/** Writes an action down. The due date must not have passed. */
export async function recordAction(
  database: Database,
  action: ActionToRecord,
  { by, at, today }: { readonly by: string; readonly at: Date; readonly today: string },
): Promise<StoredAction> {
  if (action.due < today) {
    throw new Problem("COCKPIT-DUE-PAST", { zh: `期限不早于 ${today}`, en: `The due date must be ${today} or later` });
  }
  const row = { id: randomUUID(), ...action, by, at };
  await database.insertInto("indicator_action").values(row).execute();
  return { ...row, state: "open", events: [] };
}

/** The earliest due first. */
export async function allActions(database: Database): Promise<StoredAction[]> {
  const actions = await database.selectFrom("indicator_action").selectAll().orderBy("due").orderBy("at").execute();
  const events = await database.selectFrom("indicator_action_event").selectAll().orderBy("id").execute();
  return actions.map((action) => {
    const own = events
      .filter((event) => event.action === action.id)
      .map(({ state, note, by, at }) => ({ state: state as ActionState, note, by, at }));
    return { ...action, state: own.at(-1)?.state ?? "open", events: own };
  });
}

/**
 * Closes an action, or opens it again.
 * @throws Problem `COCKPIT-ACTION-UNKNOWN`, `COCKPIT-STATE-CLOSED`
 */
export async function moveAction(database: Database, id: string, event: ActionEvent): Promise<StoredAction> {
  const found = (await allActions(database)).find((action) => action.id === id);
  if (!found) throw new Problem("COCKPIT-ACTION-UNKNOWN", { zh: `没有任务 ${id}`, en: `There is no action ${id}` });
  if ((found.state === "open") === (event.state === "open")) {
    throw new Problem("COCKPIT-STATE-CLOSED", {
      zh: `现为 ${found.state}`,
      en: `It is ${found.state}: an open action is closed, a closed one opened`,
    });
  }
  await database
    .insertInto("indicator_action_event")
    .values({ action: id, ...event })
    .execute();
  return { ...found, state: event.state, events: [...found.events, event] };
}
