import {
  checkpointText,
  edgeFromTiles,
  growTiles,
  leafHash,
  rootFromTiles,
  type TileEdge,
  type TileReader,
} from "@qingdan/proof";
import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../../store/database.ts";
import type { LogKey } from "./log-key.ts";
import { readTile, writeTiles } from "./tile-store.ts";

/** Lines that are sealed in one transaction. */
const atOnce = 8192;
/** Any number, always the same: who holds this lock seals. */
const sealLock = 7_306_962;

/** The root of the whole needs the last tile of each level only, and those are the edge. */
function edgeReader({ open }: TileEdge): TileReader {
  return async ({ level }) => Buffer.concat(open[level]!);
}

export interface SealOptions {
  readonly database: Database;
  readonly key: LogKey;
  readonly now: () => Date;
}

/** The newest checkpoint's size. */
async function sizeNow(tx: DatabaseTransaction): Promise<number> {
  const head = await tx
    .selectFrom("audit_checkpoint")
    .select("size")
    .orderBy("size", "desc")
    .limit(1)
    .executeTakeFirst();
  return head?.size ?? 0;
}

/**
 * Gives every committed line its place in the tree, stores the tiles that changed and signs the new head, all in one
 * transaction: a log that is killed in between is as it was. Only one process seals at a time.
 */
export function createSealer({ database, key, now }: SealOptions): { seal(): Promise<number> } {
  let edge: TileEdge | undefined;

  const sealSome = async (tx: DatabaseTransaction): Promise<number> => {
    await sql`SELECT pg_advisory_xact_lock(${sealLock})`.execute(tx);
    const pending = await tx
      .selectFrom("audit_line")
      .select(["id", "commitment"])
      .where("leaf", "is", null)
      .orderBy("id")
      .limit(atOnce)
      .execute();
    if (pending.length === 0) return 0;
    const size = await sizeNow(tx);
    // Another process may have sealed since.
    if (edge?.size !== size) edge = await edgeFromTiles(size, (tile) => readTile(tx, tile));
    const tiles = growTiles(
      edge,
      pending.map(({ commitment }) => leafHash(commitment)),
    );
    await writeTiles(tx, tiles);
    // The ids as one text: the embedded store and a server take it alike.
    const ids = `{${pending.map(({ id }) => id).join(",")}}`;
    await sql`UPDATE audit_line SET leaf = ${size}::bigint + placed.nth - 1
      FROM unnest(${ids}::text::bigint[]) WITH ORDINALITY AS placed (id, nth)
      WHERE audit_line.id = placed.id`.execute(tx);
    const root = await rootFromTiles(edge.size, edgeReader(edge));
    const note = key.sign(checkpointText({ origin: key.verifier.name, size: edge.size, root }));
    await tx.insertInto("audit_checkpoint").values({ size: edge.size, root, note, at: now() }).execute();
    return pending.length;
  };

  return {
    async seal() {
      let sealed = 0;
      for (;;) {
        const some = await database
          .transaction()
          .execute(sealSome)
          .catch((error) => {
            // The edge has grown by leaves that were not stored.
            edge = undefined;
            throw error;
          });
        sealed += some;
        if (some < atOnce) return sealed;
      }
    },
  };
}
