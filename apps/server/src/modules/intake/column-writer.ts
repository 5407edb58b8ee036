import { rm } from "node:fs/promises";
import {
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBInstance,
  DuckDBTableFunction,
  type DuckDBType,
  ENUM,
  INTEGER,
  USMALLINT,
  UTINYINT,
} from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import type { Column } from "@qingdan/list";
import { bytesOf, type Width } from "./fact-column.ts";

/** A column to write; `unknown` has bit i set where row i is null. */
export interface NamedColumn extends Column {
  readonly name: string;
  readonly width: Width;
  /** Texts by number: the column is written as text. */
  readonly codes?: readonly string[];
}

export interface ColumnWriter {
  /** Writes the first `rows` rows of the columns as one Parquet file. */
  write(file: string, columns: readonly NamedColumn[], rows: number): Promise<void>;
  close(): void;
}

const typeOf: Readonly<Record<Width, DuckDBType>> = {
  u8: UTINYINT,
  bool: BOOLEAN,
  u16: USMALLINT,
  i32: INTEGER,
  date: DATE,
  f64: DOUBLE,
};

/** DuckDB holds an enum of up to 256 values in one byte, a larger one in two: `width` must be that. */
function duckType({ width, codes }: NamedColumn): DuckDBType {
  return codes === undefined ? typeOf[width] : ENUM([...codes]);
}

/** Rows of one row group: the parts of a snapshot are one group each. */
const rowGroup = 131_072;

/**
 * Writes typed arrays as Parquet through a DuckDB table function: the arrays are copied vector by vector, so memory stays
 * flat, and one thread keeps the bytes the same for the same rows.
 */
export async function createColumnWriter(): Promise<ColumnWriter> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", memory_limit: "768MB" });
  const connection = await instance.connect();
  let columns: readonly NamedColumn[] = [];
  let rows = 0;
  let at = 0;
  const source = DuckDBTableFunction.create({
    name: "rows_of_columns",
    bindFunction: (bind) => {
      for (const column of columns) bind.addResultColumn(column.name, duckType(column));
      bind.setCardinality(rows, true);
    },
    initFunction: (init) => init.setMaxThreads(1),
    mainFunction: (_info, out) => {
      const count = Math.min(duckdb.vector_size(), rows - at);
      out.rowCount = count;
      if (count > 0) {
        columns.forEach((column, index) => {
          copyIn(duckdb.data_chunk_get_vector(out.chunk, index), column, at, count);
        });
      }
      at += count;
    },
  });
  connection.registerTableFunction(source);
  return {
    async write(file, newColumns, newRows) {
      columns = newColumns;
      rows = newRows;
      at = 0;
      await rm(file, { force: true });
      const target = file.replaceAll("'", "''");
      await connection.run(
        `COPY (SELECT * FROM rows_of_columns()) TO '${target}' (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${rowGroup})`,
      );
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function copyIn(vector: duckdb.Vector, column: NamedColumn, at: number, count: number): void {
  const size = bytesOf[column.width];
  const { data, unknown } = column;
  duckdb.copy_data_to_vector(vector, 0, data.buffer as ArrayBuffer, data.byteOffset + at * size, count * size);
  if (!unknown) return;
  // Vectors begin at multiples of 2048 rows, so their bits begin at whole bytes.
  const bytes = (count + 7) >>> 3;
  const valid = new Uint8Array(Math.ceil(count / 64) * 8);
  const first = at >>> 3;
  for (let i = 0; i < bytes; i++) valid[i] = ~unknown[first + i]! & 0xff;
  duckdb.vector_ensure_validity_writable(vector);
  duckdb.copy_data_to_vector_validity(vector, 0, valid.buffer, 0, valid.byteLength);
}
