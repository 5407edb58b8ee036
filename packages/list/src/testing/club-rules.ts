import { loadList } from "../load-list.ts";
import type { List } from "../model/list.ts";

/** An invented tennis club as a small list that uses every shape of rule. Its numbers come from nowhere. */
const header = `
code: cn
area: cn
name: { zh: 网球俱乐部, en: Tennis club }
versions: [{ version: "1", from: 2020-01-01, status: in-force, mark: V, source: [S1] }]
domains:
  - code: club
    zh: 俱乐部
    en: Club
    categories: [{ code: members, number: 1, zh: 会员, en: Members }]
`;
const areas = `
- { code: cn, zh: 总部, en: Headquarters, level: nation }
- { code: cn-31, parent: cn, zh: 东场, en: East, level: province }
- { code: cn-310101, parent: cn-31, zh: 东一场, en: East One, level: county }
- { code: cn-310104, parent: cn-31, zh: 东二场, en: East Two, level: county }
- { code: cn-32, parent: cn, zh: 西场, en: West, level: province }
`;
const facts = `
- { name: birthDate, privacy: personal, entity: person, type: date, zh: 出生日期, en: Date of birth, question: { zh: 生日?, en: Birthday? } }
- { name: home, privacy: personal, entity: person, type: area, zh: 主场, en: Home court, question: { zh: 哪个场?, en: Which court? } }
- { name: plays, privacy: personal, entity: person, type: boolean, zh: 常打球, en: Plays regularly, question: { zh: 打球吗?, en: Do you play? } }
- name: level
  entity: person
  privacy: personal
  type: enum
  zh: 水平
  en: Level
  values: [{ code: none, zh: 无, en: None }, { code: junior, zh: 初级, en: Junior }, { code: senior, zh: 高级, en: Senior }]
  question: { zh: 什么水平?, en: What level? }
- { name: income, privacy: personal, entity: person, type: money, unit: CNY/month, range: { min: 0, max: 100000 }, zh: 月收入, en: Monthly income, question: { zh: 月收入?, en: Income? } }
- { name: hours, privacy: personal, entity: person, type: decimal, decimals: 1, unit: hour/week, range: { min: 0, max: 80 }, zh: 每周打球小时, en: Hours a week, question: { zh: 几小时?, en: How many hours? } }
- { name: wins, privacy: personal, entity: person, type: integer, range: { min: 0, max: 500 }, zh: 胜场, en: Wins }
- { name: space, privacy: personal, entity: household, type: decimal, decimals: 2, unit: m2, range: { min: 0, max: 1000 }, zh: 住房面积, en: Floor area, question: { zh: 多大?, en: How large? } }
- { name: ground, privacy: personal, entity: household, type: area, zh: 练习场, en: Practice ground }
- { name: savings, privacy: personal, entity: household, type: money, unit: CNY, range: { min: 0, max: 10000000 }, zh: 存款, en: Savings, question: { zh: 存款?, en: Savings? } }
- { name: age, privacy: personal, entity: person, type: integer, unit: year, zh: 周岁, en: Age, formula: "years and months duration(birthDate, asOf).years" }
- { name: ageInMonths, privacy: personal, entity: person, type: integer, unit: month, zh: 月龄, en: Age in months, formula: "years and months duration(birthDate, asOf).years * 12 + years and months duration(birthDate, asOf).months" }
- { name: size, privacy: personal, entity: household, type: integer, unit: count, zh: 人数, en: Members, formula: count(members) }
`;
const parameters = `
- code: line
  zh: 标准线
  en: Line
  type: money
  unit: CNY/month
  values:
    - { area: cn-31, from: 2020-01-01, value: 1000, mark: V, source: [S1] }
    - { area: cn-31, from: 2024-01-01, value: 1200.5, mark: V, source: [S1] }
- code: courtRate
  zh: 场地补贴
  en: Court rate
  type: money
  unit: CNY/month
  keys: [{ name: level, values: [junior, senior] }]
  values:
    - { area: cn, key: [junior], from: 2020-01-01, value: 30, mark: V, source: [S1] }
    - { area: cn, key: [senior], from: 2020-01-01, value: 55, mark: V, source: [S1] }
    - { area: cn-310104, key: [senior], from: 2020-01-01, value: 66, mark: V, source: [S1] }
- code: gift
  zh: 礼金
  en: Gift
  type: money
  unit: CNY
  values:
    - { area: cn-31, from: 2020-01-01, value: null, mark: R, source: [S1] }
    - { area: cn-310101, from: 2020-01-01, value: 88, mark: V, source: [S1] }
- code: monthsPerYear
  zh: 一年的月数
  en: Months a year
  type: integer
  unit: month/year
  values: [{ area: cn, from: 2020-01-01, value: 12, mark: V, source: [S1] }]
- code: rent
  zh: 每平方米补贴
  en: Rate a square metre
  type: money
  unit: CNY/month/m2
  values: [{ area: cn, from: 2020-01-01, value: 12.35, mark: V, source: [S1] }]
- code: discount
  zh: 折扣
  en: Discount
  type: ratio
  values: [{ area: cn, from: 2020-01-01, value: 0.125, mark: V, source: [S1] }]
`;
const others: readonly (readonly [string, string])[] = [
  ["units.yaml", "- { code: club, level: nation, area: cn, names: [{ zh: 俱乐部, en: Club }] }"],
  [
    "payers.yaml",
    "- { code: club, zh: 俱乐部, en: Club, split: { kind: all, payer: central }, mark: V, source: [S1] }",
  ],
  ["life-stages.yaml", "- { code: all, zh: 全程, en: All ages }"],
  ["sources.yaml", "- { code: S1, title: 俱乐部章程, kind: regulation }"],
];

/** Rules by item; each is YAML below `rule:`. */
export const clubRules: Readonly<Record<string, string>> = {
  "means-test": `
    subject: household
    area: home
    per: month
    define: { counted: "sum(members.income)" }
    conditions:
      - { code: home, test: 'within(home, "cn-31")', zh: 主场在东场, en: Home is East, basis: { source: S1, article: "2" } }
      - { code: income, test: counted / count(members) < line, zh: 人均收入低于标准线, en: Income a head below the line, basis: { source: S1, article: "3" } }
      - { code: savings, test: savings / size <= 24000, zh: 人均存款不超, en: Savings a head within the limit }
    amount: line * count(members) - counted`,
  "age-bands": `
    subject: person
    area: home
    per: month
    conditions:
      - { code: home, test: 'within(home, "cn-31")', zh: 主场在东场, en: Home is East, basis: { source: S1, article: "2" } }
      - { code: age, test: age >= 65, zh: 满 65 周岁, en: Aged 65 or over }
    table:
      hitPolicy: U
      inputs: [{ expression: age, zh: 年龄, en: Age }]
      rules:
        - { when: ["[65..70)"], amount: 75, code: a65, zh: 65 至 69 岁, en: 65 to 69 }
        - { when: ["[70..80)"], amount: 150, code: a70, zh: 70 至 79 岁, en: 70 to 79 }
        - { when: [">= 80"], amount: 180, code: a80, zh: 80 岁以上, en: 80 and over }`,
  "court-rate": `
    subject: person
    area: home
    per: month
    conditions:
      - { code: plays, test: plays, zh: 常打球, en: Plays regularly }
      - { code: level, test: 'level in ("junior", "senior")', zh: 有水平等级, en: Has a level }
    amount: courtRate(level)`,
  gift: `
    subject: person
    area: home
    per: once
    conditions:
      - { code: wins, test: wins > 10 or every m in members satisfies m.plays, zh: 胜 10 场以上或全家打球, en: Over ten wins or all play }
    amount: gift`,
  coaching: `
    subject: person
    area: home
    per: year
    conditions:
      - { code: young, test: ageInMonths < 216, zh: 未满 18 周岁, en: Under 18 }
      - { code: needy, test: 'not(plays) or hours <= 2.5', zh: 打球少, en: Plays little }
    parts:
      - { code: base, zh: 基础, en: Base, amount: 100 }
      - { code: extra, zh: 附加, en: Extra, amount: "if level = \\"junior\\" then round half up(income * monthsPerYear * discount, 2) else 0" }`,
  lessons: `
    subject: person
    area: home
    per: none
    conditions:
      - { code: crowd, test: "count(members[age < 18 and plays]) >= 2 or max(members.income) > 5000", zh: 孩子多, en: Many children }
    frequency: { times: 4, per: year }`,
  lodging: `
    subject: household
    area: home
    per: month
    conditions:
      - { code: space, test: space / count(members) <= 7, zh: 人均面积不超 7 平方米, en: At most 7 m2 a head }
    amount: floor(min(45, max(15, 10 * size - space)) * rent)`,
  ladder: `
    subject: person
    area: home
    per: month
    conditions: []
    table:
      hitPolicy: C
      aggregation: SUM
      inputs: [{ expression: level, zh: 水平, en: Level }, { expression: wins, zh: 胜场, en: Wins }]
      rules:
        - { when: ['"senior"', "-"], amount: 10, code: senior, zh: 高级, en: Senior }
        - { when: ['not("none")', "> 3"], amount: 2.5, code: wins, zh: 胜场, en: Wins }`,
};

const interactions: Readonly<Record<string, string>> = {
  "age-bands": "[{ item: cn.court-rate, kind: higher, mark: V, source: [S1] }]",
  ladder: "[{ item: cn.court-rate, kind: offset, mark: V, source: [S1] }]",
  gift: "[{ item: cn.means-test, kind: exclusive, mark: V, source: [S1] }]",
};

function itemFile(slug: string, rule: string): string {
  const said = "{ zh: 略, en: Left out, mark: V, source: [S1] }";
  return `
code: cn.${slug}
name: { zh: ${slug} 项, en: Item ${slug} }
domain: club
category: members
lifeStages: [all]
status: in-force
effective: { from: 2020-01-01 }
object: ${said}
content: ${said}
standard: { zh: 略, en: Left out, kind: amount, mark: V, source: [S1] }
payer: { zh: 俱乐部, en: Club, split: club, mark: V, source: [S1] }
lead: { units: [club], mark: V, source: [S1] }
basis: [{ source: S1 }]
${interactions[slug] === undefined ? "" : `interactions: ${interactions[slug]}`}
rule:${rule}
`;
}

/** The club's list with these rules; throws with the findings when it is refused. */
export function clubList(rules: Readonly<Record<string, string>> = clubRules): List {
  const files = new Map<string, string>([
    ["list.yaml", header],
    ["areas.yaml", areas],
    ["facts.yaml", facts],
    ["parameters/club.yaml", parameters],
    ...others,
    ...Object.entries(rules).map(([slug, rule]): [string, string] => [`items/${slug}.yaml`, itemFile(slug, rule)]),
  ]);
  const { list, findings } = loadList({ dir: "club", files });
  if (list === undefined) throw new Error(JSON.stringify(findings, null, 1));
  return list;
}
