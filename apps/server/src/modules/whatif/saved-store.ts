import { createHash } from "node:crypto";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import type { Ground, SavedCards, SavedPage, SimulateRequest, SimulationPage } from "./model.ts";

/** What-ifs that were kept, each under the hash of what it is a function of. */
export interface SavedStore {
  /** Keeps a what-if; the same what-if is kept once, under its first title. */
  save(what: {
    readonly title: string;
    readonly author: string;
    readonly request: SimulateRequest;
    readonly simulation: SimulationPage;
  }): Promise<string>;
  /** @throws {Problem} WHATIF-SAVED-UNKNOWN */
  one(hash: string): Promise<Omit<SavedPage, "current">>;
  /** Newest first. */
  all(page: { page: number; size: number }): Promise<SavedCards>;
}

/** The same reforms of the same list, rulebook and people. */
export function savedHash({ listHash, rulebookHash, snapshotHash }: Ground, { reforms }: SimulateRequest): string {
  const content = { listHash, rulebookHash, snapshotHash, reforms };
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

export function createSavedStore(database: Database, now: () => Date): SavedStore {
  return {
    async save({ title, author, request, simulation }) {
      const hash = savedHash(simulation.ground, request);
      const { list, listHash, rulebookHash, snapshotHash } = simulation.ground;
      await database
        .insertInto("whatif_saved")
        .values({
          hash,
          title,
          author,
          list: list.code,
          list_hash: listHash,
          rulebook_hash: rulebookHash,
          snapshot_hash: snapshotHash,
          reforms: JSON.stringify(request),
          simulation: JSON.stringify(simulation),
          saved_at: now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return hash;
    },
    async one(hash) {
      const row = await database.selectFrom("whatif_saved").selectAll().where("hash", "=", hash).executeTakeFirst();
      if (!row) {
        throw new Problem("WHATIF-SAVED-UNKNOWN", { zh: `没有存过 ${hash}`, en: `Nothing is saved under ${hash}` });
      }
      return {
        hash,
        title: row.title,
        author: row.author,
        savedAt: row.saved_at.toISOString(),
        request: JSON.parse(row.reforms),
        simulation: JSON.parse(row.simulation),
      };
    },
    async all({ page, size }) {
      const { total } = await database
        .selectFrom("whatif_saved")
        .select((of) => of.fn.countAll<string>().as("total"))
        .executeTakeFirstOrThrow();
      const rows = await database
        .selectFrom("whatif_saved")
        .select(["hash", "title", "author", "saved_at"])
        .orderBy("saved_at", "desc")
        .orderBy("hash")
        .limit(size)
        .offset((page - 1) * size)
        .execute();
      const saved = rows.map(({ saved_at, ...row }) => ({ ...row, savedAt: saved_at.toISOString() }));
      return { total: Number(total), page, size, saved };
    },
  };
}
