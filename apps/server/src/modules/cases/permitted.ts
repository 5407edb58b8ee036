import { type Actor, authorise, type Resource } from "../identity/index.ts";
import { refuse } from "./case-refusal.ts";

/** The actor, who may do it. @throws {Problem} AUTH-SIGN-IN-NEEDED, AUTH-NOT-PERMITTED */
export function permitted(actor: Actor | undefined, action: string, resource: Resource): Actor {
  authorise(actor, action, resource);
  return actor ?? refuse("CASE-UNKNOWN", "请先登录", "Sign in first");
}
