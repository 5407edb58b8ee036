import { MeasureError } from "../errors.ts";
import { pairwiseWeights } from "../index-engine/ahp.ts";
import { auditNodes, type NodeAudit, type Removal, removeEach } from "../index-engine/audit.ts";
import { benefitOfDoubt, type LinearSolver } from "../index-engine/benefit-of-doubt.ts";
import { buildIndex, type IndexBuild } from "../index-engine/build.ts";
import type { Choices } from "../index-engine/choices.ts";
import { impactLossWeights, integratedWeights, removalWeights } from "../index-engine/loss-weights.ts";
import type { IndexData, IndexMethod, IndexNotice } from "../index-engine/model.ts";
import { childrenOf, optimiseWeights } from "../index-engine/optimise-weights.ts";
import { type PreparedIndex, prepareIndex } from "../index-engine/prepare.ts";
import { indexSensitivity } from "../index-engine/sensitivity.ts";
import type { Treatment } from "../index-engine/treat.ts";
import { rankUncertainty, type Uncertainty } from "../index-engine/uncertainty.ts";
import {
  budgetWeights,
  criticWeights,
  entropyWeights,
  principalWeights,
  variationWeights,
} from "../index-engine/weights.ts";
import { seededRandom } from "../numeric/random.ts";
import { type IndexRequest, indexRequest, type WeightRule } from "./index-request.ts";
import { type IndexSummary, summariseIndex, summaryTable } from "./index-summary.ts";
import {
  type Cell,
  completeNumbersOf,
  type MeasureTable,
  namesOf,
  numbersOf,
  type ResultTable,
} from "./measure-table.ts";
import { readRequest } from "./read-request.ts";

/** A node's scores, in the order of `units`; null without one. */
export interface NodeScores {
  readonly code: string;
  readonly scores: readonly (number | null)[];
}

/** An index built from a table, and whatever else was asked about it. */
export interface IndexReport {
  readonly units: readonly string[];
  /** Rank by the root, 1 the highest; null without a score. */
  readonly ranks: readonly (number | null)[];
  readonly nodes: readonly NodeScores[];
  /** Weights among siblings that were used, derived ones included. */
  readonly weights: Readonly<Record<string, number>>;
  /** Level, equality and the adjusted score of the whole, apart; null unless people were named. In a panel one a time. */
  readonly summary: readonly IndexSummary[] | null;
  readonly treatments: readonly Treatment[];
  readonly notices: readonly IndexNotice[];
  readonly audit: readonly NodeAudit[];
  readonly removals: readonly Removal[] | null;
  readonly uncertainty: Uncertainty | null;
  readonly sensitivity: ReturnType<typeof indexSensitivity> | null;
  readonly benefitOfDoubt:
    | readonly {
        readonly unit: string;
        readonly score: number;
        readonly peers: readonly string[];
        readonly shares: Readonly<Record<string, number>>;
      }[]
    | null;
}

/** Builds an index from a table with one row a unit. `solver` is needed only where benefit of the doubt is asked. */
export function measureIndex(table: MeasureTable, given: unknown, solver?: LinearSolver): IndexReport {
  const asked = readRequest(indexRequest, given, "index");
  const method = asked.method as IndexMethod;
  const plain = prepareIndex(
    { nodes: asked.nodes as Parameters<typeof prepareIndex>[0]["nodes"] },
    readData(table, asked),
  );
  const index = asked.derive.reduce((derived, rule) => deriveWeights(derived, method, rule), plain);
  const build = buildIndex(index, method);
  const { uncertainty, sensitivity } = asked;
  return {
    units: index.units,
    ranks: Array.from(build.ranks, orNull),
    nodes: index.codes.map((code, j) => ({ code, scores: Array.from(build.scores[j]!, orNull) })),
    weights: Object.fromEntries(index.codes.map((code, j) => [code, index.weights[j]!])),
    summary: asked.people === undefined ? null : summariseIndex(table, asked, index, build),
    treatments: build.treatments,
    notices: build.notices,
    audit: auditNodes(index, build),
    removals: asked.remove ? removeEach(index, method, asked.remove) : null,
    uncertainty: uncertainty
      ? rankUncertainty(index, method, {
          choices: choicesOf(index, method, uncertainty.choices),
          draws: uncertainty.draws,
          classes: uncertainty.classes,
          random: seededRandom(uncertainty.seed),
        })
      : null,
    sensitivity: sensitivity
      ? indexSensitivity(index, method, {
          choices: choicesOf(index, method, sensitivity.choices),
          samples: sensitivity.samples,
          random: seededRandom(sensitivity.seed),
        })
      : null,
    benefitOfDoubt: asked.benefitOfDoubt ? scoreByDoubt(index, build, asked.benefitOfDoubt, solver) : null,
  };
}

/** The report as sheets: scores and ranks by unit; notices; audit; what else was asked. */
export function indexTables(report: IndexReport): ResultTable[] {
  const { units, ranks, nodes, uncertainty, sensitivity, benefitOfDoubt: doubt, removals } = report;
  const tables: ResultTable[] = [
    {
      name: "scores",
      columns: ["unit", "rank", ...nodes.map(({ code }) => code)],
      rows: units.map((unit, i) => [unit, ranks[i]!, ...nodes.map(({ scores }) => scores[i]!)]),
    },
    {
      name: "nodes",
      columns: ["code", "weight", "effectiveWeight", "correlation", "alpha", "meanRankShift"],
      rows: report.audit.map(({ code, effectiveWeight, correlation, alpha }) => [
        code,
        report.weights[code]!,
        effectiveWeight,
        orNull(correlation),
        orNull(alpha),
        removals?.find((one) => one.code === code)?.meanRankShift ?? null,
      ]),
    },
    {
      name: "notices",
      columns: ["code", "node", "units"],
      rows: report.notices.map(({ code, node, units: named }) => [code, node ?? null, named.join(" ")]),
    },
  ];
  if (report.summary) tables.unshift(summaryTable(report.summary));
  if (uncertainty) {
    const flat = uncertainty.units.map(({ classes, ...unit }) => ({
      ...unit,
      ...Object.fromEntries(classes.map((share, c) => [`class${c + 1}`, share])),
    }));
    tables.push(sheet("ranks", flat));
  }
  if (sensitivity) {
    const flat = sensitivity.map(
      ({ name, options, optionsThatMatter, first, total, firstInterval, totalInterval }) => ({
        name,
        options,
        optionsThatMatter,
        first,
        firstLow: firstInterval[0],
        firstHigh: firstInterval[1],
        total,
        totalLow: totalInterval[0],
        totalHigh: totalInterval[1],
      }),
    );
    tables.push(sheet("sensitivity", flat));
  }
  if (doubt)
    tables.push(
      sheet(
        "benefit-of-doubt",
        doubt.map(({ unit, score, peers, shares }) => ({ unit, score, peers: peers.join(" "), ...shares })),
      ),
    );
  return tables;
}

function sheet(name: string, rows: readonly object[]): ResultTable {
  const columns = Object.keys(rows[0] ?? {});
  return {
    name,
    columns,
    rows: rows.map((row) =>
      Object.values(row).map((value): Cell => (typeof value === "number" ? orNull(value) : String(value))),
    ),
  };
}

const orNull = (value: number) => (Number.isNaN(value) ? null : value);

function readData(table: MeasureTable, { unit, groups, nodes, panel }: IndexRequest): IndexData {
  const units = namesOf(table, unit);
  const twice = units.find((name, i) => units.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new MeasureError("MEASURE-CELL", {
      zh: `${table.name} 中单位 ${twice} 出现两次`,
      en: `${table.name}: unit ${twice} stands in two rows`,
    });
  }
  const parents = new Set(nodes.map(({ parent }) => parent));
  const leaves = nodes.filter(({ code }) => !parents.has(code));
  const needed = new Set(
    leaves.flatMap(({ code, denominator }) => [code, ...(denominator === undefined ? [] : [denominator])]),
  );
  return {
    units,
    columns: Object.fromEntries([...needed].map((code) => [code, numbersOf(table, code)])),
    groups: Object.fromEntries(groups.map((name) => [name, namesOf(table, name)])),
    ...(panel
      ? { panel: { areas: namesOf(table, panel.area), times: Array.from(completeNumbersOf(table, panel.time)) } }
      : {}),
  };
}

/** The choices with the weights of every scheme derived. */
function choicesOf(
  index: PreparedIndex,
  method: IndexMethod,
  { schemes, ...plain }: NonNullable<IndexRequest["uncertainty"]>["choices"],
): Choices {
  if (!schemes) return plain as Choices;
  const derived = schemes.map((rules) => {
    const { weights } = rules.reduce((found, rule) => deriveWeights(found, method, rule), index);
    return Object.fromEntries(index.codes.map((code, j) => [code, weights[j]!]));
  });
  return { ...(plain as Choices), schemes: derived };
}

/** The index with the weights of one node's children derived from their scores. */
function deriveWeights(index: PreparedIndex, method: IndexMethod, { parent, by }: WeightRule): PreparedIndex {
  const children = childrenOf(index, parent);
  const build = buildIndex(index, method);
  const derived = weightsBy(index, build, method, { parent, by });
  const weights = index.weights.slice();
  for (const [k, child] of children.entries()) weights[child] = derived[k]!;
  return { ...index, weights };
}

function weightsBy(
  index: PreparedIndex,
  build: IndexBuild,
  method: IndexMethod,
  { parent, by }: WeightRule,
): Float64Array {
  const children = childrenOf(index, parent);
  if (typeof by === "object") {
    if ("pairwise" in by) return pairwiseWeights(by.pairwise).weights;
    if ("budget" in by) return budgetWeights(by.budget);
    return optimiseWeights(index, build, { method, parent, importance: by.optimised }).weights;
  }
  if (by === "equal") return Float64Array.from(children, () => 1 / children.length);
  if (by === "optimised") return optimiseWeights(index, build, { method, parent }).weights;
  const table = completeRows(Array.from(children, (child) => build.scores[child]!));
  if (by === "entropy") return entropyWeights(table);
  if (by === "critic") return criticWeights(table);
  if (by === "variation") return variationWeights(table);
  // Scores are turned round already: more is better in every column.
  const better = table.map(() => 1 as const);
  if (by === "merec") return removalWeights(table, better);
  if (by === "cilos") return impactLossWeights(table, better);
  if (by === "idocriw") return integratedWeights(table, better);
  const { weights, negative } = principalWeights(table);
  if (negative.length === 0) return weights;
  const named = negative.map((k) => index.codes[children[k]!]).join(", ");
  throw new MeasureError("MEASURE-SIGN", {
    zh: `${parent} 的第一主成分对 ${named} 的载荷为负，不能作权数`,
    en: `the first component of ${parent} loads ${named} negatively: it gives no weights`,
  });
}

/** Weights are derived from the units that have every score. */
function completeRows(columns: readonly Float64Array[]): Float64Array[] {
  const kept = Array.from(columns[0]!.keys()).filter((i) => columns.every((column) => !Number.isNaN(column[i]!)));
  return columns.map((column) => Float64Array.from(kept, (i) => column[i]!));
}

function scoreByDoubt(
  index: PreparedIndex,
  build: IndexBuild,
  { parent, least, greatest }: NonNullable<IndexRequest["benefitOfDoubt"]>,
  solver: LinearSolver | undefined,
): NonNullable<IndexReport["benefitOfDoubt"]> {
  if (!solver)
    throw new MeasureError("MEASURE-REQUEST", {
      zh: "缺少线性规划求解器",
      en: "benefit of the doubt needs a linear programming solver",
    });
  const children = childrenOf(index, parent);
  const columns = Array.from(children, (child) => build.scores[child]!);
  const kept = Array.from(index.units.keys()).filter((i) => columns.every((column) => !Number.isNaN(column[i]!)));
  const found = benefitOfDoubt(
    completeRows(columns),
    columns.map(() => ({ least, greatest })),
    { solver },
  );
  return found.map(({ score, peers, shares }, k) => ({
    unit: index.units[kept[k]!]!,
    score,
    peers: peers.map((peer) => index.units[kept[peer]!]!),
    shares: Object.fromEntries(Array.from(children, (child, j) => [index.codes[child]!, shares[j]!])),
  }));
}
