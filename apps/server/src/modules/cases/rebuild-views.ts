import { sql } from "kysely";
import { nextDue } from "./case-clocks.ts";
import type { Cases } from "./seams.ts";

/** Cases that are read and written at once. */
const casesAtOnce = 500;

/**
 * Reckons again what lists show of limits that ran into a year without an arrangement of holidays: once the State Council has
 * published it, and the calendar holds it, they have their day. Done at every start; gives how many cases now have theirs.
 * Nobody acts on a case by it: its journal stays as it is.
 */
export async function rebuildWithoutDue({ database, store, calendar }: Cases): Promise<number> {
  let rebuilt = 0;
  for (let after = ""; ; ) {
    const views = await database
      .selectFrom("case_view")
      .selectAll()
      .where("without_due", "=", sql<boolean>`true`)
      .where("id", ">", after)
      .orderBy("id")
      .limit(casesAtOnce)
      .execute();
    const last = views.at(-1);
    if (!last) return rebuilt;
    const states = await store.loadMany(database, views);
    for (const [at, view] of views.entries()) {
      const state = states[at];
      const { guide } = await store.guide(database, view.guide_hash);
      const next = state && nextDue(guide, state, calendar);
      // Some other limit of it may still have no day; what is known of it counts all the same.
      if (!next || (next.withoutDue && next.due === view.due)) continue;
      const { due, warn, withoutDue } = next;
      const done = await database
        .updateTable("case_view")
        .set({ due, warn, without_due: withoutDue, sort_day: due ?? "9999-12-31" })
        .where("id", "=", view.id)
        // Whoever acted in between has reckoned it with the same calendar.
        .where("seq", "=", view.seq)
        .executeTakeFirst();
      if (done.numUpdatedRows === 1n && !withoutDue) rebuilt += 1;
    }
    after = last.id;
  }
}
