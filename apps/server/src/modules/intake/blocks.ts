import path from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Column, People } from "@qingdan/list";
import type { BlockOptions, BlockRequest } from "./block-request.ts";
import { ColumnStream, type Filling } from "./column-stream.ts";
import { allocateColumn, factWidth, isColumnFact, type SnapshotFact } from "./fact-column.ts";
import { IntakeError } from "./intake-error.ts";
import type { Manifest, ManifestColumn } from "./manifest.ts";

/** Some households with all their members, and the identifiers of both. */
export interface PeopleBlock {
  readonly people: People;
  readonly personIds: Int32Array;
  readonly householdIds: Int32Array;
}

/** Stored number -> number the reader uses; absent when they are the same. */
type Renumbering = Uint16Array | undefined;

interface ReadColumn {
  readonly fact: SnapshotFact;
  readonly select: string;
  readonly renumber: Renumbering;
}

interface Source {
  readonly dir: string;
  readonly manifest: Manifest;
  readonly request: BlockRequest;
  readonly options: BlockOptions;
}

/** An area code of the snapshot that the reader does not know. */
const unknownArea = 0xffff;

export async function* readBlocks(source: Source): AsyncGenerator<PeopleBlock> {
  const { manifest, request, options } = source;
  const personFacts = planColumns(manifest, request, "person");
  const householdFacts = planColumns(manifest, request, "household");
  const parts = options.parts ?? manifest.files.persons.map((_, index) => index);
  if (parts.length === 0) return;
  const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "1GB" });
  const connection = await instance.connect();
  try {
    const persons = openStream(connection, source, "persons", parts, personFacts);
    const households = openStream(await instance.connect(), source, "households", parts, householdFacts);
    yield* cutBlocks(persons, households, { personFacts, householdFacts, options });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function planColumns(manifest: Manifest, request: BlockRequest, entity: "person" | "household"): ReadColumn[] {
  const stored = new Map(
    (entity === "person" ? manifest.columns.persons : manifest.columns.households).map((column) => [
      column.name,
      column,
    ]),
  );
  return request.facts
    .filter((fact) => fact.entity === entity && isColumnFact(fact))
    .map((fact) => {
      const column = stored.get(fact.name);
      if (column?.type !== fact.type) throw missingFact(fact, column);
      const name = `"${fact.name}"`;
      const width = factWidth(fact);
      const select = width === "f64" || width === "i32" ? `${name}::${width === "f64" ? "DOUBLE" : "INTEGER"}` : name;
      return { fact, select, renumber: planRenumbering(manifest, request, fact, column) };
    });
}

function planRenumbering(
  manifest: Manifest,
  request: BlockRequest,
  fact: SnapshotFact,
  column: ManifestColumn,
): Renumbering {
  const [from, to] =
    fact.type === "area"
      ? [manifest.areas, request.areas]
      : [column.values ?? [], (fact.values ?? []).map((value) => value.code)];
  if (from.every((code, index) => to[index] === code)) return undefined;
  const position = new Map(to.map((code, index) => [code, index]));
  return Uint16Array.from(from, (code) => {
    const index = position.get(code);
    if (index !== undefined) return index;
    if (fact.type === "area") return unknownArea;
    throw missingFact(fact, column);
  });
}

function openStream(
  connection: DuckDBConnection,
  { dir, manifest }: Source,
  entity: "persons" | "households",
  parts: readonly number[],
  columns: readonly ReadColumn[],
): ColumnStream {
  const files = parts.map((part) => `'${path.join(dir, manifest.files[entity][part]!.file).replaceAll("'", "''")}'`);
  const keys = entity === "persons" ? ["person::INTEGER", "household::INTEGER"] : ["household::INTEGER"];
  const select = [...keys, ...columns.map((column) => column.select)].join(", ");
  return new ColumnStream(connection, `SELECT ${select} FROM read_parquet([${files.join(", ")}])`);
}

interface Plan {
  readonly personFacts: readonly ReadColumn[];
  readonly householdFacts: readonly ReadColumn[];
  readonly options: BlockOptions;
}

/** Fills buffers of persons and cuts each before the household that may go on in the next. */
async function* cutBlocks(persons: ColumnStream, households: ColumnStream, plan: Plan): AsyncGenerator<PeopleBlock> {
  const { shared = false, personsPerBlock = 65_536, signal } = plan.options;
  const allocate = (capacity: number) => [
    ...[0, 1].map((): Filling => ({ width: "i32", data: allocateColumn("i32", capacity, shared) })),
    ...plan.personFacts.map(({ fact }) => newFilling(fact, capacity, shared)),
  ];
  // One row more than a block holds tells whether the last household goes on.
  let buffer = allocate(personsPerBlock + 1);
  let filled = 0;
  for (;;) {
    signal?.throwIfAborted();
    const capacity = buffer[0]!.data.length;
    filled += await persons.read(buffer, filled, capacity - filled);
    const ended = filled < capacity;
    const cut = cutRows(buffer[1]!.data, filled, ended, personsPerBlock);
    const rest = filled - cut;
    const next =
      ended && rest === 0 ? undefined : allocate(cut === 0 ? capacity * 2 : Math.max(personsPerBlock, rest) + 1);
    if (next) copyRows(buffer, next, cut, filled);
    if (cut > 0) yield await makeBlock(buffer, cut, households, plan);
    if (!next) return;
    buffer = next;
    filled -= cut;
  }
}

function newFilling(fact: SnapshotFact, length: number, shared: boolean): Filling {
  const width = factWidth(fact);
  return { width, data: allocateColumn(width, length, shared) };
}

/**
 * Where to cut: after the last household that is whole within `most` rows, or after the first where that alone is larger; 0 when
 * no household is known to be whole.
 */
function cutRows(household: Column["data"], rows: number, ended: boolean, most: number): number {
  const whole = (end: number) => (end < rows ? household[end] !== household[end - 1] : ended);
  for (let end = Math.min(most, rows); end > 0; end--) if (whole(end)) return end;
  for (let end = most + 1; end <= rows; end++) if (whole(end)) return end;
  return 0;
}

function copyRows(from: readonly Filling[], to: readonly Filling[], start: number, end: number): void {
  from.forEach((column, index) => {
    const target = to[index]!;
    target.data.set(column.data.subarray(start, end));
    if (!column.unknown) return;
    target.unknown = newBits(target.data);
    for (let row = start; row < end; row++) {
      if ((column.unknown[row >>> 3]! >>> (row & 7)) & 1) setBit(target.unknown, row - start);
    }
  });
}

function newBits(data: Column["data"]): Uint8Array {
  const bytes = (data.length + 7) >>> 3;
  return new Uint8Array(
    data.buffer instanceof SharedArrayBuffer ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes),
  );
}

function setBit(bits: Uint8Array, row: number): void {
  bits[row >>> 3]! |= 1 << (row & 7);
}

async function makeBlock(
  rows: readonly Filling[],
  persons: number,
  households: ColumnStream,
  plan: Plan,
): Promise<PeopleBlock> {
  const shared = plan.options.shared ?? false;
  const ofPerson = rows[1]!.data;
  const householdOf = allocateColumn("i32", persons, shared) as Int32Array;
  let count = 0;
  for (let row = 0; row < persons; row++) {
    if (row > 0 && ofPerson[row] !== ofPerson[row - 1]) count++;
    householdOf[row] = count;
  }
  count++;
  const start = allocateColumn("i32", count + 1, shared) as Int32Array;
  const members = allocateColumn("i32", persons, shared) as Int32Array;
  for (let row = 0; row < persons; row++) members[row] = row;
  for (let row = persons - 1; row >= 0; row--) start[householdOf[row]!] = row;
  start[count] = persons;

  const ids: Filling = { width: "i32", data: allocateColumn("i32", count, shared) };
  const columns = plan.householdFacts.map(({ fact }) => newFilling(fact, count, shared));
  const read = await households.read([ids, ...columns], 0, count);
  for (let group = 0; group < count; group++) {
    if (group >= read || ids.data[group] !== ofPerson[start[group]!]) throw householdsApart(ofPerson[start[group]!]!);
  }
  return {
    people: {
      persons,
      households: count,
      personColumns: finish(plan.personFacts, rows.slice(2), persons),
      householdColumns: finish(plan.householdFacts, columns, count),
      householdOf,
      household: { start, members },
    },
    personIds: rows[0]!.data.subarray(0, persons) as Int32Array,
    householdIds: ids.data as Int32Array,
  };
}

function finish(plan: readonly ReadColumn[], columns: readonly Filling[], rows: number): Record<string, Column> {
  const finished: Record<string, Column> = {};
  plan.forEach(({ fact, renumber }, index) => {
    const column = columns[index]!;
    const data = column.data.subarray(0, rows);
    if (renumber) renumberRows(fact, data, column.unknown, renumber);
    finished[fact.name] = column.unknown ? { data, unknown: column.unknown.subarray(0, (rows + 7) >>> 3) } : { data };
  });
  return finished;
}

function renumberRows(
  fact: SnapshotFact,
  data: Column["data"],
  unknown: Uint8Array | undefined,
  to: Uint16Array,
): void {
  for (let row = 0; row < data.length; row++) {
    if (unknown && (unknown[row >>> 3]! >>> (row & 7)) & 1) continue;
    const number = to[data[row]!]!;
    if (number === unknownArea && fact.type === "area") throw areaUnknown(fact);
    data[row] = number;
  }
}

function missingFact(fact: SnapshotFact, column: ManifestColumn | undefined): IntakeError {
  return new IntakeError({
    code: "SNAPSHOT-FACT-MISSING",
    place: `manifest.json#/columns/${fact.name}`,
    words: column
      ? {
          zh: `事实“${fact.name}”的类型或取值与词典不同。`,
          en: `The fact ${fact.name} has another type or other values than the dictionary says.`,
        }
      : { zh: `快照没有事实“${fact.name}”这一列。`, en: `The snapshot has no column for the fact ${fact.name}.` },
    hint: { zh: "请按当前事实词典重新生成或导入。", en: "Make or import it again with the present fact dictionary." },
  });
}

function areaUnknown(fact: SnapshotFact): IntakeError {
  return new IntakeError({
    code: "SNAPSHOT-AREA-UNKNOWN",
    place: `persons#${fact.name}`,
    words: { zh: "有人所在的区划不在清单的区划表里。", en: "People stand in an area that the list does not have." },
    hint: {
      zh: "请用包含该区划的清单运行，例如示范城市自己的清单。",
      en: "Run with a list that has the area, such as the demo city's own.",
    },
  });
}

function householdsApart(household: number): IntakeError {
  return new IntakeError({
    code: "SNAPSHOT-HOUSEHOLDS-APART",
    place: `household ${household}`,
    words: {
      zh: "同户成员没有排在一起，或户表与人表顺序不同。",
      en: "Members of a household do not stand together, or the households stand in another order than the persons.",
    },
    hint: { zh: "请重新导入，导入会排好顺序。", en: "Import again: the import puts them in order." },
  });
}
