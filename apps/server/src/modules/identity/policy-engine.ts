import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import * as cedar from "@cedar-policy/cedar-wasm/nodejs";

// V8 of Node 20 (11.3) ends the process ("unreachable code", in its Deoptimizer) when it leaves optimised code from inside such
// a call: it did so in one run of the policies' tests in ten.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

const folder = path.join(import.meta.dirname, "policies");
const name = "qingdan";

export const policySchema = readFileSync(path.join(folder, "schema.cedarschema"), "utf8");

/** The sentences of all subjects, one file a subject, by policy id. */
export function policyTexts(): Readonly<Record<string, string>> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".cedar"));
  return Object.fromEntries(
    files.sort().flatMap((file) => policiesIn(file, readFileSync(path.join(folder, file), "utf8"))),
  );
}

function policiesIn(file: string, text: string): [string, string][] {
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === "failure") throw new Error(`${file}: ${parts.errors.map(({ message }) => message).join("; ")}`);
  return parts.policies.map((policy) => [`${file.replace(/\.cedar$/, "")}/${idOf(file, policy)}`, policy]);
}

function idOf(file: string, policy: string): string {
  const id = /@id\("([^"]+)"\)/.exec(policy)?.[1];
  if (id === undefined) throw new Error(`${file}: a policy without @id`);
  return id;
}

let isPrepared = false;

/** Parses the policies once, which takes half a second: a server does it as soon as it listens. A fault in one is thrown. */
export function preparePolicies(): void {
  if (isPrepared) return;
  for (const answer of [
    cedar.preparseSchema(name, policySchema),
    cedar.preparsePolicySet(name, { staticPolicies: policyTexts() }),
  ]) {
    if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "));
  }
  isPrepared = true;
}

type PolicyActions = ReadonlyMap<
  string,
  { readonly principals: ReadonlySet<string>; readonly resources: ReadonlySet<string> }
>;
let actions: PolicyActions | undefined;

/** Every action of the schema, with the kinds of those who may ask and of what they may ask about. */
export function policyActions(): PolicyActions {
  actions ??= readActions();
  return actions;
}

function readActions(): PolicyActions {
  const read = cedar.schemaToJson(policySchema);
  if (read.type === "failure") throw new Error(read.errors.map(({ message }) => message).join("; "));
  const actions = Object.values(read.json).flatMap((namespace) => Object.entries(namespace.actions));
  return new Map(
    actions.map(([action, { appliesTo }]) => [
      action,
      { principals: new Set(appliesTo?.principalTypes), resources: new Set(appliesTo?.resourceTypes) },
    ]),
  );
}

export interface PolicyQuestion {
  readonly principal: cedar.EntityJson;
  readonly action: string;
  readonly resource: cedar.EntityJson;
  /** What the two refer to. */
  readonly others: readonly cedar.EntityJson[];
}

export interface PolicyAnswer {
  readonly allowed: boolean;
  /** Ids of the sentences that decided. */
  readonly reason: readonly string[];
}

/** @throws where the question does not fit the schema: a fault of the program, never an answer. */
export function askPolicies({ principal, action, resource, others }: PolicyQuestion): PolicyAnswer {
  preparePolicies();
  const answer = cedar.statefulIsAuthorized({
    principal: uid(principal),
    action: { type: "Action", id: action },
    resource: uid(resource),
    context: {},
    preparsedSchemaName: name,
    validateRequest: true,
    preparsedPolicySetId: name,
    entities: [principal, resource, ...others],
  });
  if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "));
  const { decision, diagnostics } = answer.response;
  if (diagnostics.errors.length > 0) throw new Error(diagnostics.errors.map(({ error }) => error.message).join("; "));
  return { allowed: decision === "allow", reason: diagnostics.reason };
}

const uid = ({ uid }: cedar.EntityJson) => ("__entity" in uid ? uid.__entity : uid);
