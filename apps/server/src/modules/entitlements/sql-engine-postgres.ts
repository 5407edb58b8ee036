import { PGlite } from "@electric-sql/pglite";
import { peopleTables } from "@qingdan/list";
import { answerColumns, type SqlAnswers, type SqlPart } from "./sql-engine-part.ts";

/** Decides a part in PostgreSQL, embedded: each block becomes two tables, the query reads them. */
export async function openPostgresPart({ rulebook, emitted }: SqlPart): Promise<SqlAnswers> {
  const database = await PGlite.create();
  return {
    async fill(people, decisions) {
      const tables = peopleTables(rulebook, people);
      await database.exec(["DROP TABLE IF EXISTS persons, households", ...tables.make].join(";"));
      for (const name of ["persons", "households"] as const) {
        await database.query(`COPY ${name} FROM '/dev/blob' WITH (FORMAT csv)`, [], { blob: new Blob([tables[name]]) });
      }
      const columns = answerColumns(emitted, decisions);
      const names = columns.map(({ name }) => name).join(", ");
      const query = `SELECT ${names} FROM (${emitted.sql}) answers ORDER BY seq`;
      const { rows } = await database.query<readonly unknown[]>(query, [], { rowMode: "array" });
      if (rows.length !== people.persons)
        throw new Error(`The query decided ${rows.length} of ${people.persons} people`);
      rows.forEach((row, person) => {
        columns.forEach(({ data }, at) => {
          data[person] = Number(row[at]);
        });
      });
    },
    close: () => database.close(),
  };
}
