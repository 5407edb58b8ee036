import type { EntityJson } from "@cedar-policy/cedar-wasm/nodejs";
import { Problem } from "../../problem.ts";
import { type Actor, type StaffRole, staffRoles } from "./actor.ts";
import { deskChain, deskOf, noDesk } from "./desk-chain.ts";
import { askPolicies, type PolicyAnswer, policyActions } from "./policy-engine.ts";

/** What somebody asks to do something to. */
export interface Resource {
  readonly type: "case" | "form" | "campaign" | "payment" | "person" | "run" | "list" | "plan" | "log" | "account";
  readonly id?: string;
  /** Code of the area that handles it. */
  readonly area?: string;
  /** The office of the area that handles it. */
  readonly office?: string;
  /** Whom it belongs to: number of the person, or id of the account. */
  readonly owner?: string;
  /** Code of the item for whose sake it is looked at. */
  readonly item?: string;
  /** Codes of the items, where it is about several. */
  readonly items?: readonly string[];
  /** Id of the account whose deed this one confirms: who decided what is checked, who prepared what is released. */
  readonly by?: string;
  /** Made-up people of a demonstration. */
  readonly synthetic?: boolean;
}

/** One fact about a person, for a matter. */
export interface FactResource extends Pick<Resource, "area" | "office" | "owner"> {
  readonly type: "fact";
  readonly privacy: "public" | "personal" | "sensitive";
  /** Whether the item of the matter reads it. */
  readonly needed: boolean;
}

const entityTypes: Readonly<Record<Resource["type"] | "fact", string>> = {
  case: "Case",
  form: "Form",
  campaign: "Campaign",
  payment: "Payment",
  person: "Person",
  run: "Run",
  list: "List",
  plan: "Plan",
  log: "Log",
  account: "Account",
  fact: "Fact",
};

const principalTypes = { visitor: "Visitor", resident: "Resident", staff: "Staff", system: "System" } as const;

const roleSets: Readonly<Record<StaffRole, string>> = {
  clerk: "clerk",
  checker: "checker",
  "finance-officer": "financeOfficer",
  planner: "planner",
  "list-keeper": "listKeeper",
  auditor: "auditor",
  administrator: "administrator",
};

/** An owner or doer who is not the one who asks. No account and no person has this name. */
const stranger = "~";

const visitor: EntityJson = { uid: { type: "Visitor", id: "visitor" }, attrs: {}, parents: [] };
const desk = (id: string) => ({ __entity: { type: "Desk", id } });

function principalOf(actor: Actor | undefined): EntityJson {
  if (actor === undefined) return visitor;
  const { id: account, kind, person = "" } = actor;
  if (kind === "system") return { uid: { type: "System", id: account }, attrs: { account }, parents: [] };
  if (kind === "resident") {
    const helps = actor.actingFor !== undefined;
    const attrs = { account, person, helps, disposes: actor.actingFor?.disposes === true };
    return { uid: { type: "Resident", id: account }, attrs, parents: [] };
  }
  const held = staffRoles.map((role) => [
    roleSets[role],
    actor.roles.filter((post) => post.role === role).map(({ area, office }) => desk(deskOf(area, office))),
  ]);
  return {
    uid: { type: "Staff", id: account },
    attrs: { account, person, ...Object.fromEntries(held) },
    parents: [],
  };
}

/** What is asked about as the sentences see it: `covered` says whether it lies within what a helper was authorised for. */
type Seen = (Resource | FactResource) & { readonly covered: boolean };

function isCovered({ actingFor }: Partial<Actor>, { item, items }: Pick<Resource, "item" | "items">): boolean {
  if (!actingFor) return true;
  const asked = items ?? (item === undefined ? [] : [item]);
  return asked.length > 0 && asked.every((code) => actingFor.items.includes("*") || actingFor.items.includes(code));
}

function resourceOf(resource: Seen): EntityJson {
  const { type, area, office, owner = stranger } = resource;
  const shared = { desk: desk(area === undefined ? noDesk : deskOf(area, office)), owner };
  const attrs =
    resource.type === "fact"
      ? { ...shared, privacy: resource.privacy, needed: resource.needed }
      : {
          ...shared,
          by: resource.by ?? "",
          item: resource.item ?? "",
          synthetic: resource.synthetic === true,
          covered: resource.covered,
        };
  return { uid: { type: entityTypes[type], id: "one" }, attrs, parents: [] };
}

function desksOf({ area, office }: { area?: string; office?: string }, actor: Actor | undefined): EntityJson[] {
  const chain = area === undefined ? [{ desk: noDesk, above: [] as string[] }] : deskChain(area, office);
  const known = new Set(chain.map((link) => link.desk));
  const held = (actor?.roles ?? []).map((post) => deskOf(post.area, post.office)).filter((id) => !known.has(id));
  return [
    ...chain.map((link) => ({
      uid: { type: "Desk", id: link.desk },
      attrs: {},
      parents: link.above.map((id) => ({ type: "Desk", id })),
    })),
    ...[...new Set(held)].map((id) => ({ uid: { type: "Desk", id }, attrs: {}, parents: [] })),
  ];
}

/**
 * The resource as the sentences see it: they ask whether the owner and the doer are the one who asks, never who they are.
 * So a few questions stand for all, and each is answered once.
 */
function asSeenBy(actor: Actor | undefined, resource: Resource | FactResource): Seen {
  const own = (id: string | undefined) => id !== undefined && (id === actor?.id || id === actor?.person);
  const { area, office } = resource;
  const owner = own(resource.owner) ? resource.owner : stranger;
  if (resource.type === "fact") {
    const { type, privacy, needed } = resource;
    return { type, area, office, owner, privacy, needed, covered: true };
  }
  const { type, synthetic } = resource;
  const by = own(resource.by) ? resource.by : resource.by && stranger;
  const covered = isCovered(actor ?? {}, resource);
  return { type, area, office, owner, by, item: resource.item && "item", synthetic, covered };
}

/** Answers by what is asked about and by action: the policies are a pure function of it. Emptied when full. */
const answers = new Map<string, Map<string, PolicyAnswer>>();
const mostAnswers = 20_000;
let heldAnswers = 0;

function answersTo(question: string): Map<string, PolicyAnswer> {
  const known = answers.get(question);
  if (known) return known;
  const none = new Map<string, PolicyAnswer>();
  answers.set(question, none);
  return none;
}

function hold(known: Map<string, PolicyAnswer>, action: string, answer: PolicyAnswer): PolicyAnswer {
  if (heldAnswers >= mostAnswers) {
    answers.clear();
    heldAnswers = 0;
  }
  heldAnswers += 1;
  known.set(action, answer);
  return answer;
}

/** What is asked about, as text that no two share: every part stands after its length. */
function questionOf(resource: Seen): string {
  const { type, area, office, owner } = resource;
  const own =
    resource.type === "fact"
      ? [resource.privacy, String(resource.needed)]
      : [resource.by, resource.item, String(resource.synthetic === true), String(resource.covered)];
  let question = "";
  for (const part of [type, area, office, owner, ...own]) {
    question += part === undefined ? "-" : `${part.length}:${part}`;
  }
  return question;
}

/** An actor as text. Requests bring objects of their own; of one request the text is made once. */
const actorTexts = new WeakMap<Actor, string>();

function actorText(actor: Actor | undefined): string {
  if (actor === undefined) return "";
  const known = actorTexts.get(actor) ?? JSON.stringify(actor);
  actorTexts.set(actor, known);
  return known;
}

/** What the policies say of each action on one thing, and by which sentences. */
function accessTo(actor: Actor | undefined, asked: Resource | FactResource): (action: string) => PolicyAnswer {
  const resource = asSeenBy(actor, asked);
  const known = answersTo(actorText(actor) + questionOf(resource));
  return (action) =>
    known.get(action) ??
    hold(
      known,
      action,
      askPolicies({
        principal: principalOf(actor),
        action,
        resource: resourceOf(resource),
        others: desksOf(resource, actor),
      }),
    );
}

/**
 * What the policies permit an actor to do to one thing: it is looked at once, whatever number of actions is asked.
 *
 * @throws {Error} where the schema has no such action for such a resource: a fault of the program
 */
export function permissionsOf(
  actor: Actor | undefined,
  resource: Resource | FactResource,
): (action: string) => boolean {
  const access = accessTo(actor, resource);
  const principal = principalTypes[actor?.kind ?? "visitor"];
  return (action) => {
    const kinds = policyActions().get(action);
    if (!kinds?.resources.has(entityTypes[resource.type])) {
      throw new Error(`There is no action ${action} on ${resource.type}`);
    }
    return kinds.principals.has(principal) && access(action).allowed;
  };
}

/** Whether the policies permit it; see `permissionsOf`. */
export function may(actor: Actor | undefined, action: string, resource: Resource | FactResource): boolean {
  return permissionsOf(actor, resource)(action);
}

/**
 * Lets it pass or refuses.
 *
 * @throws {Problem} AUTH-SIGN-IN-NEEDED (401) for visitors, AUTH-NOT-PERMITTED (403) for everybody else
 */
export function authorise(actor: Actor | undefined, action: string, resource: Resource): void {
  if (may(actor, action, resource)) return;
  if (actor === undefined) {
    throw new Problem("AUTH-SIGN-IN-NEEDED", { zh: "请先登录", en: "Sign in first" });
  }
  throw new Problem("AUTH-NOT-PERMITTED", {
    zh: `您的身份不能做这件事（${action}）`,
    en: `Your account may not do this (${action})`,
  });
}
