export { type Actor, type HeldRole, type StaffRole, staffRoles, systemActor } from "./actor.ts";
export { authorise, may, type Resource } from "./authorise.ts";
