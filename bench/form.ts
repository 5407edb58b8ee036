import { parseArgs } from "node:util";
import { compileRulebook, loadList, narrowRulebook, nextQuestion, screen } from "@qingdan/list";

/**
 * A form of 1,000 questions with a condition of 295 terms, answered one by one: the time of one recomputation (the next
 * question, and what would be owed) that one in twenty exceeds. `--facts N` (1000), `--terms N` (295).
 */
export async function run(args: readonly string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args: [...args],
    options: { facts: { type: "string", default: "1000" }, terms: { type: "string", default: "295" } },
  });
  const [facts, terms] = [Number(values.facts), Number(values.terms)];
  const { list, findings } = loadList({ dir: "form", files: new Map(Object.entries(files(facts, terms))) });
  if (!list) throw new Error(JSON.stringify(findings.slice(0, 3)));
  const { rulebook, findings: faults } = compileRulebook(list, { area: "cn", date: "2024-07-01" });
  if (!rulebook) throw new Error(JSON.stringify(faults.slice(0, 3)));
  const narrow = narrowRulebook(rulebook, ["cn.form"]);
  const answers: Record<string, boolean> = {};
  const taken: number[] = [];
  const cpu = process.cpuUsage();
  for (let asked = 0; asked < facts; asked += 1) {
    const start = performance.now();
    const file = { persons: { p: { ...answers } }, households: { h: { members: ["p"] } }, subject: "p" };
    const next = nextQuestion(narrow, file);
    screen(narrow, file);
    taken.push(performance.now() - start);
    if (!next) break;
    // The long condition stays open to its last term; when that is answered too, the form ends.
    answers[next.fact] = next.fact.startsWith("all");
  }
  const { user } = process.cpuUsage(cpu);
  const sorted = taken.toSorted((a, b) => a - b);
  const rounded = (number: number) => Math.round(number * 100) / 100;
  return {
    milliseconds: rounded(sorted[Math.floor(sorted.length * 0.95)] ?? 0),
    medianMilliseconds: rounded(sorted[Math.floor(sorted.length / 2)] ?? 0),
    cpuMilliseconds: rounded(user / 1000 / taken.length),
    recomputations: taken.length,
  };
}

/** A list of one item: any of `terms` facts, and all the others. */
function files(facts: number, terms: number): Record<string, string> {
  const name = (at: number) => (at < terms ? `any${at}` : `all${at}`);
  const names = Array.from({ length: facts }, (_, at) => name(at));
  const said = "{ zh: 略, en: Left out, mark: V, source: [S1] }";
  const dictionary = names.map(
    (fact) =>
      `- { name: ${fact}, entity: person, type: boolean, zh: ${fact}, en: ${fact}, question: { zh: ${fact}？, en: "${fact}?" }, privacy: personal }`,
  );
  const area = "- { name: home, entity: person, type: area, zh: 住地, en: Home, privacy: personal }";
  const rest = names.slice(terms);
  const hundreds = Array.from({ length: Math.ceil(rest.length / 100) }, (_, at) =>
    rest.slice(at * 100, at * 100 + 100),
  );
  const others = hundreds.map(
    (facts, at) => `    - { code: c${at}, test: ${facts.join(" and ")}, zh: 全部 ${at}, en: All ${at} }`,
  );
  return {
    "list.yaml":
      "code: cn\narea: cn\nname: { zh: 表, en: Form }\ndomains: [{ code: d, zh: 域, en: Domain, categories: [{ code: c, number: 1, zh: 类, en: Category }] }]\nversions: [{ version: v, from: 2020-01-01, status: in-force, mark: D, source: [] }]\n",
    "areas.yaml": "- { code: cn, zh: 全国, en: China, level: nation }\n",
    "life-stages.yaml": "- { code: all, zh: 全部, en: All }\n",
    "units.yaml": "- { code: u, level: nation, area: cn, names: [{ zh: 部, en: Unit }] }\n",
    "sources.yaml": "- { code: S1, title: 源, kind: page }\n",
    "payers.yaml":
      "- { code: central, zh: 中央, en: Central, split: { kind: all, payer: central }, mark: V, source: [S1] }\n",
    "facts.yaml": `${[area, ...dictionary].join("\n")}\n`,
    "items/form.yaml": `
code: cn.form
name: { zh: 表, en: Form }
domain: d
category: c
lifeStages: [all]
status: in-force
effective: { from: 2020-01-01 }
object: ${said}
content: ${said}
standard: { zh: 略, en: Left out, kind: quantity, mark: V, source: [S1] }
payer: { zh: 略, en: Left out, split: central, mark: V, source: [S1] }
lead: { units: [u], mark: V, source: [S1] }
basis: [{ source: S1 }]
rule:
  subject: person
  area: home
  per: none
  conditions:
    - code: any
      test: ${names.slice(0, terms).join(" or ")}
      zh: 任一
      en: Any
${others.join("\n")}
`,
  };
}
