import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import type { Column } from "@qingdan/list";
import { allocateBits, bytesOf, type Width } from "./fact-column.ts";

/** A column being filled: `unknown` appears with the first null. */
export interface Filling {
  readonly width: Width;
  readonly data: Column["data"];
  unknown?: Uint8Array;
}

/**
 * Reads the result of a query into typed arrays without a JavaScript value per cell. The columns of the query must have the
 * DuckDB types of their widths (UTINYINT, BOOLEAN, USMALLINT, INTEGER, DATE, DOUBLE).
 */
export class ColumnStream {
  readonly #connection: DuckDBConnection;
  readonly #sql: string;
  #result: DuckDBResult | undefined;
  #chunk: DuckDBDataChunk | undefined;
  #rows = 0;
  #at = 0;
  #ended = false;

  constructor(connection: DuckDBConnection, sql: string) {
    this.#connection = connection;
    this.#sql = sql;
  }

  /** Copies up to `count` rows to position `to` of the columns; fewer only where the result ends. */
  async read(columns: readonly Filling[], to: number, count: number): Promise<number> {
    let copied = 0;
    while (copied < count && (await this.#advance())) {
      const take = Math.min(count - copied, this.#rows - this.#at);
      const chunk = this.#chunk!.chunk;
      for (let c = 0; c < columns.length; c++) {
        copyOut(duckdb.data_chunk_get_vector(chunk, c), columns[c]!, this.#at, this.#rows, to + copied, take);
      }
      this.#at += take;
      copied += take;
    }
    return copied;
  }

  async #advance(): Promise<boolean> {
    if (this.#at < this.#rows) return true;
    if (this.#ended) return false;
    this.#result ??= await this.#connection.stream(this.#sql);
    this.#chunk = (await this.#result.fetchChunk()) ?? undefined;
    this.#rows = this.#chunk?.rowCount ?? 0;
    this.#at = 0;
    this.#ended = this.#rows === 0;
    return !this.#ended;
  }
}

function copyOut(vector: duckdb.Vector, column: Filling, from: number, rows: number, to: number, count: number): void {
  const size = bytesOf[column.width];
  const source = duckdb.vector_get_data(vector, rows * size);
  const { data } = column;
  const target = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  target.set(source.subarray(from * size, (from + count) * size), to * size);
  const valid: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8);
  if (valid) copyUnknown(valid, column, from, to, count);
}

function copyUnknown(valid: Uint8Array, column: Filling, from: number, to: number, count: number): void {
  const end = from + count;
  for (let byte = from >>> 3; byte << 3 < end; byte++) {
    const missing = ~valid[byte]! & 0xff;
    if (missing === 0) continue;
    for (let bit = 0; bit < 8; bit++) {
      const row = (byte << 3) + bit;
      if (row < from || row >= end || ((missing >>> bit) & 1) === 0) continue;
      column.unknown ??= allocateBits(column.data.length, column.data.buffer instanceof SharedArrayBuffer);
      const target = to + row - from;
      column.unknown[target >>> 3]! |= 1 << (target & 7);
    }
  }
}
