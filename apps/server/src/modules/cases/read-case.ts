import { Problem } from "../../problem.ts";
import type { Actor } from "../identity/index.ts";
import { caseResource, openOrRefuse } from "./case-resource.ts";
import type { HeldCase } from "./case-store.ts";
import { permitted } from "./permitted.ts";
import { readsOwn } from "./reads-own.ts";
import type { Cases } from "./seams.ts";

/** A case and who reads it. */
export interface Opened {
  readonly reader: Actor;
  readonly stored: HeldCase;
}

/** Who asks, and from where. */
export interface Asker {
  readonly actor: Actor | undefined;
  readonly ip: string;
}

/** What is shown of a case, with the names of the facts in it. */
interface Shown<Content> {
  readonly content: Content;
  readonly facts: Iterable<string>;
}

/** How often a case is read again that others act on at the same moment. */
const mostTries = 5;

/**
 * A case as it stands, of whose reading nothing need be written down: no facts are shown.
 *
 * @throws {Problem} CASE-UNKNOWN, AUTH-NOT-PERMITTED
 */
export async function openCaseFor(cases: Cases, { actor }: Asker, id: string): Promise<Opened> {
  const { stored } = await openOrRefuse(cases, id);
  return { reader: permitted(actor, "case.read", caseResource(stored.view)), stored };
}

/**
 * What `show` makes of a case as it stands. That somebody else than the person reads facts of theirs is written down before, in the
 * statement that makes sure that the case is still as it was read.
 *
 * @throws {Problem} CASE-UNKNOWN, AUTH-NOT-PERMITTED, and what `show` throws
 */
export async function readCase<Content>(
  cases: Cases,
  asker: Asker,
  id: string,
  show: (opened: Opened) => Promise<Shown<Content>>,
): Promise<Content> {
  const held = cases.store.held(id);
  if (held && !isOwn(asker, held)) {
    // What is held may be late, so that only the case as it is read may refuse.
    const read = await seen(cases, asker, held, show).catch((error) => {
      if (!(error instanceof Problem)) throw error;
    });
    if (read) return read.content;
  }
  for (let tries = 1; ; tries += 1) {
    const read = await seen(cases, asker, (await openOrRefuse(cases, id)).stored, show);
    if (read) return read.content;
    if (tries === mostTries) throw new Error(`The case ${id} was read ${tries} times and had moved on each time`);
  }
}

const isOwn = ({ actor }: Asker, { view }: HeldCase): boolean => readsOwn(actor, view.person);

/** undefined: the case has moved on. */
async function seen<Content>(
  cases: Cases,
  asker: Asker,
  stored: HeldCase,
  show: (opened: Opened) => Promise<Shown<Content>>,
): Promise<Pick<Shown<Content>, "content"> | undefined> {
  const { id, person, item } = stored.view;
  const reader = permitted(asker.actor, "case.read", caseResource(stored.view));
  const { content, facts } = await show({ reader, stored });
  if (isOwn(asker, stored)) return { content };
  const names = [...new Set(facts)].sort();
  const { stamp } = stored;
  const look = { person, actor: reader, address: asker.ip, item, case: id, facts: names, stamp };
  return (await cases.looks.record(look)) ? { content } : undefined;
}
