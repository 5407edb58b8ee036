import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

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

type Town = z.infer<typeof town> & {
  readonly district: number;
  readonly mealPilot: "none" | "national" | "local";
};

export interface Places {
  readonly towns: readonly Town[];
  /** First town of each district and one past the last. */
  readonly firstTown: readonly number[];
}

export function readPlaces(): Places {
  const { districts } = file.parse(parse(readFileSync(fileURLToPath(new URL("places.yaml", import.meta.url)), "utf8")));
  const towns = districts.flatMap(({ towns: inDistrict, mealPilot }, district) =>
    inDistrict.map((one) => ({ ...one, district, mealPilot: mealPilot ?? ("none" as const) })),
  );
  const firstTown = [0];
  for (const district of districts) firstTown.push(firstTown.at(-1)! + district.towns.length);
  return { towns, firstTown };
}
