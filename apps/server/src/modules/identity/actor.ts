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

/** Who asks: a signed-in resident or member of staff, or the system itself. */
export interface Actor {
  /** Id of the account. */
  readonly id: string;
  readonly kind: "resident" | "staff" | "system";
  readonly name: string;
  readonly roles: readonly HeldRole[];
  /** Number of the person in the people's snapshot, where the account is linked to one. */
  readonly person?: string;
}

/** The system's own deeds: runs, offers, auto-grants, deadlines. */
export const systemActor: Actor = { id: "system", kind: "system", name: "系统 System", roles: [] };
