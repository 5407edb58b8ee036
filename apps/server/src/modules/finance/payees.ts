import { sql } from "kysely";
import type { Database } from "../../store/database.ts";

/** Where somebody is paid. */
export interface Payee {
  readonly name: string;
  readonly account: string;
}

/** The payees among persons. */
export async function payeesOf(db: Database, persons: readonly string[]): Promise<ReadonlyMap<string, Payee>> {
  const rows = await sql<{ person: string; name: string; account: string }>`
    select person, name, account from payee where person = any(select jsonb_array_elements_text(${JSON.stringify(persons)}::jsonb))`.execute(
    db,
  );
  return new Map(rows.rows.map(({ person, name, account }) => [person, { name, account }]));
}

/** Writes down where somebody is paid, as it was asked and confirmed; a new account takes the old one's place for batches to come. */
export async function putPayee(
  db: Database,
  { person, name, account }: Payee & { readonly person: string },
  at: Date,
): Promise<void> {
  await db
    .insertInto("payee")
    .values({ person, name, account, synthetic: false, at })
    .onConflict((conflict) => conflict.column("person").doUpdateSet({ name, account, synthetic: false, at }))
    .execute();
}

/** Cases of an item that pay and whose person has no account, in the order of their identifiers. */
export async function withoutPayee(
  db: Database,
  asked: { readonly list: string; readonly item: string; readonly after: string; readonly size: number },
  areas: readonly string[] | undefined,
): Promise<readonly { id: string; number: string; person: string; area: string }[]> {
  const { list, item, after, size } = asked;
  const within = areas ? sql`and area = any(select jsonb_array_elements_text(${JSON.stringify(areas)}::jsonb))` : sql``;
  const { rows } = await sql<{ id: string; number: string; person: string; area: string }>`
    select id, number, person, area from case_view view
    where pays and item = ${item} and list = ${list} and id > ${after} ${within}
      and not exists (select 1 from payee where payee.person = view.person)
    order by id limit ${size + 1}`.execute(db);
  return rows;
}

/** One in fifty made-up people has no account, so that a demonstration shows whom it does not reach. */
const withoutAccount = 50;

/** Makes accounts for made-up people who have none yet: of a demonstration, and marked so. */
export async function makeDemoPayees(db: Database, persons: readonly string[], at: Date): Promise<void> {
  const rows = persons
    .filter((person) => Number(person) % withoutAccount !== 0)
    .map((person) => ({
      person,
      name: `示范${person}`,
      account: `6200${person.padStart(12, "0")}`,
      synthetic: true,
      at: at.toISOString(),
    }));
  await sql`
    insert into payee select * from jsonb_populate_recordset(null::payee, ${JSON.stringify(rows)}::jsonb)
    on conflict (person) do nothing`.execute(db);
}
