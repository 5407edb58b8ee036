import {
  consistencyFromTiles,
  inclusionFromTiles,
  type LogLine,
  type ProofFile,
  type TileName,
  tileWidth,
  toBase64,
  verifierKey,
  widthAt,
  writeTlogProof,
} from "@qingdan/proof";
import type { Selectable } from "kysely";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { append } from "./append.ts";
import type { LogKey } from "./log-key.ts";
import { createSealer } from "./seal.ts";
import type { AuditTables } from "./tables.ts";
import { openTiles } from "./tile-store.ts";

export interface LogOptions {
  readonly database: Database;
  readonly key: LogKey;
  readonly now: () => Date;
}

export type StoredLine = Selectable<AuditTables["audit_line"]>;

/** The signed head of the log. */
export interface LogHead {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
  readonly at: Date;
}

/** The public log: what was appended, sealed into a tree that anyone can check. */
export interface Log {
  /** Name and key as a verifier writes them. */
  readonly verifierKey: string;
  /** Seals what is pending; gives how many lines. */
  seal(): Promise<number>;
  /** Undefined while nothing was ever sealed. */
  head(): Promise<LogHead | undefined>;
  /** Hashes of a tile of so many; @throws {Problem} LOG-TILE-UNKNOWN */
  tile(tile: TileName, width: number): Promise<Uint8Array>;
  /** Commitments of a bundle of so many, each after its length; @throws {Problem} LOG-TILE-UNKNOWN */
  entries(n: number, width: number): Promise<Uint8Array>;
  /** @throws {Problem} LOG-LINE-UNKNOWN */
  line(id: number): Promise<StoredLine>;
  /** Lines about a subject, oldest first, from the one after `after`. */
  about(subject: string, after: number, size: number): Promise<StoredLine[]>;
  /** What a resident keeps; seals first where the line is pending. @throws {Problem} LOG-LINE-UNKNOWN, LOG-LINE-ERASED */
  proofFile(id: number): Promise<ProofFile>;
  /** @throws {Problem} LOG-TILE-UNKNOWN where the log was never that long */
  consistency(older: number, newer: number): Promise<Uint8Array[]>;
  /** Destroys content and salt of a line for good; the commitment and every proof stay. */
  erase(id: number, why: { readonly reason: string; readonly by: string }): Promise<void>;
  /** Seals every `milliseconds` until `close`. */
  keepSealing(milliseconds: number, onError: (error: unknown) => void): void;
  close(): Promise<void>;
}

const unknownTile = () =>
  new Problem("LOG-TILE-UNKNOWN", {
    zh: "只有检查点所及的部分可以读取",
    en: "Only what the checkpoint reaches can be read",
  });

export function openLog({ database, key, now }: LogOptions): Log {
  const sealer = createSealer({ database, key, now });
  const tiles = openTiles(database);
  let sealing: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const seal = () => {
    const next = sealing.then(() => sealer.seal());
    sealing = next.catch(() => undefined);
    return next;
  };
  let latest: LogHead | undefined;
  const head = async () => {
    latest = await database
      .selectFrom("audit_checkpoint")
      .selectAll()
      .orderBy("size", "desc")
      .limit(1)
      .executeTakeFirst();
    return latest;
  };
  /** A head whose tree holds a leaf: an earlier one proves it as well as the newest. */
  const headOver = async (leaf: number) => (latest && latest.size > leaf ? latest : head());
  const line = async (id: number) => {
    const found = await database.selectFrom("audit_line").selectAll().where("id", "=", id).executeTakeFirst();
    if (found) return found;
    throw new Problem("LOG-LINE-UNKNOWN", { zh: `日志没有第 ${id} 条`, en: `The log has no line ${id}` });
  };
  const requireWidth = async (tile: TileName, width: number) => {
    const size = (await head())?.size ?? 0;
    if (width < 1 || width > widthAt(tile, size)) throw unknownTile();
    return size;
  };
  return {
    verifierKey: verifierKey(key.verifier),
    seal,
    head,
    line,
    async tile(tile, width) {
      const size = await requireWidth(tile, width);
      return (await tiles.at(size)(tile)).slice(0, width * 32);
    },
    async entries(n, width) {
      await requireWidth({ level: 0, n }, width);
      return readEntries(database, n * tileWidth, width);
    },
    about: (subject, after, size) =>
      database
        .selectFrom("audit_line")
        .selectAll()
        .where("subject", "=", subject)
        .where("id", ">", after)
        .orderBy("id")
        .limit(size)
        .execute(),
    async proofFile(id) {
      const found = await line(id);
      if (found.leaf === null) await seal();
      const stored = found.leaf === null ? await line(id) : found;
      const signed = stored.leaf === null ? undefined : await headOver(stored.leaf);
      if (stored.leaf === null || !signed) throw new Error(`Line ${id} was not sealed`);
      const { salt } = stored;
      const content = contentOf(stored);
      if (!salt || !content) {
        throw new Problem("LOG-LINE-ERASED", {
          zh: "内容和盐已销毁，只剩下承诺值",
          en: "Content and salt were destroyed; only the commitment is left",
        });
      }
      const proof = await inclusionFromTiles(stored.leaf, signed.size, tiles.at(signed.size));
      return {
        format: "qingdan-proof@1",
        line: content,
        salt: toBase64(salt),
        proof: writeTlogProof({ index: stored.leaf, proof, checkpoint: signed.note }),
        key: verifierKey(key.verifier),
      };
    },
    async consistency(older, newer) {
      const size = (await head())?.size ?? 0;
      if (older > newer || newer > size) throw unknownTile();
      return consistencyFromTiles(older, newer, tiles.at(newer));
    },
    async erase(id, { reason, by }) {
      await line(id);
      const at = now();
      await database.transaction().execute(async (tx) => {
        await tx
          .updateTable("audit_line")
          .set({ salt: null, body: null, subject: null, actor: null, erased_at: at })
          .where("id", "=", id)
          .where("salt", "is not", null)
          .execute();
        await append(tx, { kind: "log.erase", subject: `line:${id}`, body: { reason }, at, by });
      });
    },
    keepSealing(milliseconds, onError) {
      timer = setInterval(() => void seal().catch(onError), milliseconds);
      timer.unref();
    },
    async close() {
      clearInterval(timer);
      await sealing;
    },
  };
}

/** A stored line as it was written; undefined once erased. */
export function contentOf({ kind, subject, body, actor, at }: StoredLine): LogLine | undefined {
  if (subject === null || body === null || actor === null) return undefined;
  return { kind, subject, body: JSON.parse(body), at: at.toISOString(), by: actor };
}

/** Each entry is a commitment of 32 bytes behind its length in two bytes. https://c2sp.org/tlog-tiles */
async function readEntries(database: Database, from: number, width: number): Promise<Uint8Array> {
  const rows = await database
    .selectFrom("audit_line")
    .select("commitment")
    .where("leaf", ">=", from)
    .where("leaf", "<", from + width)
    .orderBy("leaf")
    .execute();
  if (rows.length !== width) throw new Error(`Leaves ${from} to ${from + width} are not all there`);
  return Uint8Array.from(rows.flatMap(({ commitment }) => [0, commitment.length, ...commitment]));
}
