import { z } from "zod";
import { MeasureError } from "../errors.ts";
import { seededRandom } from "../numeric/random.ts";
import type { PreparedDesign } from "../survey/design.ts";
import { bootstrap, jackknife, replicateError } from "../survey/replicates.ts";

/** Which replicates are asked for as a second check of the standard errors. */
export const replicateRequest = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("jackknife") }),
  z.strictObject({
    kind: z.literal("bootstrap"),
    count: z.int().min(2).max(10_000).default(200),
    seed: z.int().min(0).default(1),
  }),
]);

/** The sample under replicate weights, each mended (raked, calibrated) as the whole sample was. */
export interface ReplicateDesigns {
  readonly kind: z.output<typeof replicateRequest>["kind"];
  readonly designs: readonly PreparedDesign[];
  readonly scales: readonly number[];
}

/** Standard error from the replicates; or the code of the refusal where an estimate has none. */
export interface ReplicateError {
  readonly se: number | null;
  readonly refused: string | null;
}

/** Makes the replicates of a sample as it was drawn. */
export function makeReplicates(
  drawn: PreparedDesign,
  asked: z.output<typeof replicateRequest>,
  mend: (design: PreparedDesign) => PreparedDesign,
): ReplicateDesigns {
  const { weights, scales } =
    asked.kind === "jackknife"
      ? jackknife(drawn)
      : bootstrap(drawn, { count: asked.count, random: seededRandom(asked.seed) });
  return { kind: asked.kind, scales, designs: weights.map((own) => mend({ ...drawn, weights: own })) };
}

/** Standard error of a statistic over replicates; a group that one of them leaves empty has none. */
export function errorOver(
  { designs, scales }: ReplicateDesigns,
  statistic: (design: PreparedDesign) => number,
): ReplicateError {
  try {
    const bare = designs.map(({ weights }) => weights);
    const values = new Map(designs.map((design) => [design.weights, statistic(design)]));
    return { se: replicateError({ weights: bare, scales }, (weights) => values.get(weights)!), refused: null };
  } catch (error) {
    if (!(error instanceof MeasureError)) throw error;
    return { se: null, refused: error.code };
  }
}
