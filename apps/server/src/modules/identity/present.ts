import type { z } from "zod";
import type { Account } from "./accounts.ts";
import type { Actor, HeldRole } from "./actor.ts";
import type { StoredLook } from "./looks.ts";
import type { ActorView, accountView, heldRole, LooksPage } from "./model.ts";

export const presentActor = ({ id, kind, name, roles, person, actingFor }: Actor): ActorView => ({
  id,
  kind,
  name,
  roles: roles.map(({ role, area, office }) => ({ role, area, ...(office === undefined ? {} : { office }) })),
  person: person ?? null,
  actingFor: actingFor
    ? { id: actingFor.id, name: actingFor.name, items: [...actingFor.items], until: actingFor.until }
    : null,
});

export function presentLooks(looks: readonly StoredLook[], size: number, own: string): LooksPage {
  return {
    looks: looks.map(({ id, at, actor, actor_name, item, case: matter, run, facts }) => ({
      id,
      at: at.toISOString(),
      by: actor_name,
      own: actor === own,
      item,
      case: matter,
      run,
      facts: facts ? facts.split(" ") : [],
    })),
    next: looks.length === size ? (looks.at(-1)?.id ?? null) : null,
  };
}

export const presentAccount = (account: Account, roles: readonly HeldRole[]): z.infer<typeof accountView> => ({
  id: account.id,
  login: account.login,
  name: account.name,
  disabled: account.disabled_at !== null,
  roles: roles as z.infer<typeof heldRole>[],
});
