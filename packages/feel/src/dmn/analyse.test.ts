import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Analysis, analyseTable } from "./analyse.ts";
import { readByGrammar, readShort } from "./analyse-cells.ts";
import { optional } from "./read-element.ts";
import type { DecisionTable, Rule } from "./table.ts";

type Policy = DecisionTable["hitPolicy"];

function rule(when: readonly string[], ...results: readonly string[]): Rule {
  return { when, ["then" as const]: results };
}

function tableOf(
  hitPolicy: Policy,
  types: readonly string[],
  rules: readonly Rule[],
  allowed: string[] = [],
): DecisionTable {
  return {
    hitPolicy,
    inputs: types.map((type, index) => ({
      expression: `x${index + 1}`,
      type,
      ...optional("allowedValues", allowed[index]),
    })),
    outputs: [{ allowedValues: '"high", "middle", "low"' }],
    rules,
  };
}

function kinds(analysis: Analysis): string[] {
  return analysis.findings.map((finding) => `${finding.code.slice(6)} ${finding.rows.join(",")}`.trim());
}

describe("table analysis", () => {
  it("finds the gap and the overlap of the table in Calvanese et al. (2016), figure 1: loan grades", () => {
    // Annual income and loan size; rows A to D as printed: A and B overlap, B and C overlap in part, and there are gaps.
    const loan = tableOf(
      "UNIQUE",
      ["number", "number"],
      [
        rule(["[0..1000]", "[0..1000]"], '"VH"'),
        rule(["[250..750]", "[4000..5000]"], '"H"'),
        rule(["[500..1500]", "[500..3000]"], '"H"'),
        rule(["[2000..2500]", "[0..2000]"], '"L"'),
      ],
      [">= 0", ">= 0"],
    );
    const analysis = analyseTable(loan);
    expect(kinds(analysis).filter((kind) => kind.startsWith("overlap"))).toEqual(["overlap 1,3"]);
    expect(analysis.findings.find((finding) => finding.code === "table-overlap")?.where).toEqual([
      "[500..1000]",
      "[500..1000]",
    ]);
    expect(kinds(analysis)).toContain("gap");
  });

  it("knows that days are whole: no gap between 31 December and 1 January", () => {
    const rules = [rule(['<= date("2023-12-31")'], '"low"'), rule(['>= date("2024-01-01")'], '"high"')];
    expect(analyseTable(tableOf("UNIQUE", ["date"], rules)).findings).toEqual([]);
    const numbers = [rule(["<= 3"], '"low"'), rule([">= 4"], '"high"')];
    const [gap] = analyseTable(tableOf("UNIQUE", ["number"], numbers)).findings;
    expect(gap).toMatchObject({ code: "table-gap", example: ["3.5"], where: ["(3..4)"] });
  });

  it.each([
    ["time", 'time("12:00:00")', 'time("12:00:01")', 'time("12:00:00.5")'],
    [
      "date and time",
      'date and time("2024-02-28T23:59:59")',
      '@"2024-03-01T00:00:00"',
      'date and time("2024-02-29T00:00:00")',
    ],
    ["days and time duration", 'duration("PT0S")', 'duration("P1D")', 'duration("PT1S")'],
  ])("gives an example between two values of %s", (type, low, high, between) => {
    const rules = [rule([`<= ${low}`], '"low"'), rule([`>= ${high}`], '"high"')];
    expect(analyseTable(tableOf("UNIQUE", [type], rules)).findings.map(({ example }) => example)).toEqual([[between]]);
  });

  it("knows that durations of months are whole", () => {
    const rules = [rule(['<= duration("P1Y")'], '"low"'), rule(['>= duration("P13M")'], '"high"')];
    expect(analyseTable(tableOf("UNIQUE", ["years and months duration"], rules)).findings).toEqual([]);
  });

  it("takes booleans and enumerations as closed, other strings as open", () => {
    const both = [rule(["true"], '"low"'), rule(["false"], '"high"')];
    expect(analyseTable(tableOf("UNIQUE", ["boolean"], both)).findings).toEqual([]);
    const cities = [rule(['"沪"'], '"low"'), rule(['"京"'], '"high"')];
    expect(analyseTable(tableOf("UNIQUE", ["string"], cities)).findings[0]).toMatchObject({
      code: "table-gap",
      where: ['not("沪", "京")'],
    });
    expect(analyseTable(tableOf("UNIQUE", ["string"], cities, ['"沪","京"'])).findings).toEqual([]);
    expect(analyseTable(tableOf("UNIQUE", ["string"], cities, ['"沪","京","粤"'])).findings[0]).toMatchObject({
      example: ['"粤"'],
    });
  });

  it("minds the hit policy", () => {
    const overlapping = [rule(["> 10"], '"high"'), rule(["-"], '"low"')];
    expect(kinds(analyseTable(tableOf("UNIQUE", ["number"], overlapping)))).toEqual(["overlap 1,2"]);
    expect(kinds(analyseTable(tableOf("ANY", ["number"], overlapping)))).toEqual(["overlap 1,2"]);
    for (const policy of ["FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"] as const) {
      expect(kinds(analyseTable(tableOf(policy, ["number"], overlapping)))).toEqual([]);
    }
    const same = [rule(["> 10"], '"low"'), rule(["-"], '"low"')];
    expect(kinds(analyseTable(tableOf("ANY", ["number"], same)))).toEqual([]);
  });

  it("finds rows that never decide: under FIRST behind earlier rows together, under PRIORITY behind higher outputs", () => {
    const first = [rule(["< 5"], '"a"'), rule([">= 5"], '"b"'), rule(["[3..8]"], '"c"')];
    expect(kinds(analyseTable(tableOf("FIRST", ["number"], first)))).toEqual(["unreachable 3,1,2"]);
    const priority = [rule(["[3..8]"], '"low"'), rule(["-"], '"high"'), rule(["> 0"], '"middle"')];
    expect(kinds(analyseTable(tableOf("PRIORITY", ["number"], priority)))).toEqual([
      "unreachable 1,2",
      "unreachable 3,2",
    ]);
  });

  it("finds duplicates, rows that can match nothing, and values outside what is allowed", () => {
    const twice = [rule(["1", '"a"'], '"low"'), rule(["[1..1]", '"a"'], '"low"'), rule(["(5..5)", "-"], '"low"')];
    expect(
      kinds(analyseTable(tableOf("RULE ORDER", ["number", "string"], twice))).filter((kind) => kind !== "gap"),
    ).toEqual(["duplicate 1,2", "unreachable 3"]);
    const outside = [rule(["-"], '"low"'), rule(["200"], '"low"')];
    expect(kinds(analyseTable(tableOf("ANY", ["number"], outside, ["[0..150]"])))).toEqual(["unreachable 2"]);
  });

  it("says what it cannot analyse, and doubts the gaps such a row might fill", () => {
    const rules = [rule(["< 低保标准"], '"low"'), rule(["> 1000"], '"high"')];
    const table = tableOf("UNIQUE", ["number"], rules);
    const blind = analyseTable(table);
    expect(kinds(blind)).toEqual(["not-analysed 1", "gap"]);
    expect(blind.findings[1]?.severity).toBe("warning");
    const [gap] = analyseTable(table, { constants: { 低保标准: "740" } }).findings;
    expect(gap).toMatchObject({ code: "table-gap", severity: "error", where: ["[740..1000]"] });
  });

  it("counts a default output as an answer", () => {
    const table = tableOf("UNIQUE", ["number"], [rule(["> 10"], '"high"')]);
    expect(analyseTable({ ...table, outputs: [{ default: '"low"' }] }).findings).toEqual([]);
  });

  it("says when it told only a part", () => {
    const rules = Array.from({ length: 30 }, (_, index) => rule([`${index}`], '"low"'));
    const analysis = analyseTable(tableOf("UNIQUE", ["number"], [...rules, ...rules]), { most: 10 });
    expect(analysis.complete).toBe(false);
    expect(analysis.cut).toContain("duplicate");
  });
});

describe("cells of literals", () => {
  const number = fc.oneof(
    fc.integer(),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((n) => n.toFixed(3)),
  );
  const text = fc.oneof(
    fc.constant("-"),
    number.map(String),
    fc.tuple(fc.constantFrom("<", "<= ", ">", ">= "), number).map(([sign, bound]) => `${sign}${bound}`),
    fc.tuple(fc.constantFrom("[", "("), number, number, fc.constantFrom("]", ")")).map(([open, low, high, close]) => {
      return `${open}${low}..${high}${close}`;
    }),
    fc.string({ maxLength: 6 }).map((word) => JSON.stringify(word)),
  );

  it("mean the same read at once as read by the grammar", () => {
    fc.assert(
      fc.property(text, (cell) => {
        const short = readShort(cell);
        if (short !== undefined) expect(JSON.stringify(short)).toBe(JSON.stringify(readByGrammar(cell, {})));
      }),
      { numRuns: 300 },
    );
  });
});

describe("table analysis against brute force", () => {
  const bounds = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }));
  const numberCell = fc.oneof(
    fc.constant("-"),
    fc.tuple(bounds, fc.boolean(), fc.boolean()).map(([[a, b], open, close]) => {
      return `${open ? "(" : "["}${Math.min(a, b)}..${Math.max(a, b)}${close ? ")" : "]"}`;
    }),
    fc.tuple(fc.constantFrom("<", "<=", ">", ">="), fc.integer({ min: 0, max: 4 })).map(([sign, n]) => `${sign} ${n}`),
    fc.integer({ min: 0, max: 4 }).map((n) => `not(${n})`),
    fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })).map(([a, b]) => `${a}, > ${b}`),
  );
  const words = ["a", "b", "c"];
  const stringCell = fc.oneof(
    fc.constant("-"),
    fc.subarray(words, { minLength: 1 }).map((some) => some.map((word) => `"${word}"`).join(",")),
    fc.subarray(words, { minLength: 1 }).map((some) => `not(${some.map((word) => `"${word}"`).join(",")})`),
  );
  const booleanCell = fc.constantFrom("-", "true", "false");
  const rules = fc.array(
    fc
      .tuple(numberCell, stringCell, numberCell, booleanCell, fc.constantFrom('"high"', '"middle"', '"low"'))
      .map(([a, b, c, d, result]) => rule([a, b, c, d], result)),
    { minLength: 1, maxLength: 7 },
  );
  const line = Array.from({ length: 11 }, (_, index) => index / 2 - 0.5);
  const points = line.flatMap((a) =>
    ["a", "b", "c", "other"].flatMap((b) => line.flatMap((c) => [true, false].map((d) => [a, b, c, d] as const))),
  );

  /** A second reading of the cells, by regular expression and plain comparison. */
  function matches(cell: string, value: number | string | boolean): boolean {
    if (cell === "-") return true;
    const inner = /^not\((.*)\)$/.exec(cell)?.[1];
    if (inner !== undefined) return !matches(inner, value);
    const parts = cell.includes("..") ? [cell] : cell.split(",");
    return parts.some((part) => matchesOne(part.trim(), value));
  }

  function matchesOne(test: string, tested: number | string | boolean): boolean {
    const value = Number(tested);
    const range = /^([[(])(\d)\.\.(\d)([\])])$/.exec(test);
    if (range !== null) {
      const [, open, low, high, close] = range;
      const above = open === "[" ? value >= Number(low) : value > Number(low);
      return above && (close === "]" ? value <= Number(high) : value < Number(high));
    }
    const compared = /^(<=|<|>=|>) (\d)$/.exec(test);
    if (compared !== null) {
      const bound = Number(compared[2]);
      return (
        { "<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound }[compared[1] ?? ""] ??
        false
      );
    }
    return String(JSON.parse(test)) === String(tested);
  }

  const hits = (given: readonly Rule[], point: (typeof points)[number]) =>
    given.flatMap((each, index) =>
      each.when.every((cell, column) => matches(cell, point[column] as never)) ? [index] : [],
    );

  const types = ["number", "string", "number", "boolean"];
  const parsed = (example: readonly string[]) =>
    example.map((text) => JSON.parse(text)) as unknown as (typeof points)[number];

  it("tells exactly the inputs that no row covers", () => {
    fc.assert(
      fc.property(rules, (given) => {
        const { findings, complete } = analyseTable(tableOf("FIRST", types, given), { most: 5000 });
        const found = findings.filter((finding) => finding.code === "table-gap");
        expect(complete).toBe(true);
        for (const gap of found) expect(hits(given, parsed(gap.example))).toEqual([]);
        for (const point of points) {
          const told = found.some((gap) => gap.where.every((cell, column) => whereHolds(cell, point[column] as never)));
          expect(told).toBe(hits(given, point).length === 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  function whereHolds(cell: string, value: number | string | boolean): boolean {
    if (cell === "-") return true;
    const inner = /^not\((.*)\)$/.exec(cell)?.[1];
    if (inner !== undefined) return !whereHolds(inner, value);
    return cell.split(", ").some((part) => matchesOne(part, value));
  }

  it("tells exactly the pairs that overlap and the rows that never decide", () => {
    fc.assert(
      fc.property(rules, fc.constantFrom<Policy>("UNIQUE", "FIRST", "PRIORITY"), (given, policy) => {
        const { findings } = analyseTable(tableOf(policy, types, given), { most: 5000 });
        const pairs = new Set<string>();
        const deciding = new Set<number>();
        const matching = new Set<number>();
        const rank = (index: number) => ['"high"', '"middle"', '"low"'].indexOf(given[index]?.then[0] ?? "");
        for (const point of points) {
          const hit = hits(given, point);
          for (const index of hit) matching.add(index);
          for (const a of hit) for (const b of hit) if (a < b) pairs.add(`${a + 1},${b + 1}`);
          const winner = policy === "FIRST" ? hit[0] : [...hit].sort((a, b) => rank(a) - rank(b) || a - b)[0];
          if (winner !== undefined) deciding.add(winner);
        }
        const told = (code: string) => findings.filter((finding) => finding.code === `table-${code}`);
        if (policy === "UNIQUE") {
          const all = [...told("overlap"), ...told("duplicate")];
          expect(new Set(all.map((finding) => finding.rows.join(",")))).toEqual(pairs);
          for (const each of all) {
            const both = hits(given, parsed(each.example)).map((index) => index + 1);
            expect(both).toEqual(expect.arrayContaining([...each.rows]));
          }
        }
        const reached = policy === "UNIQUE" ? matching : deciding;
        const never = given.map((_, index) => index).filter((index) => !reached.has(index));
        expect(told("unreachable").map((finding) => (finding.rows[0] ?? 0) - 1)).toEqual(never);
      }),
      { numRuns: 100 },
    );
  });
});

describe("table analysis of 1,000 rows by 8 columns", () => {
  const types = Array.from({ length: 8 }, () => "number");

  /** A partition: each row is split at a column and a place that turn with its number. */
  function partition(rows: number): DecisionTable {
    let boxes: [number, number][][] = [types.map(() => [0, 1 << 20])];
    for (let turn = 0; boxes.length < rows; turn += 1) {
      const [box, ...rest] = boxes as [[number, number][], ...[number, number][][]];
      const [low, high] = box[turn % 8] as [number, number];
      const middle = low + Math.floor(((high - low) * (3 + (turn % 5))) / 10);
      const part = (from: number, to: number) => box.map((side, column) => (column === turn % 8 ? [from, to] : side));
      boxes = [...rest, part(low, middle), part(middle, high)] as [number, number][][];
    }
    const rules = boxes.map((box) =>
      rule(
        box.map(([low, high]) => `[${low}..${high})`),
        '"low"',
      ),
    );
    return tableOf(
      "UNIQUE",
      types,
      rules,
      types.map(() => `[0..${1 << 20})`),
    );
  }

  it("proves a partition whole", () => {
    expect(analyseTable(partition(1000))).toEqual({ findings: [], complete: true, cut: [] });
  });

  it("finds the one row that was taken out, and the one that was widened", () => {
    const whole = partition(1000);
    const without = { ...whole, rules: whole.rules.filter((_, index) => index !== 500) };
    expect(analyseTable(without).findings.map((finding) => finding.where)).toEqual([whole.rules[500]?.when]);
    const wider = whole.rules.map((each, index) =>
      index === 500 ? rule(["-", ...each.when.slice(1)], '"low"') : each,
    );
    const overlaps = analyseTable({ ...whole, rules: wider });
    expect(overlaps.findings.every((finding) => finding.rows.includes(501))).toBe(true);
    expect(overlaps.findings.length).toBeGreaterThan(0);
  });
});
