import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { type Barrier, readBarriers } from "./roads-barriers.ts";

const town = z.strictObject({
  code: z.string(),
  rural: z.boolean(),
  /** Weights of people with local hukou and with hukou elsewhere. */
  local: z.number().nonnegative(),
  other: z.number().nonnegative(),
  /** Centre and radius in metres on the city's grid. */
  x: z.number(),
  y: z.number(),
  radius: z.number().positive(),
  /** Clusters of homes outside the centre; 0 in a town proper. */
  villages: z.number().int().nonnegative(),
  flooded: z.boolean().optional(),
});

const file = z.strictObject({
  districts: z.array(
    z.strictObject({ code: z.string(), mealPilot: z.enum(["national", "local"]).optional(), towns: z.array(town) }),
  ),
});

export type Town = z.infer<typeof town> & {
  readonly district: number;
  readonly mealPilot: "none" | "national" | "local";
};

export interface Places {
  readonly towns: readonly Town[];
  /** First town of each district and one past the last. */
  readonly firstTown: readonly number[];
  /** Water, rails and the ring. */
  readonly barriers: readonly Barrier[];
}

export function readPlaces(): Places {
  const { districts } = file.parse(parse(readFileSync(fileURLToPath(new URL("places.yaml", import.meta.url)), "utf8")));
  const towns = districts.flatMap(({ towns: inDistrict, mealPilot }, district) =>
    inDistrict.map((one) => ({ ...one, district, mealPilot: mealPilot ?? ("none" as const) })),
  );
  const firstTown = [0];
  for (const district of districts) firstTown.push(firstTown.at(-1)! + district.towns.length);
  return { towns, firstTown, barriers: readBarriers() };
}

/** Metres from its centre within which most homes of a town or village lie: the scale of the draw in assign-places.ts. */
export function homeSpread(town: Town, village: number): number {
  if (village > 0) return 220;
  return town.villages > 0 ? 450 : town.radius * 0.55;
}

/** Where village 1, 2, ... of a town lies; 0 is the town itself. Villages lie on a spiral: the golden angle spreads them evenly. */
export function villageCentre({ x, y, radius, villages }: Town, village: number): readonly [x: number, y: number] {
  if (village === 0) return [x, y];
  const turn = village * 2.399963;
  const distance = radius * Math.sqrt((village + 0.5) / (villages + 0.5));
  return [x + distance * Math.cos(turn), y + distance * Math.sin(turn)];
}
