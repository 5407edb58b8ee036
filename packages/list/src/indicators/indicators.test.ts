import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { List } from "../model/list.ts";
import { readList } from "../node/read-list.ts";
import { targetFor } from "./catalogue.ts";
import { INDICATOR_FINDINGS } from "./finding.ts";
import { type IndicatorSource, loadIndicators } from "./load-indicators.ts";

const lists = fileURLToPath(new URL("../../../../lists/", import.meta.url));

const sourceOf = (code: string, parent?: IndicatorSource): IndicatorSource => {
  const dir = `${lists}${code}/indicators`;
  return {
    dir,
    files: new Map(readdirSync(dir).map((name) => [name, readFileSync(`${dir}/${name}`, "utf8")])),
    ...(parent && { parent }),
  };
};

let nation: List;
let shanghai: List;
beforeAll(async () => {
  nation = (await readList(`${lists}cn`)).list!;
  shanghai = (await readList(`${lists}cn-31`)).list!;
});

describe("the national catalogue", () => {
  /** Targets of 2025 as 21 departments published them on 2022-01-10 (Xinhua, 2022-01-11), in the order of the table. */
  const published: readonly (readonly [comparison: string, value: number | undefined])[] = [
    ["at-least", 4.5],
    ["all", undefined],
    ["above", 90],
    ["at-least", 96],
    ["above", 92],
    ["at-least", 11.3],
    ["at-least", 1500],
    ["at-least", 78.3],
    ["at-least", 3.2],
    ["at-least", 3.8],
    ["above", 95],
    ["at-least", 55],
    ["at-least", 100],
    ["at-least", 95],
    ["about", 1000],
    ["all", undefined],
    ["all", undefined],
    ["about", 21.9],
    ["at-least", 100],
    ["at-least", 3.4],
    ["at-least", 2.6],
    ["above", 30],
  ];

  it("holds the 22 indicators of the 14th plan with their targets, without a finding", () => {
    const { catalogue, findings } = loadIndicators(nation, sourceOf("cn"));
    expect(findings).toEqual([]);
    const targets = [...catalogue!.indicators.values()].flatMap(({ targets }) =>
      targets.filter(({ plan }) => plan === "plan-14"),
    );
    const inOrder = targets.toSorted((a, b) => a.number! - b.number!);
    expect(inOrder.map(({ number }) => number)).toEqual(Array.from({ length: 22 }, (_, i) => i + 1));
    expect(inOrder.map(({ comparison, value }) => [comparison, value])).toEqual(published);
    expect(inOrder.every(({ year, mark, nature }) => year === 2025 && mark === "V2" && nature?.mark === "R")).toBe(
      true,
    );
  });

  it("gives no base where the source has no number: a base of above 95 is not 95", () => {
    const { catalogue } = loadIndicators(nation, sourceOf("cn"));
    for (const code of ["medical-insurance", "disability-subsidies-covered", "orphans-covered"]) {
      expect(catalogue!.indicators.get(code)!.targets[0]!.base).toBeUndefined();
    }
  });
});

describe("a list that stands on another", () => {
  it("adds targets of its own area: Shanghai wants 60 % nursing beds where the nation wants 55 %", () => {
    const { catalogue, findings } = loadIndicators(shanghai, sourceOf("cn-31", sourceOf("cn")));
    expect(findings).toEqual([]);
    const beds = catalogue!.indicators.get("nursing-beds")!;
    expect(targetFor(beds, ["cn-310101", "cn-31", "cn"])?.value).toBe(60);
    expect(targetFor(beds, ["cn-34", "cn"])?.value).toBe(55);
    expect(targetFor(beds, ["cn-310101", "cn-31", "cn"], "plan-14")?.value).toBe(55);
  });

  it("hands no count down: ten million beds are a target of the nation alone", () => {
    const { catalogue } = loadIndicators(nation, sourceOf("cn"));
    const beds = catalogue!.indicators.get("care-beds")!;
    expect(targetFor(beds, ["cn"])?.value).toBe(1000);
    expect(targetFor(beds, ["cn-34", "cn"])).toBeUndefined();
  });
});

/** A share of people with a target, to be damaged below. */
const sound = `
- code: members-served
  name: { zh: 会员服务率, en: Members served }
  definition: { zh: 甲, en: A }
  domain: old-age
  unit: { zh: "%", en: "%" }
  decimals: 1
  form: ratio
  numerator: { zh: 已服务, en: served, people: true }
  denominator: { zh: 会员, en: members, people: true }
  per: 100
  direction: up
  period: year
  lowest: county
  by: [area]
  lead: [civil-affairs]
  origin: { kind: statistics }
  interval: wilson
  smallest: 10
  targets:
    - { plan: club, number: 1, area: cn, comparison: at-least, value: 80, year: 2025, mark: V, source: [N1] }
  mark: V
  source: [N1]
`;
const plans = `
- { code: club, name: { zh: 甲, en: A }, area: cn, base: 2020, until: 2025, indicators: 1, mark: V, source: [N1] }
`;

const load = (text: string, more: Record<string, string> = {}) =>
  loadIndicators(nation, {
    dir: "club",
    files: new Map(Object.entries({ "a.yaml": text, "plans.yaml": plans, ...more })),
  });
const told = (text: string, more?: Record<string, string>) =>
  load(text, more).findings.map(({ code, file, line, column }) => `${code} ${file}:${line}:${column}`);

/** Line and column, from 1, at which a text first stands. */
const placeIn = (text: string, part: string): string => {
  const before = text.slice(0, text.indexOf(part)).split("\n");
  return `${before.length}:${before.at(-1)!.length + 1}`;
};

describe("what contradicts itself is refused at its place", () => {
  it("and what is sound is not", () => {
    expect(load(sound).findings).toEqual([]);
  });

  it.each([
    [
      "a ratio without denominator",
      "  denominator: { zh: 会员, en: members, people: true }\n",
      "",
      "INDICATOR-FORM",
      "ratio",
    ],
    ["a target for everyone with a value", "on: at-least", "on: all", "INDICATOR-TARGET-VALUE", "all,"],
    ["about without a tolerance", "on: at-least", "on: about", "INDICATOR-TARGET-VALUE", "about,"],
    ["a target against the direction", "on: at-least", "on: at-most", "INDICATOR-TARGET-DIRECTION", "at-most,"],
    ["a cumulative share", "year: 2025", "year: 2025, cumulative: true", "INDICATOR-CUMULATIVE", "true, mark"],
    [
      "a base after its target",
      "year: 2025",
      "year: 2025, base: { year: 2026, value: 1, mark: V, source: [] }",
      "INDICATOR-TARGET-YEARS",
      "2026",
    ],
    ["an unknown plan", "plan: club", "plan: clubs", "INDICATOR-UNKNOWN-PLAN", "clubs"],
    [
      "an unknown source",
      "mark: V\n  source: [N1]",
      "mark: V\n  source: [N999]",
      "LIST-UNKNOWN-SOURCE",
      "code: members",
    ],
    ["an unknown unit", "lead: [civil-affairs]", "lead: [civil-affair]", "LIST-UNKNOWN-UNIT", "[civil-affair]"],
    ["an unknown domain", "domain: old-age", "domain: old-ages", "LIST-UNKNOWN-DOMAIN", "old-ages"],
    ["an unknown item", "kind: statistics", "kind: run, items: [cn.nothing]", "LIST-UNKNOWN-ITEM", "[cn.nothing]"],
    ["an unknown key", "smallest: 10", "smalest: 10", "LIST-UNKNOWN-KEY", "smalest"],
    ["an interval of no percentage", "per: 100", "per: 1000", "INDICATOR-FORM", "wilson"],
    ["a plan that counts other indicators", "number: 1, ", "", "INDICATOR-PLAN-COUNT", undefined],
  ])("%s", (_name, from, to, code, at) => {
    expect(sound).toContain(from);
    const damaged = sound.replace(from, to);
    const file = at === undefined ? "plans" : "a";
    const text = at === undefined ? plans : damaged;
    expect(told(damaged)).toContain(`${code} club/${file}.yaml:${placeIn(text, at ?? "1, mark")}`);
  });

  it("suppression of what counts no people", () => {
    expect(told(sound.replaceAll(", people: true", ""))).toContain(
      `INDICATOR-SUPPRESSION club/a.yaml:${placeIn(sound.replaceAll(", people: true", ""), "10\n")}`,
    );
  });

  it("a code twice, a target twice, an addition to nothing", () => {
    expect(told(sound + sound)).toContain(`INDICATOR-DUPLICATE club/a.yaml:${sound.split("\n").length + 1}:9`);
    const line = sound.split("\n").find((text) => text.includes("plan: club"))!;
    expect(told(sound.replace(line, `${line}\n${line}`))).toContain(
      `INDICATOR-TARGET-TWICE club/a.yaml:${sound.split("\n").indexOf(line) + 2}:7`,
    );
    const { findings } = load(`${sound}- { adds: member-served }\n`);
    expect(findings).toMatchObject([
      { code: "INDICATOR-UNKNOWN", column: 11, hint: { en: 'Did you mean "members-served"?' } },
    ]);
  });

  it("an index without weight, with goalposts the wrong way round, or of an indicator twice", () => {
    const index = (leaf: string) => ({
      "indexes.yaml": `
- code: i
  name: { zh: 甲, en: A }
  definition: { zh: 甲, en: A }
  units: county
  people: members-served
  aggregate: arithmetic
  present: 1
  uncertainty: { spread: 0.2, draws: 20, seed: 1 }
  groups: [{ domain: old-age, weight: 0, indicators: [${leaf}] }]
  mark: V
  source: []
`,
    });
    const leaf = "{ indicator: members-served, weight: 1, worst: 100, best: 0 }";
    expect(told(sound, index(`${leaf}, ${leaf}`)).map((finding) => finding.split(" ")[0])).toEqual(
      expect.arrayContaining(["INDICATOR-GOALPOSTS", "INDICATOR-DUPLICATE", "INDICATOR-WEIGHTS"]),
    );
  });

  it("a detector that does not fit its indicator", () => {
    const rule = `
- { code: w, name: { zh: 甲, en: A }, indicator: members-served, days: 1, mark: V, source: [], detector: { kind: cusum, slack: 1, threshold: 2 } }
`;
    expect(told(sound, { "warnings.yaml": rule })).toEqual([
      `INDICATOR-DETECTOR club/warnings.yaml:${placeIn(rule, "{ kind")}`,
    ]);
  });

  it.each([
    ["{ kind: farrington, years: 5, window: 1, alpha: 0.01 }", true],
    ["{ kind: glr, threshold: 5, harmonics: 1 }", true],
    ["{ kind: funnel }", false],
    ["{ kind: modified-z, limit: 3.5 }", false],
  ])("%s on a yearly share with an interval, refused: %s", (detector, refused) => {
    const rule = `
- { code: w, name: { zh: 甲, en: A }, indicator: members-served, days: 1, budget: 0.5, trial: true, mark: V, source: [], detector: ${detector} }
`;
    const found = told(sound, { "warnings.yaml": rule });
    expect(found.map((finding) => finding.split(" ")[0])).toEqual(refused ? ["INDICATOR-DETECTOR"] : []);
  });
});

describe("docs/errors.md", () => {
  it("tells of every finding about indicators, and of no other", () => {
    const page = readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8");
    const rows = [...page.matchAll(/^\| `(INDICATOR-[A-Z-]+)` +\| (error|warning) +\|/gm)];
    expect(Object.fromEntries(rows.map(([, code, severity]) => [code, severity]))).toEqual(INDICATOR_FINDINGS);
  });
});
