import type { Selectable } from "kysely";
import { createBatcher } from "../../store/batcher.ts";
import type { Database } from "../../store/database.ts";
import { columnNames, runStatement } from "../../store/statement.ts";
import { hexOf, type LineRow, lineColumns, lineRows, type NewLine } from "../audit/index.ts";
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

/** A look that stands only where what is looked at is still what was read. */
export interface ConditionalLook extends Look {
  /** By which the condition of `createLooks` knows what was read; without one the look always stands. */
  readonly stamp?: string;
}

/** Who looked at whom. */
export interface Looks {
  /**
   * Writes the look down, also into the public log, before the data are shown. False, and nothing written: what is looked at has
   * changed since it was read.
   */
  record(look: ConditionalLook): Promise<boolean>;
  /** Looks at a person, newest first, older than `before`. */
  at(person: string, before: number | undefined, size: number): Promise<StoredLook[]>;
}

/** Looks written in one statement. */
const mostAtOnce = 100;

const lookColumns = {
  person: "text",
  address: "text",
  at: "timestamptz",
  run: "text",
  actor: "text",
  actor_name: "text",
  item: "text",
  case: "text",
  facts: "text",
} as const;

/** Any number of looks are one parameter, so that a connection plans the statement once; gives the places of those that stand. */
const lookText = (condition: string): string => {
  const line = Object.keys(lineColumns).map((name) => `line_${name}`);
  const asked = [
    ...Object.entries(lookColumns).map(([name, type]) => `"${name}" ${type}`),
    ...Object.entries(lineColumns).map(([name, type]) => `line_${name} ${type}`),
  ];
  return `
  with asked as (select * from jsonb_to_recordset($1::jsonb) as asked (place integer, stamp text, ${asked.join(", ")})),
  granted as (select * from asked where stamp is null or ${condition}),
  look as (insert into person_look (${columnNames(lookColumns)}) select ${columnNames(lookColumns)} from granted),
  line as (insert into audit_line (${columnNames(lineColumns)}) select ${line.join(", ")} from granted)
  select place from granted`;
};

/**
 * Looks that come at the same time share a statement: every opening of a case is one. `condition` is SQL over `asked.stamp` and the
 * columns of the look: whether what was read is still what stands.
 */
export function createLooks(database: Database, now: () => Date, condition = "false"): Looks {
  const text = lookText(condition);
  const batcher = createBatcher<ConditionalLook & { readonly at: Date }, boolean>({
    write: async (looks) => {
      const lines = lineRows(looks.map(lineOf));
      const rows = looks.map((look, place) => rowOf(look, place, lines[place]!));
      const written = await runStatement<{ readonly place: number }>(database, text, [JSON.stringify(rows)]);
      const stand = new Set(written.map(({ place }) => place));
      return looks.map((_, place) => stand.has(place));
    },
    most: mostAtOnce,
    name: () => undefined,
  });
  return {
    record: (look) => batcher.add({ at: now(), ...look }),
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

function rowOf(look: ConditionalLook & { readonly at: Date }, place: number, line: LineRow) {
  const { person, actor, address, item, case: matter, run, facts, at, stamp } = look;
  return {
    place,
    stamp,
    person,
    address,
    at,
    run,
    actor: actor?.id,
    actor_name: actor?.name,
    item,
    case: matter,
    facts: facts?.join(" "),
    line_kind: line.kind,
    line_subject: line.subject,
    line_body: line.body,
    line_actor: line.actor,
    line_at: line.at,
    line_salt: hexOf(line.salt),
    line_commitment: hexOf(line.commitment),
  };
}

const lineOf = ({ person, actor, item, case: matter, run, facts, at }: Look & { readonly at: Date }): NewLine => ({
  kind: "person.look",
  subject: `person:${person}`,
  body: { item, case: matter, run, facts },
  at,
  by: actor?.id ?? "visitor",
});

/** Facts that the policies see alike. */
export interface FactKind {
  /** Facts without a class count as personal. */
  readonly privacy: FactResource["privacy"] | null;
  /** Whether the item of the matter reads them. */
  readonly needed: boolean;
  readonly names: readonly string[];
}

/** The facts that an actor may read for a matter: of those that its item reads, what the policies permit by privacy class. */
export function readableFacts(
  actor: Actor | undefined,
  { area, office, owner }: Pick<Resource, "area" | "office" | "owner">,
  kinds: readonly FactKind[],
): ReadonlySet<string> {
  const readable = kinds.filter(({ privacy, needed }) =>
    may(actor, "fact.read", { type: "fact", area, office, owner, privacy: privacy ?? "personal", needed }),
  );
  return new Set(readable.flatMap(({ names }) => names));
}
