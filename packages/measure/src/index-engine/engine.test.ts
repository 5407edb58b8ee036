import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alphaOf } from "./audit.ts";
import { buildIndex } from "./build.ts";
import type { IndexData, IndexMethod, IndexTree } from "./model.ts";
import { prepareIndex } from "./prepare.ts";

const leaf = (code: string, extra = {}) => ({ code, parent: "root", weight: 1, direction: 1 as const, ...extra });
const tree: IndexTree = { nodes: [{ code: "root", weight: 1 }, leaf("a"), leaf("b"), leaf("c", { weight: 2 })] };
const plain: IndexMethod = {
  denominate: false,
  missing: { impute: "none", minimumShare: 0 },
  treat: null,
  normalise: { kind: "min-max", lower: 0, upper: 1 },
  aggregate: { kind: "arithmetic" },
  presentShare: 0.5,
};
const build = (columns: IndexData["columns"], method: Partial<IndexMethod> = {}, nodes = tree.nodes) => {
  const units = Array.from({ length: Object.values(columns)[0]!.length }, (_, i) => `u${i}`);
  const index = prepareIndex({ nodes }, { units, columns });
  return buildIndex(index, { ...plain, ...method });
};
const root = (built: ReturnType<typeof build>) => [...built.scores.at(-1)!];

describe("stages worked by hand", () => {
  const one = [{ code: "root", weight: 1 }, leaf("a")];
  it.each([
    [{ kind: "rank" }, [1, 2, 2, 4]],
    [{ kind: "percentile-rank" }, [0, 1 / 3, 1 / 3, 1]],
    [{ kind: "borda" }, [0, 1, 1, 3]],
    [{ kind: "fraction-of-best" }, [0.25, 0.5, 0.5, 1]],
    [{ kind: "target", targets: { a: 3 }, capped: true }, [0, 0.5, 0.5, 1]],
    [{ kind: "target", targets: { a: 3 }, capped: false }, [0, 0.5, 0.5, 1.5]],
    [{ kind: "goalposts", posts: { a: [1, 3] }, scale: 100 }, [0, 50, 50, 100]],
    [{ kind: "goalposts", posts: { a: [1, 3] }, scale: 60, from: 70 }, [70, 100, 100, 130]],
  ] as const)("%o of 1, 2, 2, 4", (normalise, expected) => {
    expect(root(build({ a: [1, 2, 2, 4] }, { normalise }, one))).toEqual(expected);
  });
  it("less is better: best is lowest, in every scale", () => {
    const less = [{ code: "root", weight: 1 }, leaf("a", { direction: -1 })];
    expect(root(build({ a: [1, 2, 4] }, {}, less))).toEqual([1, 2 / 3, 0]);
    expect(root(build({ a: [1, 2, 4] }, { normalise: { kind: "fraction-of-best" } }, less))).toEqual([1, 0.5, 0.25]);
    expect(root(build({ a: [1, 2, 4] }, { normalise: { kind: "rank" } }, less))).toEqual([3, 2, 1]);
    const posts = { kind: "goalposts", posts: { a: [4, 0] as const }, scale: 1 } as const;
    expect(root(build({ a: [1, 2, 4] }, { normalise: posts }, less))).toEqual([0.75, 0.5, 0]);
  });
  it("a missing part is left out of the mean, never counted as 0; too little present leaves the parent missing", () => {
    const built = build({ a: [0, 1, null], b: [0, 1, 0.5], c: [0, null, null] });
    expect(root(built)[1]).toBe(1);
    expect(root(built)[2]).toBeNaN();
    expect(built.ranks[2]).toBeNaN();
    expect(built.notices).toContainEqual({ code: "NOT-ENOUGH-PRESENT", node: "root", units: ["u2"] });
  });
  it("a parent whose children all weigh nothing has no score", () => {
    const nodes = [{ code: "root", weight: 1 }, leaf("a", { weight: 0 }), leaf("b", { weight: 0 })];
    expect(root(build({ a: [1, 2], b: [2, 1] }, {}, nodes))).toEqual([Number.NaN, Number.NaN]);
  });
  it("imputation fills only gaps and names them; a unit with too little is left out by name", () => {
    const columns = { a: [1, null, 3, null], b: [1, 2, 3, null], c: [1, 2, 3, 9] };
    const built = build(columns, { missing: { impute: "median", minimumShare: 0.5 } });
    expect([...built.completed[0]!]).toEqual([1, 2, 3, Number.NaN]);
    expect(built.notices).toContainEqual({ code: "IMPUTED", node: "a", units: ["u1"] });
    expect(built.notices).toContainEqual({ code: "UNIT-LEFT-OUT", units: ["u3"] });
  });
  it("a column of one value scores the middle and says so; a denominator of 0 leaves a gap and says so", () => {
    const constant = build({ a: [7, 7], b: [0, 1], c: [0, 1] });
    expect([...constant.normalised[0]!]).toEqual([0.5, 0.5]);
    expect(constant.notices).toContainEqual({ code: "CONSTANT", node: "a", units: [] });
    const nodes = [{ code: "root", weight: 1 }, leaf("a", { denominator: "d" })];
    const divided = build({ a: [4, 4, 9], d: [2, 0, 3] }, { denominate: true }, nodes);
    expect([...divided.denominated[0]!]).toEqual([2, Number.NaN, 3]);
    expect(divided.notices).toContainEqual({ code: "ZERO-DENOMINATOR", node: "a", units: ["u1"] });
  });
  it("winsorising that is not enough is undone for the transformation of the original", () => {
    const a = [0, 1, 2, 3, 4, 5, 6, 7, 8, 1e6];
    const rule = { skewness: 0.01, kurtosis: -9, maxWinsorised: 1 };
    const nodes = [{ code: "root", weight: 1 }, leaf("a")];
    const log = build({ a }, { treat: { ...rule, otherwise: { kind: "log" } } }, nodes);
    expect(log.treated[0]![9]).toBeCloseTo(Math.log(1.01e6), 12);
    const boxCox = build({ a }, { treat: { ...rule, otherwise: { kind: "box-cox", lambda: 0.5 } } }, nodes);
    expect(boxCox.treated[0]![8]).toBeCloseTo((3 - 1) / 0.5, 12);
    const none = build({ a }, { treat: { ...rule, otherwise: { kind: "none" } } }, nodes);
    expect(none.treated[0]![9]).toBe(8);
    expect(none.treatments[0]).toMatchObject({ winsorised: 1, transformed: false, passed: false });
  });
  it("Mazziotta and Pareto: mean 100, deviation 10 of 90 and 110 costs one point; Copeland: wins less losses", () => {
    const nodes = [{ code: "root", weight: 1 }, leaf("a"), leaf("b")];
    const posts = { kind: "goalposts", posts: { a: [0, 200], b: [0, 200] }, scale: 200 } as const;
    const mpi = (penalty: "down" | "up") =>
      root(
        build(
          { a: [90, 100], b: [110, 100] },
          { normalise: posts, aggregate: { kind: "mazziotta-pareto", penalty } },
          nodes,
        ),
      );
    expect(mpi("down")).toEqual([99, 100]);
    expect(mpi("up")).toEqual([101, 100]);
    const wins = build({ a: [1, 2, 3], b: [1, 3, 2], c: [1, 2, 3] }, { aggregate: { kind: "copeland" } });
    expect(root(wins)).toEqual([-1, 0, 1]);
  });
  it("Copeland: a unit without any value is compared with nobody, and nobody's score moves", () => {
    const copeland = { aggregate: { kind: "copeland" } } as const;
    const whole = root(build({ a: [1, 2, 3], b: [1, 3, 2], c: [1, 2, 3] }, copeland));
    const more = root(build({ a: [1, 2, 3, null], b: [1, 3, 2, null], c: [1, 2, 3, null] }, copeland));
    expect(more.slice(0, 3)).toEqual(whole);
    expect(more[3]).toBeNaN();
  });
  it("a geometric mean over a score of 0 is missing and says so, not 0 and not infinite", () => {
    const built = build({ a: [0, 1], b: [0, 1], c: [0, 1] }, { aggregate: { kind: "geometric" } });
    expect(root(built)).toEqual([Number.NaN, 1]);
    expect(built.notices).toContainEqual({ code: "NOT-POSITIVE", node: "root", units: ["u0"] });
  });
});

const cells = fc.array(fc.tuple(...Array.from({ length: 3 }, () => fc.integer({ min: 1, max: 1000 }))), {
  minLength: 3,
  maxLength: 20,
});
const columnsOf = (rows: readonly (readonly number[])[]) => ({
  a: rows.map(([a]) => a!),
  b: rows.map(([, b]) => b!),
  c: rows.map(([, , c]) => c!),
});

describe("metamorphic laws", () => {
  const close = (x: readonly number[], y: readonly number[]) => {
    for (const [i, value] of x.entries()) expect(value).toBeCloseTo(y[i]!, 9);
  };
  it("min-max and z-score do not see units of measure; unit order does not matter; scaled weights change nothing", () => {
    fc.assert(
      fc.property(cells, fc.constantFrom("min-max", "z-score"), (rows, kind) => {
        const normalise =
          kind === "min-max"
            ? ({ kind: "min-max", lower: 0, upper: 1 } as const)
            : ({ kind: "z-score", mean: 0, deviation: 1 } as const);
        const whole = root(build(columnsOf(rows), { normalise }));
        close(root(build(columnsOf(rows.map(([a, b, c]) => [a! * 1000 + 7, b!, c!])), { normalise })), whole);
        close(root(build(columnsOf(rows.toReversed()), { normalise })).toReversed(), whole);
        const heavier = tree.nodes.map((node) => ({ ...node, weight: node.weight * 5 }));
        close(root(build(columnsOf(rows), { normalise }, heavier)), whole);
      }),
    );
  });
  it("every unit twice: the scores stay, of each pair both have the rank that leaves room for the pairs above", () => {
    fc.assert(
      fc.property(cells, fc.constantFrom("arithmetic" as const, "geometric" as const), (rows, kind) => {
        const method = { normalise: { kind: "min-max", lower: 1, upper: 100 }, aggregate: { kind } } as const;
        const once = build(columnsOf(rows), method);
        const twice = build(columnsOf(rows.concat(rows)), method);
        const scores = [...once.scores.at(-1)!];
        close([...twice.scores.at(-1)!], scores.concat(scores));
        const ranks = [...once.ranks].map((rank) => 2 * rank - 1);
        expect([...twice.ranks]).toEqual(ranks.concat(ranks));
      }),
    );
  });
  it("a unit that is missing everywhere changes nobody else's score; one indicator twice at half the weight is the same index", () => {
    fc.assert(
      fc.property(cells, (rows) => {
        const { a, b, c } = columnsOf(rows);
        const whole = root(build({ a, b, c }));
        const more = root(build({ a: [...a, null], b: [...b, null], c: [...c, null] }));
        close(more.slice(0, -1), whole);
        expect(more.at(-1)).toBeNaN();
        const halves = [
          { code: "root", weight: 1 },
          leaf("a", { weight: 0.5 }),
          leaf("again", { weight: 0.5 }),
          leaf("b"),
          leaf("c", { weight: 2 }),
        ];
        close(root(build({ a, again: a, b, c }, {}, halves)), whole);
      }),
    );
  });
  it("an indicator turned round with its direction turned round is the same indicator; means are ordered", () => {
    fc.assert(
      fc.property(cells, (rows) => {
        const turned = tree.nodes.map((node) => (node.code === "a" ? leaf("a", { direction: -1 }) : node));
        close(root(build(columnsOf(rows.map(([a, b, c]) => [-a!, b!, c!])), {}, turned)), root(build(columnsOf(rows))));
        const normalise = { kind: "min-max", lower: 1, upper: 100 } as const;
        const of = (kind: "harmonic" | "geometric" | "arithmetic") =>
          root(build(columnsOf(rows), { normalise, aggregate: { kind } }));
        const [h, g, m] = [of("harmonic"), of("geometric"), of("arithmetic")];
        for (const i of h.keys()) {
          expect(h[i]!).toBeLessThanOrEqual(g[i]! + 1e-9);
          expect(g[i]!).toBeLessThanOrEqual(m[i]! + 1e-9);
        }
      }),
    );
  });
});

describe("Cronbach's alpha", () => {
  it("of the three questions of R's fmsb, computed in R: .929503916449; of k columns that are one, 1", () => {
    const questions = [
      [1, 5, 2, 3, 4, 2, 3, 4, 3, 2],
      [2, 4, 1, 2, 4, 1, 2, 5, 2, 1],
      [2, 5, 1, 3, 3, 2, 2, 4, 2, 2],
    ].map((column) => Float64Array.from(column));
    expect(alphaOf(questions)).toBeCloseTo(0.929503916449, 11);
    expect(alphaOf([questions[0]!, questions[0]!, questions[0]!])).toBeCloseTo(1, 12);
    expect(alphaOf([questions[0]!])).toBeNaN();
    // A unit with a gap is left out of all sums.
    const gap = questions.map((column, j) => Float64Array.from([...column, j === 0 ? Number.NaN : 9]));
    expect(alphaOf(gap)).toBeCloseTo(0.929503916449, 11);
  });
});

describe("refusals", () => {
  const data = { units: ["u"], columns: { a: [1] } };
  const node = (code: string, extra = {}) => ({ code, weight: 1, ...extra });
  it.each([
    ["MEASURE-TREE", [node("r"), leaf("a")]],
    ["MEASURE-TREE", [node("root"), node("root2"), leaf("a")]],
    ["MEASURE-TREE", [node("root"), leaf("a"), leaf("a")]],
    ["MEASURE-TREE", [node("root"), leaf("a", { direction: undefined })]],
    ["MEASURE-TREE", [node("root"), leaf("a"), leaf("x", { parent: "y" }), leaf("y", { parent: "x" })]],
    ["MEASURE-WEIGHT", [node("root"), leaf("a", { weight: -1 })]],
    ["MEASURE-MISSING", [node("root"), leaf("b")]],
  ])("%s", (code, nodes) => {
    expect(() => prepareIndex({ nodes }, data)).toThrow(expect.objectContaining({ code }));
  });
  it.each<[string, Partial<IndexMethod>]>([
    ["MEASURE-PARAMETER", { normalise: { kind: "goalposts", posts: {}, scale: 1 } }],
    ["MEASURE-PARAMETER", { normalise: { kind: "target", targets: {}, capped: true } }],
    ["MEASURE-PARAMETER", { normalise: { kind: "target", targets: { a: 0.5, b: 3, c: 3 }, capped: true } }],
    ["MEASURE-PARAMETER", { normalise: { kind: "goalposts", posts: { a: [1, 1], b: [0, 1], c: [0, 1] }, scale: 1 } }],
    ["MEASURE-PARAMETER", { normalise: { kind: "goalposts", posts: { a: [2, 1], b: [0, 1], c: [0, 1] }, scale: 1 } }],
    ["MEASURE-GROUP", { missing: { impute: "linear", minimumShare: 0 } }],
    ["MEASURE-GROUP", { missing: { impute: "mean", within: "region", minimumShare: 0 } }],
  ])("%s", (code, method) => {
    expect(() => build({ a: [1, 2], b: [1, 2], c: [1, 2] }, method)).toThrow(expect.objectContaining({ code }));
  });
});
