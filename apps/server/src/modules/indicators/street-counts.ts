import path from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { areasOfPeopleSql, type StoredRun } from "../entitlements/index.ts";

/** People of an area who are entitled to an entry of the list, and of them those who receive nothing. */
export interface StreetCount {
  readonly entitled: number;
  readonly unserved: number;
}

/** By entry, then by the area that stands beside a person in the snapshot: a street where the snapshot knows it. */
export type StreetCounts = ReadonlyMap<string, ReadonlyMap<string, StreetCount>>;

/** Counts a run by street: its rows are held against the area fact that each entry goes by. Who has no known area is in none. */
export async function countStreets(run: StoredRun): Promise<StreetCounts> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "1GB" });
  const connection = await instance.connect();
  const counts = new Map<string, Map<string, StreetCount>>();
  try {
    for (const [fact, items] of itemsByFact(run)) await countByFact(connection, run, { fact, items, counts });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return counts;
}

/** Positions of the entries, by the area fact whose standards apply to them. */
function itemsByFact({ rulebook }: StoredRun): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [at, { area }] of rulebook.items.entries()) found.set(area, [...(found.get(area) ?? []), at]);
  return found;
}

interface Counting {
  readonly fact: string;
  readonly items: readonly number[];
  readonly counts: Map<string, Map<string, StreetCount>>;
}

async function countByFact(connection: DuckDBConnection, run: StoredRun, { fact, items, counts }: Counting) {
  const { outcomes, findings } = run.record.codes;
  const those = `item IN (${items.join(", ")})`;
  const reader = await connection.runAndReadAll(
    `WITH
      place AS (${areasOfPeopleSql(run, fact)}),
      answered AS (SELECT item, area, count(*) AS entitled FROM ${rows(run, "answers")} JOIN place USING (person)
        WHERE outcome = ${outcomes.indexOf("entitled")} AND ${those} GROUP BY ALL),
      missed AS (SELECT item, area, count(*) AS unserved FROM ${rows(run, "findings")} JOIN place USING (person)
        WHERE finding = ${findings.indexOf("missed")} AND ${those} GROUP BY ALL)
    SELECT item, area, entitled::DOUBLE AS entitled, coalesce(unserved, 0)::DOUBLE AS unserved
    FROM answered LEFT JOIN missed USING (item, area)`,
  );
  const { areas } = run.snapshot.manifest;
  for (const { item, area, entitled, unserved } of reader.getRowObjectsJS()) {
    const { code } = run.record.codes.items[Number(item)]!;
    const own = counts.get(code) ?? new Map<string, StreetCount>();
    counts.set(code, own);
    own.set(areas[Number(area)]!, { entitled: Number(entitled), unserved: Number(unserved) });
  }
}

const rows = ({ folder }: StoredRun, name: string): string => parquet([path.join(folder, `${name}-*.parquet`)]);

const parquet = (files: readonly string[]): string =>
  `read_parquet([${files.map((file) => `'${file.replaceAll("'", "''")}'`).join(", ")}])`;
