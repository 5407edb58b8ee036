import path from "node:path";
import {
  type ColumnWriter,
  describeFile,
  factWidth,
  type ManifestFile,
  type NamedColumn,
} from "../../apps/server/src/modules/intake/index.ts";
import type { City } from "./city.ts";
import type { Receipts } from "./decide-receipts.ts";
import type { MadePart } from "./make-part.ts";
import type { Part } from "./part.ts";

/** The files of a part, as the manifest lists them. */
export interface WrittenPart {
  readonly index: number;
  readonly persons: ManifestFile;
  readonly households: ManifestFile;
  readonly receipts: ManifestFile;
}

export async function writePart(writer: ColumnWriter, city: City, made: MadePart, dir: string): Promise<WrittenPart> {
  const { part, receipts } = made;
  const number = String(part.index).padStart(5, "0");
  return {
    index: part.index,
    persons: await write(writer, dir, `persons-${number}.parquet`, personColumns(city, part), part.persons),
    households: await write(writer, dir, `households-${number}.parquet`, householdColumns(city, part), part.households),
    receipts: await write(writer, dir, `receipts-${number}.parquet`, receiptColumns(receipts), receipts.rows),
  };
}

async function write(writer: ColumnWriter, dir: string, file: string, columns: readonly NamedColumn[], rows: number) {
  await writer.write(path.join(dir, file), columns, rows);
  return describeFile(dir, file, rows);
}

function personColumns(city: City, part: Part): NamedColumn[] {
  const person = new Int32Array(part.persons);
  const household = new Int32Array(part.persons);
  for (let row = 0; row < part.persons; row++) {
    person[row] = part.first + row + 1;
    household[row] = householdNumber(part, part.householdOf[row]!);
  }
  return [
    { name: "person", width: "i32", data: person },
    { name: "household", width: "i32", data: household },
    ...factColumns(city, part, "person"),
  ];
}

function householdColumns(city: City, part: Part): NamedColumn[] {
  const household = Int32Array.from({ length: part.households }, (_, h) => householdNumber(part, h));
  const village = Int32Array.from(part.village);
  return [
    { name: "household", width: "i32", data: household },
    { name: "homeX", width: "i32", data: part.x },
    { name: "homeY", width: "i32", data: part.y },
    { name: "village", width: "i32", data: village },
    ...factColumns(city, part, "household"),
  ];
}

function receiptColumns({ person, item, fen, per, since, items, periods }: Receipts): NamedColumn[] {
  return [
    { name: "person", width: "i32", data: person },
    { name: "item", width: "u8", data: item, codes: items },
    { name: "fen", width: "i32", data: fen },
    { name: "per", width: "u8", data: per, codes: periods },
    { name: "since", width: "date", data: since },
  ];
}

/** A household has the number of its first member; numbers begin at 1. */
function householdNumber(part: Part, h: number): number {
  return part.first + part.start[h]! + 1;
}

function factColumns(city: City, part: Part, entity: "person" | "household"): NamedColumn[] {
  return city.facts
    .filter((fact) => fact.entity === entity)
    .map((fact) => ({ name: fact.name, width: factWidth(fact), ...part.columns[fact.name]! }));
}
