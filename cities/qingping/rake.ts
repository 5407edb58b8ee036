import { type Cell, cells } from "./household-cells.ts";
import { createFormHousehold, newMembers, role } from "./household-members.ts";
import type { Marginals } from "./marginals.ts";
import { createRandom } from "./random.ts";

/** A marginal: how much one household of each cell adds to it, and what the sum over households must be per resident. */
interface Constraint {
  readonly target: number;
  readonly adds: Float64Array;
  readonly most: number;
}

/** Households drawn from each cell to estimate what it adds. */
const sample = 96;
const rounds = 150;

/**
 * Weights of the cells (households per resident) that meet the marginals of age, sex, hukou and household size together:
 * iterative proportional updating (Ye et al. 2009) over expected contributions, from the priors of the cells.
 */
export function rakeHouseholds(marginals: Marginals): Float64Array {
  const constraints = buildConstraints(marginals);
  const weights = Float64Array.from(cells, (cell) => cell.prior);
  for (let round = 0; round < rounds; round++) {
    for (const { target, adds, most } of constraints) {
      let sum = 0;
      for (let c = 0; c < weights.length; c++) sum += weights[c]! * adds[c]!;
      const step = Math.log(target / sum) / most;
      for (let c = 0; c < weights.length; c++) {
        if (adds[c] !== 0) weights[c]! *= Math.exp(step * adds[c]!);
      }
    }
  }
  return weights;
}

function buildConstraints(marginals: Marginals): Constraint[] {
  const ages = Object.entries(marginals.ageShares)
    .map(([from, share]) => ({ from: Number(from), share }))
    .sort((a, b) => a.from - b.from);
  const { localAges, localShare, maleShare } = marginals;
  const older = ages.filter(({ from }) => from >= 60).reduce((sum, { share }) => sum + share, 0);
  const oldest = ages.at(-1)!.share;
  const targets = [
    ...ages.map(({ share }) => share),
    ...[localAges.under15, localAges.working, localAges.older].map((share) => share * localShare),
    maleShare.all,
    maleShare.older * older,
    maleShare.oldest * oldest,
    ...householdSizeTargets(marginals),
    marginals.aloneOlder * localShare,
  ];
  const added = targets.map(() => new Float64Array(cells.length));
  const form = createFormHousehold(marginals, createRandom(0));
  const members = newMembers();
  const bandStart = ages.map(({ from }) => from);
  cells.forEach((cell, c) => {
    for (let i = 0; i < sample; i++) {
      form(cell, c * sample + i, members);
      const add = (constraint: number, amount: number) => {
        added[constraint]![c]! += amount / sample;
      };
      for (let m = 0; m < members.size; m++)
        addMember(add, bandStart, cell, marginals, {
          age: members.ageDays[m]! / 365.2425,
          male: members.sex[m]!,
          spouse: members.role[m] === role.spouse,
        });
      const size = bandStart.length + 6;
      add(size + Math.min(cell.size, 5) - 1, 1);
      if (cell.size === 1 && cell.local && cell.band >= 60) add(size + 5, 1);
    }
  });
  return targets.map((target, index) => ({ target, adds: added[index]!, most: Math.max(...added[index]!) }));
}

interface Member {
  readonly age: number;
  readonly male: number;
  readonly spouse: boolean;
}

function addMember(
  add: (constraint: number, amount: number) => void,
  bandStart: readonly number[],
  cell: Cell,
  marginals: Marginals,
  { age, male, spouse }: Member,
): void {
  let band = 0;
  while (band + 1 < bandStart.length && age >= bandStart[band + 1]!) band++;
  add(band, 1);
  const first = bandStart.length;
  if (cell.local) add(first + (age < 15 ? 0 : age < 60 ? 1 : 2), spouse ? 1 - marginals.mixedCouples : 1);
  if (male === 0) return;
  add(first + 3, 1);
  if (age >= 60) add(first + 4, 1);
  if (age >= 80) add(first + 5, 1);
}

/** The nation's household sizes tilted to the city's mean (the tilt of largest entropy), as households per resident. */
export function householdSizeTargets({ householdSizes, householdMean }: Marginals): number[] {
  const tilted = (factor: number) => {
    const weights = householdSizes.map((share, index) => share * factor ** index);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  };
  const mean = (shares: readonly number[]) => shares.reduce((sum, share, index) => sum + share * (index + 1), 0);
  let low = 0.1;
  let high = 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (mean(tilted(middle)) < householdMean) low = middle;
    else high = middle;
  }
  const shares = tilted(low);
  const upToFour = shares.slice(0, 4);
  return [...upToFour, 1 - upToFour.reduce((sum, share) => sum + share, 0)].map((share) => share / householdMean);
}
