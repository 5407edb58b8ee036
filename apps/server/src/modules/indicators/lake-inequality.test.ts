import { DuckDBInstance } from "@duckdb/node-api";
import { decomposeGini, decomposeTheil } from "@qingdan/measure";
import { expect, it } from "vitest";
import { decomposeLakeGini, measureLakeInequality } from "./lake-inequality.ts";

it("a table of the lake gives what its rows give, and says how many rows it left out", async () => {
  const rows = Array.from({ length: 500 }, (_, i) => ({
    fen: 100 + ((i * 7919) % 997),
    people: 1 + (i % 4),
    county: `c${i % 7}`,
  }));
  const connection = await (await DuckDBInstance.create()).connect();
  const from = { table: "people", value: "fen", weight: "people", group: "county" };
  await connection.run("CREATE TABLE people (fen BIGINT, people DOUBLE, county VARCHAR)");
  const values = rows.map(({ fen, people, county }) => `(${fen}, ${people}, '${county}')`).join(", ");
  await connection.run(`INSERT INTO people VALUES ${values}, (NULL, 1, 'c1'), (5, 1, NULL)`);
  const found = await measureLakeInequality(connection, from);
  const parts = await decomposeLakeGini(connection, from, found);
  connection.closeSync();
  const sample = { values: rows.map(({ fen }) => fen), weights: rows.map(({ people }) => people) };
  const groups = rows.map(({ county }) => county);
  const theil = decomposeTheil(sample, { measure: "T", levels: [{ name: "county", groups }] });
  const gini = decomposeGini(sample, groups);
  expect(found.leftOut).toBe(2);
  expect(found.theil.theilT).toBeCloseTo(theil.total, 13);
  expect(found.theil.withinT).toBeCloseTo(theil.within, 13);
  expect(found.gini).toBeCloseTo(gini.total, 13);
  expect(found.giniBetween).toBeCloseTo(gini.between, 13);
  expect(parts.within).toBeCloseTo(gini.within, 13);
});
