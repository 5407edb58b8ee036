import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "./database.ts";
import { migrations } from "./migrations.ts";

const manifest = z.strictObject({
  format: z.literal(1),
  at: z.iso.datetime(),
  migrations: z.array(z.string()),
  tables: z.array(z.strictObject({ name: z.string().regex(/^[a-z_]+$/), rows: z.int(), sha256: z.string() })),
  sequences: z.array(z.strictObject({ name: z.string().regex(/^[a-z_]+$/), next: z.int() })),
});
export type BackupManifest = z.infer<typeof manifest>;

/** A backup that cannot be written or read back; nothing was changed. */
export class BackupError extends Error {
  readonly code: "BACKUP-FOLDER" | "BACKUP-DAMAGED" | "BACKUP-VERSION" | "BACKUP-NOT-EMPTY";
  readonly words: { readonly zh: string; readonly en: string };

  constructor(code: BackupError["code"], zh: string, en: string) {
    super(en);
    this.code = code;
    this.words = { zh, en };
  }
}

/** Rows that are read and written at once. */
const rowsAtOnce = 2000;

/**
 * Writes the whole operational store into a new folder as it stands at one moment: a gzipped file of JSON lines a table, and a
 * manifest with counts and hashes. It reads back into the embedded store and a PostgreSQL server alike.
 *
 * @throws {BackupError} BACKUP-FOLDER
 */
export async function backupDatabase(database: Database, folder: string, at: Date): Promise<BackupManifest> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new BackupError("BACKUP-FOLDER", `${folder} 不是空文件夹`, `${folder} is not an empty folder`);
  }
  const written = await database
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (tx) => {
      const tables: BackupManifest["tables"] = [];
      for (const name of await tableNames(tx))
        tables.push(await writeTable(tx, name, path.join(folder, `${name}.ndjson.gz`)));
      const { rows } = await sql<{ name: string; next: number }>`
        select sequencename as name, coalesce(last_value, 0) + 1 as next from pg_sequences
        where schemaname = current_schema() order by 1`.execute(tx);
      const sequences = rows.map(({ name, next }) => ({ name, next: Number(next) }));
      return {
        format: 1 as const,
        at: at.toISOString(),
        migrations: Object.keys(migrations).toSorted(),
        tables,
        sequences,
      };
    });
  // The manifest is written last: a folder without one is no backup.
  await writeFile(path.join(folder, "manifest.json"), `${JSON.stringify(written, null, 2)}\n`);
  return written;
}

/** Tables, those that others refer to first. */
async function tableNames(db: Database): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema() and tablename not like 'kysely_%' order by 1`.execute(
    db,
  );
  const references = await sql<{ name: string; to: string }>`
    select child.relname as name, parent.relname as to from pg_constraint
    join pg_class child on child.oid = conrelid join pg_class parent on parent.oid = confrelid
    where contype = 'f' and conrelid <> confrelid`.execute(db);
  const ordered: string[] = [];
  const visit = (name: string): void => {
    if (ordered.includes(name)) return;
    for (const reference of references.rows) if (reference.name === name) visit(reference.to);
    ordered.push(name);
  };
  for (const { name } of tables.rows) visit(name);
  return ordered;
}

async function writeTable(tx: Database, name: string, file: string): Promise<BackupManifest["tables"][number]> {
  const hash = createHash("sha256");
  let rows = 0;
  async function* lines() {
    // Rows in the order of the primary key: a row is there before those that continue it.
    const key = await sql<{ columns: string }>`
      select string_agg(quote_ident(attname), ', ' order by array_position(indkey::int2[], attnum)) as columns
      from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
      where indrelid = ${name}::regclass and indisprimary`.execute(tx);
    await sql`declare backup_rows cursor for select row_to_json(t)::text as line from ${sql.table(name)} t order by ${sql.raw(key.rows[0]?.columns ?? "1")}`.execute(
      tx,
    );
    for (let more = true; more; ) {
      const fetched = await sql<{ line: string }>`fetch ${sql.raw(String(rowsAtOnce))} from backup_rows`.execute(tx);
      for (const { line } of fetched.rows) {
        rows += 1;
        hash.update(`${line}\n`);
        yield `${line}\n`;
      }
      more = fetched.rows.length === rowsAtOnce;
    }
    await sql`close backup_rows`.execute(tx);
  }
  await pipeline(lines, createGzip(), createWriteStream(file));
  return { name, rows, sha256: hash.digest("hex") };
}

/**
 * Reads a backup into a store without rows: all of it or nothing.
 *
 * @throws {BackupError} BACKUP-DAMAGED, BACKUP-VERSION, BACKUP-NOT-EMPTY
 */
export async function restoreDatabase(database: Database, folder: string): Promise<BackupManifest> {
  const read = await readManifest(folder);
  const here = Object.keys(migrations).toSorted();
  if (JSON.stringify(read.migrations) !== JSON.stringify(here)) {
    const other = [...read.migrations, ...here].filter(
      (name) => !(read.migrations.includes(name) && here.includes(name)),
    );
    throw new BackupError(
      "BACKUP-VERSION",
      `备份的表结构与本版本不同：${other.join(", ")}`,
      `The backup has other tables than this version: ${other.join(", ")}`,
    );
  }
  await database.transaction().execute(async (tx) => {
    for (const { name } of read.tables) {
      const { rows } = await sql<{ any: boolean }>`select exists (select from ${sql.table(name)}) as any`.execute(tx);
      if (rows[0]?.any)
        throw new BackupError(
          "BACKUP-NOT-EMPTY",
          `表 ${name} 已有数据，请恢复到新的存储`,
          `The table ${name} holds rows; restore into a new store`,
        );
    }
    for (const table of read.tables) await readTable(tx, table, path.join(folder, `${table.name}.ndjson.gz`));
    for (const { name, next } of read.sequences)
      await sql`select setval(${name}::regclass, ${next}::bigint, false)`.execute(tx);
  });
  return read;
}

async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(path.join(folder, "manifest.json"), "utf8").catch(() => "null");
  const read = manifest.safeParse(JSON.parse(text));
  if (read.success) return read.data;
  throw new BackupError("BACKUP-DAMAGED", `${folder} 没有完整的 manifest.json`, `${folder} has no whole manifest.json`);
}

async function readTable(
  tx: Database,
  { name, rows, sha256 }: BackupManifest["tables"][number],
  file: string,
): Promise<void> {
  const hash = createHash("sha256");
  const counted = new Transform({
    transform(chunk, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const columns = await sql<{ columns: string }>`
    select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
    where attrelid = ${name}::regclass and attnum > 0 and not attisdropped`.execute(tx);
  const list = sql.raw(columns.rows[0]?.columns ?? "");
  const write = (lines: readonly string[]) =>
    sql`insert into ${sql.table(name)} (${list}) overriding system value
      select ${list} from json_populate_recordset(null::${sql.table(name)}, ${`[${lines.join(",")}]`}::json)`.execute(
      tx,
    );
  const damaged = () =>
    new BackupError(
      "BACKUP-DAMAGED",
      `${name} 的文件不完整或被改动`,
      `The file of ${name} is incomplete or was changed`,
    );
  let [read, block] = [0, [] as string[]];
  const unzipped = createReadStream(file).on("error", (error) => unzipping.destroy(error));
  const unzipping = unzipped.pipe(createGunzip());
  unzipping.on("error", (error) => counted.destroy(error));
  try {
    for await (const line of createInterface({ input: unzipping.pipe(counted) })) {
      block.push(line);
      read += 1;
      if (block.length < rowsAtOnce) continue;
      await write(block);
      block = [];
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) throw damaged();
    throw error;
  }
  if (block.length > 0) await write(block);
  if (read !== rows || hash.digest("hex") !== sha256) throw damaged();
}
