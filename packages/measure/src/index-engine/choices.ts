import { refuse } from "../errors.ts";
import type { Random } from "../numeric/random.ts";
import { aggregate } from "./aggregate.ts";
import { buildIndex } from "./build.ts";
import type { AggregateMethod, IndexMethod, MissingMethod, NormaliseMethod, TreatMethod } from "./model.ts";
import type { PreparedIndex } from "./prepare.ts";

/** What could have been chosen otherwise in making an index. */
export interface Choices {
  readonly missing?: readonly MissingMethod[];
  readonly treat?: readonly (TreatMethod | null)[];
  readonly normalise?: readonly NormaliseMethod[];
  readonly aggregate?: readonly AggregateMethod[];
  /** Weights by other methods: a number by node; a node that is not named keeps its own. The index's own weights are one of the choices. */
  readonly schemes?: readonly Readonly<Record<string, number>>[];
  /** `sets` sets of weights, each weight moved by up to +-`spread` of itself; only nodes that have siblings can move. */
  readonly weights?: { readonly spread: number; readonly sets: number };
  /** Nodes left out one at a time; nothing left out is one of the choices. */
  readonly drop?: readonly string[];
}

/** One choice that is sampled, and how many of its options alone change any score of the index. */
export interface ChoiceReport {
  readonly name: keyof Choices;
  readonly options: number;
  /** 0: the choice was sampled but does nothing to this index. Of sets of weights the first speaks for all. */
  readonly optionsThatMatter: number;
}

/** The choices laid out as inputs in [0,1), one a choice; {@link Sampler.build} gives the scores of the index of a point. */
export interface Sampler {
  readonly names: readonly (keyof Choices)[];
  readonly report: readonly ChoiceReport[];
  build(point: ArrayLike<number>): Float64Array;
}

/** One picked option of each choice: places in the lists of options; those of absent choices are -1, the nominal. */
type Picks = Record<keyof Choices, number>;

/** Lays out the choices. Stages that two points share are computed once. */
export function sampleChoices(index: PreparedIndex, nominal: IndexMethod, choices: Choices, random: Random): Sampler {
  const schemes = choices.schemes ? [index.weights, ...choices.schemes.map((scheme) => schemeOf(index, scheme))] : [];
  const sets = weightSets(index, choices, random);
  const counts: Record<keyof Choices, number> = {
    missing: choices.missing?.length ?? 0,
    treat: choices.treat?.length ?? 0,
    normalise: choices.normalise?.length ?? 0,
    aggregate: choices.aggregate?.length ?? 0,
    schemes: schemes.length,
    weights: sets.length,
    drop: choices.drop ? choices.drop.length + 1 : 0,
  };
  const names = (Object.keys(counts) as (keyof Choices)[]).filter((name) => counts[name] > 0);
  if (names.length === 0) refuse("MEASURE-EMPTY", "没有可变的选择", "no choice is given: there is nothing to vary");
  const normalised = new Map<string, readonly Float64Array[]>();
  const build = (picks: Picks) => {
    const method: IndexMethod = {
      ...nominal,
      missing: choices.missing?.[picks.missing] ?? nominal.missing,
      treat: picks.treat < 0 ? nominal.treat : choices.treat![picks.treat]!,
      normalise: choices.normalise?.[picks.normalise] ?? nominal.normalise,
      aggregate: choices.aggregate?.[picks.aggregate] ?? nominal.aggregate,
    };
    const key = `${picks.missing}/${picks.treat}/${picks.normalise}`;
    const columns = normalised.get(key) ?? buildIndex(index, method).normalised;
    normalised.set(key, columns);
    const own = schemes[picks.schemes] ?? index.weights;
    const moves = sets[picks.weights];
    const moved = moves ? own.map((weight, j) => weight * moves[j]!) : own;
    const weights = weightsOf(index, moved, choices.drop?.[picks.drop - 1]);
    return aggregate(index, columns, { ...method, weights }, []).at(-1)!;
  };
  const none: Picks = { missing: -1, treat: -1, normalise: -1, aggregate: -1, schemes: -1, weights: -1, drop: -1 };
  const plain = build(none);
  const matters = (name: keyof Choices, option: number) =>
    build({ ...none, [name]: option }).some((score, i) => !Object.is(score, plain[i]));
  return {
    names,
    report: names.map((name) => ({
      name,
      options: counts[name],
      optionsThatMatter:
        name === "weights"
          ? Number(matters(name, 0)) * counts[name]
          : Array.from({ length: counts[name] }, (_, option) => Number(matters(name, option))).reduce(
              (a, b) => a + b,
              0,
            ),
    })),
    build: (point) =>
      build({ ...none, ...Object.fromEntries(names.map((name, d) => [name, Math.floor(point[d]! * counts[name])])) }),
  };
}

/** Sets of what each weight is multiplied by. */
function weightSets(index: PreparedIndex, { weights }: Choices, random: Random): Float64Array[] {
  if (!weights) return [];
  const { spread, sets } = weights;
  if (!(spread > 0 && spread <= 1 && Number.isInteger(sets) && sets >= 1)) {
    refuse("MEASURE-PARAMETER", "权数扰动应在 0 与 1 之间", "the spread must lie in (0, 1], the sets be at least 1");
  }
  const movable = new Set(
    index.parents.filter(({ children }) => children.length > 1).flatMap(({ children }) => [...children]),
  );
  return Array.from({ length: sets }, () =>
    index.weights.map((_, j) => (movable.has(j) ? 1 + spread * (2 * random() - 1) : 1)),
  );
}

function schemeOf(index: PreparedIndex, scheme: Readonly<Record<string, number>>): Float64Array {
  const weights = index.weights.slice();
  for (const [code, weight] of Object.entries(scheme)) {
    const at = index.codes.indexOf(code);
    if (at < 0) refuse("MEASURE-TREE", `没有节点 ${code}`, `there is no node ${code}`);
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY))
      refuse("MEASURE-WEIGHT", `节点 ${code} 的权数应为非负数`, `the weight of ${code} must be 0 or more`);
    weights[at] = weight;
  }
  return weights;
}

function weightsOf(index: PreparedIndex, weights: Float64Array, dropped: string | undefined): Float64Array {
  if (dropped === undefined) return weights;
  const at = index.codes.indexOf(dropped);
  if (at < 0) refuse("MEASURE-TREE", `没有节点 ${dropped}`, `there is no node ${dropped}`);
  return weights.with(at, 0);
}
