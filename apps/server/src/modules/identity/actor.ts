/** A role of staff, held at an area or at one office of it. */
export const staffRoles = [
  "clerk",
  "checker",
  "finance-officer",
  "planner",
  "list-keeper",
  "auditor",
  "administrator",
] as const;
export type StaffRole = (typeof staffRoles)[number];

export interface HeldRole {
  readonly role: string;
  /** Code of the area; the role holds in every area below it too. */
  readonly area: string;
  /** Code of one office of the area; absent: all of them. */
  readonly office?: string;
}

/** Whom a resident acts for at this moment, by their authorisation (代办、监护). */
export interface ActingFor {
  /** Id of the authorisation. */
  readonly id: string;
  /** Whom it belongs to, as they are called. */
  readonly name: string;
  readonly relation: "guardian" | "close-relative" | "committee" | "agent";
  /** Codes of the items it is for; `*` is every one. */
  readonly items: readonly string[];
  /** Also what gives something up: appeals, objections, declining, withdrawing. */
  readonly disposes: boolean;
  readonly until: string;
}

/** Who asks: a signed-in resident or member of staff, or the system itself. */
export interface Actor {
  /** Id of the account. */
  readonly id: string;
  readonly kind: "resident" | "staff" | "system";
  readonly name: string;
  readonly roles: readonly HeldRole[];
  /** Number of the person in the people's snapshot, where the account is linked to one. */
  readonly person?: string;
  /** Acts for somebody else, whose number stands in `person`. */
  readonly actingFor?: ActingFor;
}

/** The system's own deeds: runs, offers, auto-grants, deadlines. */
export const systemActor: Actor = { id: "system", kind: "system", name: "系统 System", roles: [] };
