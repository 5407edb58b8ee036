import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { createFindingsFile } from "./rows-file.ts";

const group = {
  item: 3,
  count: 4,
  person: Int32Array.of(5, 9, 10, 2_000_000_000),
  district: Int32Array.of(0, 300, 300, 1),
  outcome: Int32Array.of(1, 1, 2, 1),
  reason: Int32Array.of(0, 0, 4, 0),
  amount: Int32Array.of(0, 159_500, 0, 2_147_483_647),
};

test("DuckDB reads back what was written, row for row", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "qingdan-rows-"));
  const file = path.join(folder, "findings.parquet");
  const rows = createFindingsFile(file);
  rows.append([{ ...group, finding: Int32Array.of(0, 1, 3, 2), received: Int32Array.of(-1, 7, 8, 9) }]);
  rows.append([{ ...group, item: 4, finding: Int32Array.of(0, 1, 3, 2), received: Int32Array.of(-1, 7, 8, 9) }]);
  await rows.close();
  const connection = await (await DuckDBInstance.create()).connect();
  const read = await connection.runAndReadAll(
    `SELECT item, person, district, outcome, reason, amount, finding, received FROM '${file}' WHERE item = 4 ORDER BY person`,
  );
  expect(read.getRowsJS()).toEqual([
    [4, 5, 0, 1, 0, 0, 0, -1],
    [4, 9, 300, 1, 0, 159_500, 1, 7],
    [4, 10, 300, 2, 4, 0, 3, 8],
    [4, 2_000_000_000, 1, 1, 0, 2_147_483_647, 2, 9],
  ]);
  connection.closeSync();
});
