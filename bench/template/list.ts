import { compileRulebook, loadList, type Rulebook } from "@qingdan/list";

/*
 * The month of OpenFisca's country template 8.0.0 (an invented country, AGPL; rules and figures re-expressed here as a list):
 * basic income, pension, marginal scale on salary, housing allowance. Amounts in its currency, held in hundredths.
 */
const header = `
code: cn
area: cn
name: { zh: 样板国, en: Template country }
versions: [{ version: "8.0.0", from: 2010-01-01, status: in-force, mark: R, source: [T] }]
domains:
  - { code: all, zh: 全部, en: All, categories: [{ code: all, number: 1, zh: 全部, en: All }] }
`;
const facts = `
- { name: birthDate, privacy: personal, entity: person, type: date, zh: 出生日期, en: Date of birth }
- { name: home, privacy: personal, entity: person, type: area, zh: 住地, en: Place }
- { name: salary, privacy: personal, entity: person, type: money, unit: CNY/month, range: { min: 0, max: 1000000 }, zh: 月工资, en: Monthly salary }
- { name: rent, privacy: personal, entity: household, type: money, unit: CNY/month, range: { min: 0, max: 100000 }, zh: 月租, en: Monthly rent }
- { name: age, privacy: personal, entity: person, type: integer, unit: year, zh: 周岁, en: Age, formula: "years and months duration(birthDate, asOf).years" }
`;

interface Series {
  readonly type: string;
  readonly unit: string;
  /** First day and value, in order. */
  readonly values: readonly (readonly [from: string, value: number])[];
}

const money = { type: "money", unit: "CNY/month" };
const ratio = { type: "ratio", unit: "" };
const series: Readonly<Record<string, Series>> = {
  majority: {
    type: "integer",
    unit: "year",
    values: [
      ["1945-01-01", 21],
      ["1971-01-01", 18],
    ],
  },
  retirement: {
    type: "decimal",
    unit: "year",
    values: [
      ["1951-07-01", 60.33],
      ["2017-01-01", 62],
    ],
  },
  basicIncome: { ...money, values: [["2015-12-01", 600]] },
  pension: { ...money, values: [["1951-07-01", 1]] },
  housingRate: { ...ratio, values: [["2010-01-01", 0.25]] },
  firstRate: {
    ...ratio,
    values: [
      ["2013-01-01", 0.03],
      ["2015-01-01", 0.04],
      ["2017-01-01", 0.02],
    ],
  },
  secondRate: {
    ...ratio,
    values: [
      ["2013-01-01", 0.1],
      ["2015-01-01", 0.12],
      ["2017-01-01", 0.06],
    ],
  },
  secondFrom: {
    ...money,
    values: [
      ["2013-01-01", 12_000],
      ["2014-01-01", 12_100],
      ["2015-01-01", 12_200],
      ["2016-01-01", 12_300],
      ["2017-01-01", 6_000],
    ],
  },
  thirdRate: { ...ratio, values: [["2017-01-01", 0.12]] },
  thirdFrom: { ...money, values: [["2017-01-01", 12_400]] },
};

function parameter([code, { type, unit, values }]: readonly [string, Series]): string {
  const dated = values.map(([from, value], at) => {
    const next = values[at + 1];
    return `{ area: cn, from: ${from}, ${next ? `until: ${next[0]}, ` : ""}value: ${value}, mark: R, source: [T] }`;
  });
  return `- { code: ${code}, zh: ${code}, en: ${code}, type: ${type}${unit && `, unit: ${unit}`}, values: [${dated.join(", ")}] }`;
}

interface Output {
  readonly from: string;
  readonly to?: string;
  readonly subject: "person" | "household";
  readonly conditions: Readonly<Record<string, string>>;
  readonly amount: string;
}

/** The items; where a rule changed its shape there is one for each shape. */
const outputs: Readonly<Record<string, Output>> = {
  "basic-income-without-salary": {
    from: "2015-12-01",
    to: "2016-12-01",
    subject: "person",
    conditions: { adult: "age >= majority", idle: "salary = 0" },
    amount: "basicIncome",
  },
  "basic-income": {
    from: "2016-12-01",
    subject: "person",
    conditions: { adult: "age >= majority" },
    amount: "basicIncome",
  },
  pension: { from: "1951-07-01", subject: "person", conditions: { old: "age >= retirement" }, amount: "pension" },
  "two-bracket-contribution": {
    from: "2013-01-01",
    to: "2017-01-01",
    subject: "person",
    conditions: {},
    amount: "round half up(min(salary, secondFrom) * firstRate + max(0, salary - secondFrom) * secondRate, 2)",
  },
  contribution: {
    from: "2017-01-01",
    subject: "person",
    conditions: {},
    amount:
      "round half up(min(salary, secondFrom) * firstRate + max(0, min(salary, thirdFrom) - secondFrom) * secondRate + max(0, salary - thirdFrom) * thirdRate, 2)",
  },
  "housing-allowance": {
    from: "2010-01-01",
    to: "2016-12-01",
    subject: "household",
    conditions: {},
    amount: "round half up(rent * housingRate, 2)",
  },
};

function item([slug, { from, to, subject, conditions, amount }]: readonly [string, Output]): [string, string] {
  const said = "{ zh: 略, en: Left out, mark: R, source: [T] }";
  const tests = Object.entries(conditions).map(
    ([code, test]) => `{ code: ${code}, test: "${test}", zh: ${code}, en: ${code} }`,
  );
  return [
    `items/${slug}.yaml`,
    `
code: cn.${slug}
name: { zh: ${slug}, en: ${slug} }
domain: all
category: all
lifeStages: [all]
status: in-force
effective: { from: ${from}${to ? `, until: ${to}` : ""} }
object: ${said}
content: ${said}
standard: { zh: 略, en: Left out, kind: amount, mark: R, source: [T] }
payer: { zh: 略, en: Left out, split: state, mark: R, source: [T] }
lead: { units: [state], mark: R, source: [T] }
basis: [{ source: T }]
rule: { subject: ${subject}, area: home, per: month, conditions: [${tests.join(", ")}], amount: "${amount}" }
`,
  ];
}

/** The template's rules of the month of a day. */
export function templateRulebook(date: string): Rulebook {
  const files = new Map<string, string>([
    ["list.yaml", header],
    ["areas.yaml", "- { code: cn, zh: 样板国, en: Template country, level: nation }"],
    ["facts.yaml", facts],
    ["parameters/template.yaml", Object.entries(series).map(parameter).join("\n")],
    ["units.yaml", "- { code: state, level: nation, area: cn, names: [{ zh: 国家, en: State }] }"],
    [
      "payers.yaml",
      "- { code: state, zh: 国家, en: State, split: { kind: all, payer: central }, mark: R, source: [T] }",
    ],
    ["life-stages.yaml", "- { code: all, zh: 全程, en: All ages }"],
    ["sources.yaml", "- { code: T, title: OpenFisca Country Template 8.0.0, kind: page }"],
    ...Object.entries(outputs).map(item),
  ]);
  const { list, findings } = loadList({ dir: "template", files });
  if (list === undefined) throw new Error(JSON.stringify(findings, null, 1));
  const compiled = compileRulebook(list, { area: "cn", date });
  if (compiled.rulebook === undefined) throw new Error(JSON.stringify(compiled.findings, null, 1));
  return compiled.rulebook;
}
