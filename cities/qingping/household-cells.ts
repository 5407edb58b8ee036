/** How a household is made up; the householder comes first. */
type HouseholdKind =
  | "single"
  | "couple"
  | "family"
  | "lone-parent"
  | "three-generations"
  | "couple-and-parent"
  | "grandparents"
  | "sharers";

/** Households of one make-up, whose householder is of one age band: the unit that is weighted to meet the marginals. */
export interface Cell {
  readonly kind: HouseholdKind;
  /** Householder with local hukou. */
  readonly local: boolean;
  /** First year of the householder's age band; bands are five years wide. */
  readonly band: number;
  /** Sex of the householder: 0 female, 1 male. */
  readonly sex: 0 | 1;
  /** Unmarried children (of the couple or of the lone parent) or grandchildren. */
  readonly children: number;
  /** Members of the generation above the couple; of `grandparents` the couple itself. */
  readonly elders: number;
  readonly size: number;
  /** Weight before raking. */
  readonly prior: number;
}

const bands = (from: number, to: number) => Array.from({ length: (to - from) / 5 + 1 }, (_, index) => from + 5 * index);

type Shape = Omit<Cell, "local" | "band" | "size" | "prior">;

interface Family {
  readonly shapes: readonly (readonly [shape: Shape, weight: number])[];
  readonly bands: readonly number[];
  /** Householder age at which such households are most common, and how fast they thin out around it. */
  readonly peak: number;
  readonly spread: number;
}

const of = (kind: HouseholdKind, sex: 0 | 1, children = 0, elders = 0): Shape => ({ kind, sex, children, elders });

const families: readonly Family[] = [
  {
    shapes: [
      [of("single", 1), 5],
      [of("single", 0), 5],
    ],
    bands: bands(20, 100),
    peak: 45,
    spread: 40,
  },
  { shapes: [[of("couple", 1), 27]], bands: bands(20, 95), peak: 60, spread: 28 },
  {
    shapes: [
      [of("family", 1, 1), 22],
      [of("family", 1, 2), 8],
      [of("family", 1, 3), 1],
    ],
    bands: bands(25, 65),
    peak: 42,
    spread: 12,
  },
  {
    shapes: [
      [of("lone-parent", 0, 1), 3],
      [of("lone-parent", 1, 1), 1],
      [of("lone-parent", 0, 2), 0.5],
    ],
    bands: bands(25, 65),
    peak: 42,
    spread: 13,
  },
  {
    shapes: [
      [of("three-generations", 1, 1, 2), 3],
      [of("three-generations", 1, 1, 1), 3],
      [of("three-generations", 1, 2, 2), 1.5],
      [of("three-generations", 1, 2, 1), 1],
    ],
    bands: bands(25, 60),
    peak: 40,
    spread: 10,
  },
  { shapes: [[of("couple-and-parent", 1, 0, 1), 2]], bands: bands(40, 60), peak: 55, spread: 10 },
  {
    shapes: [
      [of("grandparents", 1, 1, 2), 0.8],
      [of("grandparents", 0, 1, 1), 0.5],
    ],
    bands: bands(50, 75),
    peak: 62,
    spread: 8,
  },
  {
    shapes: [
      [{ ...of("sharers", 1), elders: 0, children: 0 }, 0.8],
      [{ ...of("sharers", 0), elders: 0, children: 1 }, 0.6],
    ],
    bands: bands(20, 45),
    peak: 26,
    spread: 8,
  },
];

/** All cells, always in the same order. */
export const cells: readonly Cell[] = families.flatMap(({ shapes, bands: ages, peak, spread }) =>
  shapes.flatMap(([shape, weight]) =>
    ages.flatMap((band) =>
      [true, false]
        .filter((local) => local || band < 80)
        .map((local) => ({
          ...shape,
          local,
          band,
          size: sizeOf(shape),
          prior: (weight * agePrior(band, local ? peak : peak - 12, spread) * (local ? 1 : 0.8)) / ages.length,
        })),
    ),
  ),
);

/** Sharers are two, or three where `children` (here: the third) is 1. */
function sizeOf({ kind, children, elders }: Shape): number {
  if (kind === "single") return 1;
  if (kind === "lone-parent") return 1 + children;
  if (kind === "grandparents") return elders + children;
  return 2 + children + elders;
}

/** A bell around the peak age, thinned by mortality above 75. */
function agePrior(band: number, peak: number, spread: number): number {
  const bell = Math.exp(-(((band + 2.5 - peak) / spread) ** 2) / 2);
  return bell * (band > 75 ? Math.exp(-(((band - 75) / 10) ** 1.6)) : 1) + 1e-6;
}
