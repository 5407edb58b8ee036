import type { PlanningModel } from "./planning-model.ts";
import { bind, demandOf, type PlanningProgram, plus, times } from "./planning-program.ts";

/**
 * Rows by which the last year serves as many as the open sites can, for aims that would gain from somebody being turned away:
 * where somebody is not served (`left`), every open site near them is full, and so is every one near those whom a full site
 * serves; no way is left to make room (the optimality of a flow, Ford and Fulkerson 1956).
 */
export function serveAllRows(model: PlanningModel, program: PlanningProgram): void {
  const { build } = program;
  const t = model.years.length - 1;
  const only = (column: number) => ({ terms: [[column, 1] as const], constant: 0 });
  model.services.forEach((service, k) => {
    const most = demandOf(model, service);
    const full = model.sites.map((_, j) => {
      const load = program.load(j, k, t);
      if (!load) return undefined;
      const column = build.column(0, 0, 1, true);
      // Full: the load is no less than the room.
      bind(build, plus([load, times(program.capacity(j, k, t), -1), times(only(column), -most)]), -most, Infinity);
      return column;
    });
    model.blocks.forEach((_, i) => {
      const share = program.share(i, k, t);
      if (share === undefined) return;
      const left = build.column(0, 0, 1, true);
      build.row(1, Infinity, [[share, 1] as const, [left, 1] as const]);
      const near = program.inReach(i, k);
      const pairs = near.flatMap((j) => program.pair(i, j, k, t) ?? []);
      // Who is given a place is served.
      if (pairs.length > 0) build.row(0, Infinity, [[share, 1] as const, ...pairs.map((c) => [c, -1] as const)]);
      for (const j of near) {
        const isFull = full[j];
        const beside = isFull === undefined ? [] : [times(only(isFull), -1)];
        bind(build, plus([only(left), program.open(j, k, t), ...beside]), -Infinity, 1);
        const pair = program.pair(i, j, k, t);
        if (isFull !== undefined && pair !== undefined)
          build.row(-Infinity, 1, [[pair, 1] as const, [isFull, 1] as const, [left, -1] as const]);
      }
    });
  });
}
