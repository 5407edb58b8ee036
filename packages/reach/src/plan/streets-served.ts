import type { Terms } from "../site/fair-program.ts";
import type { PlanningModel } from "./planning-model.ts";
import type { PlanningProgram } from "./planning-program.ts";

/** The people of a street who need a service, and the share of them that is served in the last year, as a sum of columns. */
export interface StreetServed {
  readonly service: number;
  readonly street: string;
  readonly people: number;
  readonly served: Terms;
  /** Share who could be served if every site had the service and room. */
  readonly most: number;
}

/** Every street and service of which somebody is in need. */
export function streetsServed(
  { services, blocks, years }: PlanningModel,
  { share }: Pick<PlanningProgram, "share">,
): readonly StreetServed[] {
  const streets = [...new Set(blocks.map(({ street }) => street))];
  return services.flatMap(({ group }, service) =>
    streets.flatMap((street): StreetServed[] => {
      const own = [...blocks.keys()].filter((i) => blocks[i]!.street === street);
      const people = own.reduce((sum, i) => sum + (blocks[i]!.people[group] ?? 0), 0);
      if (people === 0) return [];
      const served = own.flatMap((i) => {
        const column = share(i, service, years.length - 1);
        return column === undefined ? [] : [[column, blocks[i]!.people[group]! / people] as const];
      });
      return [{ service, street, people, served, most: served.reduce((sum, [, value]) => sum + value, 0) }];
    }),
  );
}

/** The share of each in a solution. */
export function servedShares(streets: readonly StreetServed[], solution: Float64Array): Float64Array {
  return Float64Array.from(streets, ({ served }) =>
    served.reduce((sum, [column, value]) => sum + value * solution[column]!, 0),
  );
}
