import type { Selectable } from "kysely";
import { createBatcher } from "../../store/batcher.ts";
import type { Database } from "../../store/database.ts";
import { appendAll, type NewLine } from "../audit/index.ts";
import type { Actor } from "./actor.ts";
import { type FactResource, may, type Resource } from "./authorise.ts";
import type { IdentityTables } from "./tables.ts";

export type StoredLook = Selectable<IdentityTables["person_look"]>;

/** A reading of one person's data. */
export interface Look {
  readonly person: string;
  /** undefined: a visitor, at made-up people. */
  readonly actor: Actor | undefined;
  readonly address: string;
  /** Code of the item for whose sake. */
  readonly item?: string;
  readonly case?: string;
  readonly run?: string;
  /** Names of the facts that were shown. */
  readonly facts?: readonly string[];
}

/** Who looked at whom. */
export interface Looks {
  /** Writes the look down, also into the public log, before the data are shown. */
  record(look: Look): Promise<void>;
  /** Looks at a person, newest first, older than `before`. */
  at(person: string, before: number | undefined, size: number): Promise<StoredLook[]>;
}

/** Looks written in one transaction. */
const mostAtOnce = 100;

export function createLooks(database: Database, now: () => Date): Looks {
  // Looks that come at the same time share a transaction: every opening of a case is one.
  const batcher = createBatcher<Look & { readonly at: Date }, undefined>({
    write: async (looks) => {
      await database.transaction().execute(async (tx) => {
        await tx.insertInto("person_look").values(looks.map(rowOf)).execute();
        await appendAll(tx, looks.map(lineOf));
      });
      return [];
    },
    most: mostAtOnce,
    name: () => undefined,
  });
  return {
    record: (look) => batcher.add({ ...look, at: now() }),
    at: (person, before, size) =>
      database
        .selectFrom("person_look")
        .selectAll()
        .where("person", "=", person)
        .$if(before !== undefined, (query) => query.where("id", "<", before!))
        .orderBy("id", "desc")
        .limit(size)
        .execute(),
  };
}

const rowOf = ({ person, actor, address, item, case: matter, run, facts, at }: Look & { readonly at: Date }) => ({
  person,
  address,
  at,
  run: run ?? null,
  actor: actor?.id ?? null,
  actor_name: actor?.name ?? null,
  item: item ?? null,
  case: matter ?? null,
  facts: facts?.join(" ") ?? null,
});

const lineOf = ({ person, actor, item, case: matter, run, facts, at }: Look & { readonly at: Date }): NewLine => ({
  kind: "person.look",
  subject: `person:${person}`,
  body: { item, case: matter, run, facts },
  at,
  by: actor?.id ?? "visitor",
});

export interface KnownFact {
  readonly name: string;
  readonly privacy: FactResource["privacy"] | null;
}

/**
 * The facts that an actor may read for a matter: of those that its item reads, what the policies permit by privacy class.
 * A fact without a class counts as personal.
 */
export function readableFacts(
  actor: Actor | undefined,
  matter: Pick<Resource, "area" | "office" | "owner">,
  facts: readonly KnownFact[],
  needed: ReadonlySet<string>,
): ReadonlySet<string> {
  const { area, office, owner } = matter;
  const readable = facts.filter(({ name, privacy }) =>
    may(actor, "fact.read", {
      type: "fact",
      area,
      office,
      owner,
      privacy: privacy ?? "personal",
      needed: needed.has(name),
    }),
  );
  return new Set(readable.map(({ name }) => name));
}
