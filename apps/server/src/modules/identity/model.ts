import { z } from "zod";
import { staffRoles } from "./actor.ts";

const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{2,63}$/);
const name = z.string().trim().min(1).max(80);
const passPhrase = z.string().min(1).max(400);
const area = z.string().regex(/^cn(-\d{2,12})?$/);
const office = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

export const heldRole = z.strictObject({ role: z.enum(staffRoles), area, office: office.optional() });

export const actorView = z.object({
  id: z.string(),
  kind: z.enum(["resident", "staff", "system"]),
  name: z.string(),
  roles: z.array(z.object({ role: z.string(), area: z.string(), office: z.string().optional() })),
  person: z.string().nullable(),
  /** Whom they act for at this moment. */
  actingFor: z.object({ id: z.string(), name: z.string(), items: z.array(z.string()), until: z.string() }).nullable(),
});
export type ActorView = z.infer<typeof actorView>;

export const meView = z.object({
  actor: actorView.nullable(),
  /** Ways to sign in besides pass-phrase and passkey. */
  provider: z.boolean(),
  /** The accounts of a demonstration stand on the sign-in page. */
  demo: z.boolean(),
});
export type MeView = z.infer<typeof meView>;

const mandateTerms = {
  /** Account name of the helper. */
  helper: login,
  /** Codes of items; `*` is every one. */
  items: z
    .array(z.string().regex(/^(\*|[a-z0-9][a-z0-9.-]{0,119})$/))
    .min(1)
    .max(100),
  /** Also what gives something up: appeals, objections, declining, withdrawing. */
  disposes: z.boolean(),
  until: z.iso.date(),
};
/** What a resident authorises for themselves. */
export const mandateRequest = z.strictObject({ relation: z.enum(["close-relative", "agent"]), ...mandateTerms });
/** What a clerk writes down for somebody who cannot, by papers seen. */
export const recordedMandate = z.strictObject({
  relation: z.enum(["guardian", "close-relative", "committee"]),
  person: z.string().min(1).max(120),
  personName: name,
  evidence: z.string().trim().min(1).max(200),
  ...mandateTerms,
});
export type RecordedMandate = z.infer<typeof recordedMandate>;
export const mandateView = z.object({
  id: z.string(),
  person: z.string(),
  personName: z.string(),
  helperName: z.string(),
  relation: z.enum(["guardian", "close-relative", "committee", "agent"]),
  items: z.array(z.string()),
  disposes: z.boolean(),
  evidence: z.string(),
  until: z.iso.date(),
  state: z.enum(["valid", "ended", "revoked"]),
});
export const mandatesView = z.object({ given: z.array(mandateView), received: z.array(mandateView) });
export type MandatesView = z.infer<typeof mandatesView>;
export const signInRequest = z.strictObject({ login, passPhrase });
export const registerRequest = z.strictObject({ login, name, passPhrase });
export const passPhraseRequest = z.strictObject({ current: passPhrase.optional(), next: passPhrase });
export const signedIn = z.object({ actor: actorView });

export const demoAccount = z.object({
  login: z.string(),
  name: z.string(),
  passPhrase: z.string(),
  kind: z.enum(["resident", "staff"]),
  /** First page after sign-in. */
  start: z.string(),
  role: z.object({ zh: z.string(), en: z.string() }),
});
export type DemoAccount = z.infer<typeof demoAccount>;

/** A browser's answer, whose inside the passkey library reads and checks. */
const browserAnswer = z.looseObject({ id: z.string().max(1400), response: z.record(z.string(), z.unknown()) });
export const passkeyOffer = z.object({ step: z.string(), options: z.unknown() });
export const passkeyRequest = z.strictObject({ step: z.string().max(64), name, response: browserAnswer });
export const passkeySignIn = z.strictObject({ step: z.string().max(64), response: browserAnswer });
export const passkeysView = z.object({
  passkeys: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime() })),
});
export type PasskeysView = z.infer<typeof passkeysView>;

export const sessionsView = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      createdAt: z.iso.datetime(),
      seenAt: z.iso.datetime(),
      address: z.string(),
      agent: z.string(),
      current: z.boolean(),
    }),
  ),
});
export type SessionsView = z.infer<typeof sessionsView>;

export const looksQuery = z.object({
  before: z.coerce.number().int().min(1).optional(),
  size: z.coerce.number().int().min(1).max(100).default(50),
});
export const looksPage = z.object({
  looks: z.array(
    z.object({
      id: z.int(),
      at: z.iso.datetime(),
      /** Name of who looked; null: a visitor. */
      by: z.string().nullable(),
      own: z.boolean(),
      item: z.string().nullable(),
      case: z.string().nullable(),
      run: z.string().nullable(),
      facts: z.array(z.string()),
    }),
  ),
  /** `before` of the next page; null at the end. */
  next: z.int().nullable(),
});
export type LooksPage = z.infer<typeof looksPage>;

export const staffAccount = z.strictObject({
  login,
  name,
  passPhrase,
  roles: z.array(heldRole).min(1).max(20),
});
export const rolesRequest = z.strictObject({ roles: z.array(heldRole).max(20) });
export const accountView = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  disabled: z.boolean(),
  roles: z.array(heldRole),
});
export const accountsQuery = z.object({
  after: z.string().max(64).default(""),
  size: z.coerce.number().int().min(1).max(100).default(50),
});
export const accountsPage = z.object({ accounts: z.array(accountView), next: z.string().nullable() });
