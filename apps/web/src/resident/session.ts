import type { FactsFile } from "@qingdan/list/browser";
import type { FactValue } from "./answer.ts";

/** One answer: whose fact, which, and what was said; no value: the resident does not know. */
export interface Given {
  readonly of: string;
  readonly fact: string;
  readonly entity: "person" | "household";
  readonly value?: FactValue;
}

/** What a resident has said so far, in the order it was asked. It lives in this tab only. */
export interface Session {
  /** People who live together, the resident included. */
  readonly members: number;
  readonly given: readonly Given[];
}

export const emptySession = (members: number): Session => ({ members, given: [] });

export const subject = "p1";
export const household = "h1";

const memberNames = (members: number): string[] => Array.from({ length: members }, (_, index) => `p${index + 1}`);

export const keyOf = ({ of, fact }: { readonly of: string; readonly fact: string }): string => `${of} ${fact}`;

/** Answers replace an earlier answer to the same question, in its place; a new one goes to the end. */
export const withAnswer = (session: Session, answer: Given): Session => {
  const at = session.given.findIndex((given) => keyOf(given) === keyOf(answer));
  return { ...session, given: at < 0 ? [...session.given, answer] : session.given.with(at, answer) };
};

/** The session before its last answer. */
export const withoutLast = (session: Session): Session => ({ ...session, given: session.given.slice(0, -1) });

/** Questions that the resident cannot answer and is not asked again. */
export const skippedOf = (session: Session): ReadonlySet<string> =>
  new Set(session.given.filter(({ value }) => value === undefined).map(keyOf));

/** The facts as every part of Qingdan reads them; what is not known is absent. */
export const factsOf = (session: Session): FactsFile => {
  const known = session.given.filter(({ value }) => value !== undefined);
  const factsAbout = (of: string) =>
    Object.fromEntries(known.filter((given) => given.of === of).map(({ fact, value }) => [fact, value as FactValue]));
  const members = memberNames(session.members);
  return {
    persons: Object.fromEntries(members.map((name) => [name, factsAbout(name)])),
    households: { [household]: { ...factsAbout(household), members } },
    subject,
  };
};

const storageKey = "qingdan.answers";

/** Kept for this tab only, so that a reload loses nothing; the tab's end is the end of it. */
export const keepSession = (session: Session | undefined): void => {
  try {
    if (session) sessionStorage.setItem(storageKey, JSON.stringify(session));
    else sessionStorage.removeItem(storageKey);
  } catch {
    // Storage is off: the answers last until the page is left.
  }
};

export const keptSession = (): Session | undefined => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? "null") as Session | null;
    return kept && Array.isArray(kept.given) && kept.members >= 1 ? kept : undefined;
  } catch {
    return undefined;
  }
};
