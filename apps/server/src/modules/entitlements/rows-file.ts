import { writeFile } from "node:fs/promises";
import type { SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { AnswerRows, FindingRows } from "./answer-rows.ts";

/** A Parquet file of rows that grows by groups and is written to the disk when it is closed. */
export interface RowsFile<Group> {
  append(groups: readonly Group[]): void;
  close(): Promise<void>;
}

/**
 * Opens a file for answers: one row group for each item of each block, so that a reader who wants one item skips the rest by
 * the statistics of `item`. Numbers that grow or hardly change are written as differences, amounts as a dictionary; both leave
 * little for a codec to find.
 */
export function createAnswersFile(file: string): RowsFile<AnswerRows> {
  return createRowsFile(file, answerColumns);
}

export function createFindingsFile(file: string): RowsFile<FindingRows> {
  return createRowsFile(file, [...answerColumns, ...findingColumns]);
}

interface Column<Group> {
  readonly name: string;
  readonly data: (group: Group) => Int32Array;
}

const answerColumns: readonly Column<AnswerRows>[] = [
  { name: "item", data: ({ item, count }) => new Int32Array(count).fill(item) },
  { name: "person", data: ({ person }) => person },
  { name: "district", data: ({ district }) => district },
  { name: "outcome", data: ({ outcome }) => outcome },
  { name: "reason", data: ({ reason }) => reason },
  { name: "amount", data: ({ amount }) => amount },
];

const findingColumns: readonly Column<FindingRows>[] = [
  { name: "finding", data: ({ finding }) => finding },
  { name: "received", data: ({ received }) => received },
];

/** Columns of money: their values repeat without order. */
const fenColumns: ReadonlySet<string> = new Set(["amount", "received"]);

function createRowsFile<Group extends AnswerRows>(file: string, columns: readonly Column<Group>[]): RowsFile<Group> {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema: schemaOf(columns), codec: "UNCOMPRESSED", createdBy: "qingdan" });
  return {
    append(groups) {
      for (const group of groups) {
        if (group.count > 0)
          parquet.write({ columnData: columnData(columns, group), rowGroupSize: group.count, pageSize: 0 });
      }
    },
    async close() {
      parquet.finish();
      await writeFile(file, writer.getBytes());
    },
  };
}

function columnData<Group extends AnswerRows>(columns: readonly Column<Group>[], group: Group) {
  return columns.map(({ name, data }) => {
    const values = data(group);
    const asDictionary = fenColumns.has(name) && values.some((value) => value !== values[0]);
    return {
      name,
      data: values,
      statistics: name === "item",
      encoding: asDictionary ? undefined : ("DELTA_BINARY_PACKED" as const),
    };
  });
}

function schemaOf(columns: readonly { readonly name: string }[]): SchemaElement[] {
  return [
    { name: "row", num_children: columns.length },
    ...columns.map(({ name }): SchemaElement => ({ name, type: "INT32", repetition_type: "REQUIRED" })),
  ];
}
