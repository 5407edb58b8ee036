import { type TileName, type TileReader, widthAt } from "@qingdan/proof";
import { sql } from "kysely";
import type { Database, DatabaseTransaction } from "../../store/database.ts";

const hashLength = 32;
/** Tiles kept in memory: at most 8 kB each. */
const mostTiles = 1024;

/** Tiles as the store holds them. Their beginnings never change, so a tile is read again only when it must have grown. */
export interface TileStore {
  /** Reads for a tree of `size` leaves. */
  at(size: number): TileReader;
}

export function openTiles(database: Database): TileStore {
  const known = new Map<string, Promise<Uint8Array>>();
  const remember = (name: string, hashes: Promise<Uint8Array>) => {
    if (known.size >= mostTiles) known.clear();
    known.set(name, hashes);
    hashes.catch(() => known.delete(name));
    return hashes;
  };
  return {
    at: (size) => async (tile) => {
      const name = `${tile.level}/${tile.n}`;
      const hashes = await (known.get(name) ?? remember(name, readTile(database, tile)));
      if (hashes.length >= widthAt(tile, size) * hashLength) return hashes;
      return remember(name, readTile(database, tile));
    },
  };
}

/** The stored hashes of a tile; none where there is no such tile yet. */
export async function readTile(database: Database | DatabaseTransaction, { level, n }: TileName): Promise<Uint8Array> {
  const row = await database
    .selectFrom("audit_tile")
    .select("hashes")
    .where("level", "=", level)
    .where("n", "=", n)
    .executeTakeFirst();
  return row?.hashes ?? new Uint8Array(0);
}

export async function writeTiles(
  tx: DatabaseTransaction,
  tiles: readonly (TileName & { readonly hashes: Uint8Array })[],
): Promise<void> {
  await tx
    .insertInto("audit_tile")
    .values([...tiles])
    .onConflict((conflict) => conflict.columns(["level", "n"]).doUpdateSet({ hashes: sql`excluded.hashes` }))
    .execute();
}
