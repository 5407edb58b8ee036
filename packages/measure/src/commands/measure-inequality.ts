import { MeasureError } from "../errors.ts";
import { concentration } from "../inequality/concentration.ts";
import { type Coupling, couplingCoordination } from "../inequality/coupling.ts";
import {
  type DagumDecomposition,
  dagum,
  decomposeGini,
  type PyattDecomposition,
} from "../inequality/decompose-gini.ts";
import { decomposeTheil, type LevelInput, type TheilDecomposition } from "../inequality/decompose-theil.ts";
import {
  atkinson,
  coefficientOfVariation,
  extremesRatio,
  hoover,
  shareRatio,
  wolfson,
} from "../inequality/dispersion.ts";
import { gini, giniCorrected } from "../inequality/gini.ts";
import type { GroupName } from "../inequality/groups.ts";
import { lorenzAsymmetry } from "../inequality/lorenz-asymmetry.ts";
import { type PermutationTest, permutationTest } from "../inequality/permutation.ts";
import { providerConcentration } from "../inequality/provider-concentration.ts";
import { readSample, type Weighted } from "../inequality/sample.ts";
import { type SpatialGini, spatialGini } from "../inequality/spatial-gini.ts";
import { theilL, theilT } from "../inequality/theil.ts";
import { seededRandom } from "../numeric/random.ts";
import {
  completeNumbersOf,
  keepRows,
  type MeasureTable,
  namesOf,
  numbersOf,
  type ResultTable,
  refuseCells,
} from "./measure-table.ts";

/** What is asked of a table about inequality. */
export interface InequalityRequest {
  /** Column of the values. */
  readonly value: string;
  /** Column of the people that each row stands for; each row for one when absent. */
  readonly weight?: string;
  /** Columns of nested groups, outermost first. */
  readonly groups?: readonly string[];
  /** Column to rank people by, for the concentration index. */
  readonly rankedBy?: string;
  /** Lowest and highest value that the outcome can have, for the concentration indices of bounded outcomes. */
  readonly bounds?: { readonly lowest: number; readonly highest: number };
  /** Aversions to inequality, of which Atkinson's index is told besides .5 and 1. */
  readonly aversions?: readonly number[];
  /** Column of the neighbourhood of each row, for the Gini of those near and far. */
  readonly near?: string;
  /** How often the outermost groups are dealt at random, to tell whether they matter. */
  readonly permutations?: { readonly count: number; readonly seed: number };
  /** Columns of the scores (0 to 1) of subsystems, town and village, say: how well they move together, row by row. */
  readonly coupling?: readonly string[];
  /** Rows without a value: refused by default. */
  readonly missing?: "refuse" | "leave-out";
}

/** A measure that has no answer here, and why. */
export interface Undefined {
  readonly measure: string;
  readonly code: string;
  readonly words: { readonly zh: string; readonly en: string };
}

/** Every measure of inequality of a table. A measure that is undefined is null and stands in `undefined` with its reason. */
export interface InequalityReport {
  readonly rows: number;
  readonly leftOut: number;
  readonly population: number;
  readonly mean: number;
  readonly theilT: number;
  readonly theilL: number | null;
  readonly gini: number;
  readonly cv: number;
  readonly hoover: number;
  readonly atkinsonHalf: number;
  readonly atkinsonOne: number | null;
  /** Shares of the richest fifth over the poorest. */
  readonly fifths: number | null;
  readonly extremes: number | null;
  readonly concentration: number | null;
  /** Of a bounded outcome. */
  readonly wagstaff: number | null;
  readonly erreygers: number | null;
  /** Of rows, whatever they weigh: providers, areas. Null where weights were given. */
  readonly giniCorrected: number | null;
  readonly wolfson: number | null;
  readonly lorenzAsymmetry: number | null;
  readonly herfindahl: number | null;
  readonly rosenbluth: number | null;
  /** Theil's T within the innermost groups, and between all levels together; null without groups. */
  readonly within: number | null;
  readonly between: number | null;
  readonly decomposition: {
    readonly theilT: TheilDecomposition;
    readonly theilL: TheilDecomposition | null;
    /** By the outermost groups. */
    readonly gini: PyattDecomposition;
    readonly dagum: DagumDecomposition;
    /** Means of the outermost groups: the greatest over the smallest (town over village); null where the smallest is 0. */
    readonly means: {
      readonly highest: GroupName;
      readonly lowest: GroupName;
      readonly ratio: number | null;
    };
  } | null;
  /** Atkinson's index by the aversions that were asked for. */
  readonly atkinson: readonly { readonly aversion: number; readonly index: number | null }[];
  readonly spatial: SpatialGini | null;
  /** Whether the part between the outermost groups is more than chance. */
  readonly permutation: PermutationTest | null;
  /** Row by row, the header being row 1; null unless asked for. `commonError` is what the formula without its factor would have given. */
  readonly coupling: readonly ({ readonly row: number } & Coupling)[] | null;
  readonly undefined: readonly Undefined[];
}

/** Measures inequality of a column, whole and by groups. */
export function measureInequality(table: MeasureTable, request: InequalityRequest): InequalityReport {
  const { kept, leftOut } = rowsWithValue(table, request);
  const sample: Weighted = {
    values: completeNumbersOf(kept, request.value),
    ...(request.weight === undefined ? {} : { weights: completeNumbersOf(kept, request.weight) }),
  };
  checkSigns(kept, request, sample);
  const levels = (request.groups ?? []).map((name) => ({ name, groups: namesOf(kept, name) }));
  const missed: Undefined[] = [];
  const attempt = tryInto(missed);
  const { population, mean } = readSample(sample);
  const whole = {
    theilT: theilT(sample),
    theilL: attempt("theilL", () => theilL(sample)),
    gini: gini(sample),
    cv: coefficientOfVariation(sample),
    hoover: hoover(sample),
    atkinsonHalf: atkinson(sample, 0.5).index,
    atkinsonOne: attempt("atkinsonOne", () => atkinson(sample, 1).index),
    fifths: attempt("fifths", () => shareRatio(sample)),
    extremes: attempt("extremes", () => extremesRatio(sample)),
    ...concentrated(kept, request, sample),
    ...ofRows(request, sample, attempt),
  };
  const parts = levels.length === 0 ? null : decompose(sample, levels, attempt);
  return {
    rows: kept.rows,
    leftOut,
    population,
    mean,
    ...whole,
    within: parts?.theilT.within ?? null,
    between: parts ? parts.theilT.total - parts.theilT.within : null,
    decomposition: parts,
    atkinson: (request.aversions ?? []).map((aversion) => ({
      aversion,
      index: attempt(`atkinson(${aversion})`, () => atkinson(sample, aversion).index),
    })),
    spatial: request.near === undefined ? null : spatialGini(sample.values, namesOf(kept, request.near)),
    permutation: request.permutations && levels[0] ? dealt(sample, levels[0], request.permutations) : null,
    coupling: request.coupling ? coupleRows(kept, request.coupling) : null,
    undefined: missed,
  };
}

/** The report as sheets: the measures; the groups of the outermost level. */
export function inequalityTables(report: InequalityReport): ResultTable[] {
  const { decomposition, coupling, undefined: missed, atkinson: averse, spatial, permutation, ...figures } = report;
  const more = [
    ...averse.map(({ aversion, index }) => [`atkinson(${aversion})`, index] as const),
    ...(spatial
      ? ([
          ["giniNear", spatial.near],
          ["giniFar", spatial.far],
        ] as const)
      : []),
    ...(permutation ? ([["betweenPValue", permutation.pValue]] as const) : []),
  ];
  const rows = [...Object.entries(figures), ...more].map(([measure, value]) => [
    measure,
    value,
    missed.find((one) => one.measure === measure)?.code ?? null,
  ]);
  const measures = { name: "measures", columns: ["measure", "value", "refused"], rows };
  const coupled = coupling ? [couplingTable(coupling)] : [];
  if (!decomposition) return [measures, ...coupled];
  const groups = decomposition.theilT.groups.map((group) => [
    group.name,
    group.mean,
    group.populationShare,
    group.totalShare,
    group.inequality,
    group.contribution,
  ]);
  return [
    measures,
    { name: "levels", columns: ["measure", "level", "part", "share"], rows: levelRows(decomposition) },
    {
      name: "groups",
      columns: ["group", "mean", "populationShare", "totalShare", "theilT", "contribution"],
      rows: groups,
    },
    ...coupled,
  ];
}

function couplingTable(coupling: NonNullable<InequalityReport["coupling"]>): ResultTable {
  return {
    name: "coupling",
    columns: ["row", "coupling", "level", "coordination", "grade", "gradeName", "commonError"],
    rows: coupling.map(({ row, coupling: degree, level, coordination, grade, gradeName, commonError }) => [
      ...[row, degree, level, coordination, grade],
      gradeName.zh,
      commonError,
    ]),
  };
}

/** Every row of the table by the formula with its factor and its root; a row that cannot be is refused with its number. */
function coupleRows(table: MeasureTable, names: readonly string[]): NonNullable<InequalityReport["coupling"]> {
  const columns = names.map((name) => completeNumbersOf(table, name));
  return Array.from({ length: table.rows }, (_, i) => {
    const row = i + 2;
    try {
      return { row, ...couplingCoordination(columns.map((column) => column[i]!)) };
    } catch (error) {
      if (!(error instanceof MeasureError)) throw error;
      const { zh, en } = error.words;
      throw new MeasureError(error.code, {
        zh: `${table.name} 第 ${row} 行：${zh}`,
        en: `${table.name} row ${row}: ${en}`,
      });
    }
  });
}

function concentrated(table: MeasureTable, { rankedBy, bounds }: InequalityRequest, sample: Weighted) {
  if (rankedBy === undefined) return { concentration: null, wagstaff: null, erreygers: null };
  const { index, wagstaff, erreygers } = concentration(sample, completeNumbersOf(table, rankedBy), bounds);
  return { concentration: index, wagstaff: wagstaff ?? null, erreygers: erreygers ?? null };
}

/** Measures that are defined of unweighted rows only. */
function ofRows({ weight }: InequalityRequest, { values }: Weighted, attempt: Attempt) {
  const unweighted = <T>(name: string, compute: () => T) => (weight === undefined ? attempt(name, compute) : null);
  const providers = unweighted("herfindahl", () => providerConcentration(values));
  return {
    giniCorrected: unweighted("giniCorrected", () => giniCorrected(values)),
    wolfson: unweighted("wolfson", () => wolfson(values)),
    lorenzAsymmetry: unweighted("lorenzAsymmetry", () => lorenzAsymmetry(values)),
    herfindahl: providers?.herfindahl ?? null,
    rosenbluth: providers?.rosenbluth ?? null,
  };
}

function dealt(
  sample: Weighted,
  { name, groups }: LevelInput,
  { count, seed }: NonNullable<InequalityRequest["permutations"]>,
) {
  const between = (names: readonly GroupName[]) =>
    decomposeTheil(sample, { measure: "T", levels: [{ name, groups: names }] }).levels[0]!.between;
  return permutationTest(groups, between, { permutations: count, random: seededRandom(seed) });
}

type Decomposition = NonNullable<InequalityReport["decomposition"]>;

function levelRows({ theilT, theilL, gini: parts, dagum: net, means }: Decomposition): ResultTable["rows"] {
  const theil = (measure: string, found: TheilDecomposition | null) =>
    found === null
      ? []
      : [
          ...found.levels.map(({ name, between, share }) => [measure, `between ${name}`, between, share]),
          [measure, "within", found.within, found.withinShare],
        ];
  const share = (part: number) => (parts.total === 0 ? null : part / parts.total);
  const ginis = (measure: string, found: Readonly<Record<string, number>>) =>
    Object.entries(found).map(([part, value]) => [measure, part, value, share(value)]);
  const { within, between, overlap } = parts;
  return [
    ...theil("theilT", theilT),
    ...theil("theilL", theilL),
    ...ginis("gini", { within, between, overlap }),
    ...ginis("dagum", { within: net.within, netBetween: net.netBetween, transvariation: net.transvariation }),
    ["means", `${means.highest} / ${means.lowest}`, means.ratio, null],
  ];
}

type Attempt = <T>(measure: string, compute: () => T) => T | null;

/** Computes a measure; where the package refuses it for these data, notes why and gives null. */
function tryInto(missed: Undefined[]): Attempt {
  return (measure, compute) => {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof MeasureError)) throw error;
      missed.push({ measure, code: error.code, words: error.words });
      return null;
    }
  };
}

function decompose(sample: Weighted, levels: readonly LevelInput[], attempt: Attempt): Decomposition {
  const outermost = levels[0]!.groups as ArrayLike<GroupName>;
  const theilT = decomposeTheil(sample, { measure: "T", levels });
  const byMean = theilT.groups.toSorted((a, b) => a.mean - b.mean);
  const [lowest, highest] = [byMean[0]!, byMean.at(-1)!];
  return {
    means: {
      highest: highest.name,
      lowest: lowest.name,
      ratio: lowest.mean === 0 ? null : highest.mean / lowest.mean,
    },
    theilT,
    theilL: attempt("decomposition.theilL", () => decomposeTheil(sample, { measure: "L", levels })),
    gini: decomposeGini(sample, outermost),
    dagum: dagum(sample, outermost),
  };
}

function rowsWithValue(table: MeasureTable, { value, weight, missing = "refuse" }: InequalityRequest) {
  const columns = [value, ...(weight === undefined ? [] : [weight])].map((name) => numbersOf(table, name));
  const kept =
    missing === "leave-out" ? keepRows(table, (i) => columns.every((numbers) => !Number.isNaN(numbers[i]!))) : table;
  return { kept, leftOut: table.rows - kept.rows };
}

/** Values and weights below 0 are told with their rows, before any measure meets them. */
function checkSigns(table: MeasureTable, { value, weight }: InequalityRequest, sample: Weighted): void {
  const check = (column: string | undefined, numbers: ArrayLike<number> | undefined) => {
    const below = numbers ? Array.from({ length: numbers.length }, (_, i) => i).filter((i) => numbers[i]! < 0) : [];
    if (below.length > 0) refuseCells(table, column!, below, { zh: "小于零", en: "is below 0" });
  };
  check(value, sample.values);
  check(weight, sample.weights);
}
