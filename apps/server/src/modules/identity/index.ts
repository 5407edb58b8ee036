export { accountNames } from "./accounts.ts";
export { type Actor, type HeldRole, type StaffRole, staffRoles, systemActor } from "./actor.ts";
export { authorise, may, type Resource } from "./authorise.ts";
export type { DemoCity } from "./demo-accounts.ts";
export { makeFirstAdministrator, type WantedAdministrator } from "./first-administrator.ts";
export { type Identity, openIdentity } from "./identity.ts";
export { type KnownFact, type Looks, readableFacts } from "./looks.ts";
export type { DemoAccount } from "./model.ts";
export type { OidcProvider } from "./oidc.ts";
