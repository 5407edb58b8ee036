import { allocateDecisions, decideRefused, duckdb, emitSql, postgres, type Rulebook } from "@qingdan/list";
import type { Deciding } from "./deciding.ts";
import { openDuckdbPart } from "./sql-engine-duckdb.ts";
import { openPostgresPart } from "./sql-engine-postgres.ts";

/** What decides the people of a run; all give the same answers. */
export const engineNames = ["kernels", "duckdb", "postgres"] as const;
export type EngineName = (typeof engineNames)[number];

/** Decides by a query in a database; what the query refuses is decided row by row. */
export function prepareSqlDeciding(rulebook: Rulebook, name: "duckdb" | "postgres"): Deciding {
  const emitted = emitSql(rulebook, name === "duckdb" ? duckdb : postgres);
  const open = name === "duckdb" ? openDuckdbPart : openPostgresPart;
  let decisions = allocateDecisions(rulebook, 0);
  let capacity = 0;
  return {
    async open(snapshot, part) {
      const query = await open({ rulebook, emitted, snapshot, part });
      return {
        async decide(people) {
          if (people.persons > capacity) {
            capacity = people.persons;
            decisions = allocateDecisions(rulebook, capacity);
          }
          await query.fill(people, decisions);
          decideRefused(rulebook, emitted, people, decisions);
          return decisions;
        },
        close: () => query.close(),
      };
    },
  };
}

/** The items that a run's engine decides row by row, with the reason of the refusal. */
export function rowByRowItems(rulebook: Rulebook, name: EngineName): readonly { item: string; code: string }[] {
  if (name === "kernels") return [];
  const { refused } = emitSql(rulebook, name === "duckdb" ? duckdb : postgres);
  return refused.map(({ item, code }) => ({ item: rulebook.items[item]?.code ?? "", code }));
}
