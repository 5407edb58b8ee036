import type { FactsFile, NextQuestion, SituationAsked } from "@qingdan/list/browser";
import type { FactValue } from "./answer.ts";

/** One answer: whose fact, which, and what was said; no value: the resident does not know. */
export interface Given {
  readonly of: string;
  readonly fact: string;
  readonly entity: "person" | "household";
  readonly value?: FactValue;
  /** Key of the first question of the page, where several were answered on one. */
  readonly page?: string;
}

/** What a resident has said so far, in the order it was asked. It lives in this tab only. */
export interface Session {
  /** People who live together, the resident included. */
  readonly members: number;
  readonly given: readonly Given[];
  /** Situations that were ticked and of which more is to be asked. */
  readonly ticked: readonly string[];
  /** The resident would rather be asked of each situation by itself. */
  readonly oneByOne: boolean;
}

export const emptySession = (members: number): Session => ({ members, given: [], ticked: [], oneByOne: false });

export const subject = "p1";
export const household = "h1";

const memberNames = (members: number): string[] => Array.from({ length: members }, (_, index) => `p${index + 1}`);

export const keyOf = ({ of, fact }: { readonly of: string; readonly fact: string }): string => `${of} ${fact}`;

/** Answers replace an earlier answer to the same question, in its place; a new one goes to the end. */
export const withAnswer = (session: Session, answer: Given): Session => {
  const at = session.given.findIndex((given) => keyOf(given) === keyOf(answer));
  return { ...session, given: at < 0 ? [...session.given, answer] : session.given.with(at, answer) };
};

const pageOf = (given: Given): string => given.page ?? keyOf(given);

/** Pages that were answered. */
export const pagesOf = ({ given }: Session): number => new Set(given.map(pageOf)).size;

/** The session before the last page that was answered. */
export const withoutLast = (session: Session): Session => {
  const last = session.given.at(-1);
  const page = last && pageOf(last);
  const given = session.given.filter((answer) => pageOf(answer) !== page);
  // What was ticked on the page that is left again is open again; a ticked situation was not answered there.
  return { ...session, given, ticked: last?.page ? [] : session.ticked };
};

/** A page of situations: those not ticked are not so; those ticked are so, or more is to be asked of them. */
export const withSituations = (
  session: Session,
  situations: readonly SituationAsked[],
  ticked: ReadonlySet<string>,
): Session => {
  const [first] = situations;
  if (first === undefined) return session;
  const keyOfSituation = ({ of, fact }: SituationAsked) => keyOf({ of, fact: fact.name });
  const page = keyOfSituation(first);
  const more = situations.filter((asked) => asked.fact.factType !== "boolean" && ticked.has(keyOfSituation(asked)));
  const settled = situations.filter((asked) => !more.includes(asked));
  const answered = settled.map((asked): Given => {
    const { of, fact } = asked;
    const value = fact.factType === "boolean" ? ticked.has(keyOfSituation(asked)) : "none";
    return { of, fact: fact.name, entity: fact.entity, value, page };
  });
  return {
    ...answered.reduce(withAnswer, session),
    ticked: [...session.ticked, ...more.map(keyOfSituation)],
  };
};

/** The situations to be ticked on one page, when the next question is one of them and there are several. */
export const situationsOf = (session: Session, next: NextQuestion | null): readonly SituationAsked[] => {
  if (next === null || next.ask.situation === null || session.oneByOne) return [];
  const ticked = new Set(session.ticked);
  const skipped = skippedOf(session);
  if (ticked.has(keyOf(next))) return [];
  const open = next.situations.filter(({ of, fact }) => {
    const key = keyOf({ of, fact: fact.name });
    return !ticked.has(key) && !skipped.has(key);
  });
  return open.length > 1 ? open : [];
};

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
    return kept && Array.isArray(kept.given) && Array.isArray(kept.ticked) && kept.members >= 1 ? kept : undefined;
  } catch {
    return undefined;
  }
};
