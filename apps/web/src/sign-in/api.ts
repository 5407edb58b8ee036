import { type QueryClient, useQuery } from "@tanstack/react-query";
import type {
  ActorView,
  DemoAccount,
  LooksPage,
  MandatesView,
  MeView,
  PasskeysView,
  RecordedMandate,
  SessionsView,
} from "../../../server/src/modules/identity/model.ts";
import { actFor } from "../app/acting-for.ts";
import { ask } from "../app/ask.ts";

export type { ActorView, DemoAccount, LooksPage, MandatesView };

interface MandateTerms {
  readonly helper: string;
  readonly relation: "close-relative" | "agent";
  readonly items: readonly string[];
  readonly disposes: boolean;
  readonly until: string;
}

/** What the pages ask of identity. */
export const identityApi = {
  me: () => ask<MeView>("/api/identity/me"),
  demo: () => ask<{ accounts: readonly DemoAccount[] }>("/api/identity/demo"),
  signIn: (login: string, passPhrase: string) =>
    ask<{ actor: ActorView }>("/api/identity/sign-in", { method: "POST", body: { login, passPhrase } }),
  register: (login: string, name: string, passPhrase: string) =>
    ask<{ actor: ActorView }>("/api/identity/register", { method: "POST", body: { login, name, passPhrase } }),
  signOut: () => ask<void>("/api/identity/sign-out", { method: "POST" }),
  changePassPhrase: (current: string, next: string) =>
    ask<void>("/api/identity/pass-phrase", { method: "PUT", body: { current, next } }),
  sessions: () => ask<SessionsView>("/api/identity/sessions"),
  endOtherSessions: () => ask<void>("/api/identity/sessions", { method: "DELETE" }),
  passkeys: () => ask<PasskeysView>("/api/identity/passkeys"),
  offerPasskey: () => ask<{ step: string; options: unknown }>("/api/identity/passkeys/offer", { method: "POST" }),
  addPasskey: (step: string, name: string, response: unknown) =>
    ask<void>("/api/identity/passkeys", { method: "POST", body: { step, name, response } }),
  removePasskey: (id: string) => ask<void>(`/api/identity/passkeys/${encodeURIComponent(id)}`, { method: "DELETE" }),
  mandates: () => ask<MandatesView>("/api/identity/mandates"),
  giveMandate: (body: MandateTerms) => ask<{ id: string }>("/api/identity/mandates", { method: "POST", body }),
  revokeMandate: (id: string) => ask<void>(`/api/identity/mandates/${encodeURIComponent(id)}`, { method: "DELETE" }),
  mandatesOf: (person: string) =>
    ask<Pick<MandatesView, "given">>(`/api/identity/mandates/of/${encodeURIComponent(person)}`),
  recordMandate: (body: RecordedMandate) =>
    ask<{ id: string }>("/api/identity/mandates/recorded", { method: "POST", body }),
  askPasskey: () => ask<{ step: string; options: unknown }>("/api/identity/passkeys/ask", { method: "POST" }),
  signInByPasskey: (step: string, response: unknown) =>
    ask<{ actor: ActorView }>("/api/identity/passkeys/sign-in", { method: "POST", body: { step, response } }),
  looks: (before?: number) => ask<LooksPage>(`/api/identity/looks?size=50${before ? `&before=${before}` : ""}`),
};

const meKey = ["identity", "me"];

/** Who is signed in; asked again when the page is returned to. */
export const useMe = () => useQuery({ queryKey: meKey, queryFn: identityApi.me, staleTime: 30_000 });

/** Another person stands before the page: nothing of the one before may be left. */
export const forgetEverything = (client: QueryClient): void => {
  actFor(undefined);
  client.clear();
};
