import type { Actor } from "../identity/index.ts";
import type { Mandate } from "./model.ts";

/**
 * By what somebody acts for somebody else: a helper by the authorisation that they act under, and no other; staff by what they
 * write down. A resident who acts for themselves has none.
 */
export function mandateOf({ kind, name, actingFor }: Actor, written: Mandate | undefined): Mandate | undefined {
  if (kind !== "resident") return written;
  if (!actingFor) return undefined;
  const { id, relation, until } = actingFor;
  return { relation, name, evidence: `authorisation ${id}`, until };
}
