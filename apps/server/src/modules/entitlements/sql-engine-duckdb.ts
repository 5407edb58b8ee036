import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { allocateDecisions, type Rulebook, type RulebookFact } from "@qingdan/list";
import { ColumnStream, type ManifestColumn, type Width } from "../intake/index.ts";
import { answerColumns, type SqlAnswers, type SqlPart } from "./sql-engine-part.ts";

/** Decides a part by one query over its Parquet files. */
export async function openDuckdbPart(setting: SqlPart): Promise<SqlAnswers> {
  const { rulebook, emitted } = setting;
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  for (const view of partViews(setting)) await connection.run(view);
  const typed = answerColumns(emitted, allocateDecisions(rulebook, 0)).map(
    ({ name, data }) => `${name}::${typeOf(data)}`,
  );
  const answers = new ColumnStream(connection, `SELECT ${typed.join(", ")} FROM (${emitted.sql}) ORDER BY seq`);
  return {
    async fill(people, decisions) {
      const columns = answerColumns(emitted, decisions).map(({ data }) => ({ width: widthOf(data), data }));
      const rows = await answers.read(columns, 0, people.persons);
      if (rows !== people.persons) throw new Error(`The query decided ${rows} of ${people.persons} people`);
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

type Data = Uint8Array | Int32Array | Float64Array;
const widthOf = (data: Data): Width => (data instanceof Uint8Array ? "u8" : data instanceof Int32Array ? "i32" : "f64");
const typeOf = (data: Data) =>
  data instanceof Uint8Array ? "UTINYINT" : data instanceof Int32Array ? "INTEGER" : "DOUBLE";

/** The tables of an emitted query over the files of a part, with the snapshot's numbers of codes turned into the rulebook's. */
function partViews({ rulebook, snapshot, part }: SqlPart): readonly string[] {
  const { manifest, dir } = snapshot;
  const source = (entity: "persons" | "households") =>
    `'${path.join(dir, manifest.files[entity][part]!.file).replaceAll("'", "''")}'`;
  const columns = (entity: "person" | "household", stored: readonly ManifestColumn[]) =>
    rulebook.facts
      .filter((fact) => fact.entity === entity)
      .map((fact) => `, ${renumbered(rulebook, fact, manifest.areas, stored)} AS "${fact.name}"`)
      .join("");
  const ofPersons = columns("person", manifest.columns.persons);
  const ofHouseholds = columns("household", manifest.columns.households);
  return [
    `CREATE VIEW persons AS SELECT file_row_number AS seq, household${ofPersons} FROM read_parquet(${source("persons")}, file_row_number = true)`,
    `CREATE VIEW households AS SELECT household${ofHouseholds} FROM read_parquet(${source("households")})`,
  ];
}

function renumbered(
  rulebook: Rulebook,
  fact: RulebookFact,
  areas: readonly string[],
  stored: readonly ManifestColumn[],
): string {
  const column = `"${fact.name}"`;
  if (fact.type.kind !== "enum" && fact.type.kind !== "area") return column;
  const isArea = fact.type.kind === "area";
  const from = isArea ? areas : (stored.find(({ name }) => name === fact.name)?.values ?? []);
  const to = (isArea ? rulebook.areas : fact.values).map(({ code }) => code);
  if (from.every((code, at) => to[at] === code)) return column;
  const numbers = from.map((code) => (to.includes(code) ? to.indexOf(code) : "NULL"));
  return `CAST([${numbers.join(",")}] AS INTEGER[])[${column} + 1]`;
}
