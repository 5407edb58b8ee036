import { DuckDBInstance } from "@duckdb/node-api";
import { allocateColumn, ColumnStream, type Filling, type Snapshot } from "../intake/index.ts";
import type { BlockReceipts } from "./decide-block.ts";

/** Who receives what, read from a snapshot block by block. */
export interface ReceiptReader {
  /** The receipts of the people of a block; items that the run does not have are left out. */
  of(personIds: Int32Array): Promise<BlockReceipts>;
  close(): void;
}

const noReceipts: BlockReceipts = {
  person: new Int32Array(0),
  item: new Uint16Array(0),
  fen: new Float64Array(0),
};

/** Opens the receipts of a snapshot; `items` are the codes whose positions the receipts are to name. */
export async function openReceipts({ receiptFiles }: Snapshot, items: readonly string[]): Promise<ReceiptReader> {
  if (receiptFiles.length === 0) return { of: async () => noReceipts, close: () => {} };
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  // Each block asks the same files again: what stands at their ends is read once.
  await connection.run("SET parquet_metadata_cache = true");
  const from = `read_parquet([${receiptFiles.map(quoted).join(", ")}])`;
  const position = `list_position([${items.map(quoted).join(", ")}], item)`;
  return {
    async of(personIds) {
      const [least, most] = bounds(personIds);
      const stream = new ColumnStream(
        connection,
        `SELECT person::INTEGER, (${position} - 1)::USMALLINT, fen::DOUBLE FROM ${from}
          WHERE person BETWEEN ${least} AND ${most} AND ${position} IS NOT NULL`,
      );
      const chunks: BlockReceipts[] = [];
      for (let rows = rowsAtATime; rows === rowsAtATime; ) {
        const columns = newColumns();
        rows = await stream.read(columns, 0, rowsAtATime);
        const [person, item, fen] = columns.map(({ data }) => data.subarray(0, rows));
        chunks.push({ person: person as Int32Array, item: item as Uint16Array, fen: fen as Float64Array });
      }
      return place(chunks, personIds, least);
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const rowsAtATime = 65_536;

const newColumns = (): Filling[] =>
  (["i32", "u16", "f64"] as const).map((width) => ({ width, data: allocateColumn(width, rowsAtATime) }));

/** Codes of the items that somebody receives: the rolls that answers can be compared with. */
export async function readRolls({ receiptFiles }: Snapshot): Promise<readonly string[]> {
  if (receiptFiles.length === 0) return [];
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const files = receiptFiles.map(quoted).join(", ");
  const read = await connection.runAndReadAll(`SELECT DISTINCT item FROM read_parquet([${files}]) ORDER BY item`);
  const rolls = read.getColumnsJS()[0] ?? [];
  connection.closeSync();
  instance.closeSync();
  return rolls.map(String);
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function bounds(ids: Int32Array): readonly [number, number] {
  let least = ids[0] ?? 0;
  let most = least;
  for (const id of ids) {
    if (id < least) least = id;
    if (id > most) most = id;
  }
  return [least, most];
}

/** Turns identifiers into positions in the block; identifiers between its bounds that are not in it are let go. */
function place(chunks: readonly BlockReceipts[], personIds: Int32Array, least: number): BlockReceipts {
  const positions = new Map<number, number>();
  const dense = isDense(personIds, least);
  if (!dense) for (const [at, id] of personIds.entries()) positions.set(id, at);
  const count = chunks.reduce((sum, { person: ids }) => sum + ids.length, 0);
  const person = new Int32Array(count);
  const item = new Uint16Array(count);
  const fen = new Float64Array(count);
  let row = 0;
  for (const { person: ids, item: items, fen: fens } of chunks) {
    for (let at = 0; at < ids.length; at++) {
      const position = dense ? ids[at]! - least : positions.get(ids[at]!);
      if (position === undefined) continue;
      person[row] = position;
      item[row] = items[at]!;
      fen[row] = fens[at]!;
      row++;
    }
  }
  return { person: person.subarray(0, row), item: item.subarray(0, row), fen: fen.subarray(0, row) };
}

/** Whether the identifiers count up by one, as a made city's do. */
function isDense(ids: Int32Array, least: number): boolean {
  for (let at = 0; at < ids.length; at++) if (ids[at] !== least + at) return false;
  return true;
}
