import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { evaluate } from "@qingdan/feel/typed";
import { compileRulebook } from "../src/compile/compile-rulebook.ts";
import { decideAll, situationOf } from "../src/decide.ts";
import { type ReadFacts, readFacts } from "../src/facts-file.ts";
import { readGolden } from "../src/golden.ts";
import type { GoldenAnswer, GoldenCase } from "../src/model/golden-case.ts";
import type { List } from "../src/model/list.ts";
import { createListReader, readGoldenTexts } from "../src/node/read-list.ts";
import { outcomes, type Rulebook, type RulebookItem } from "../src/rulebook.ts";
import { settledWith } from "../src/settled-with.ts";
import { type Mutation, mutationsOf } from "../src/testing/mutate-rule.ts";

/** How the golden cases of an item fare against wrong versions of its rule. */
export interface ItemMutations {
  readonly item: string;
  readonly cases: number;
  readonly mutations: number;
  /** What was changed without a case noticing. */
  readonly survivors: readonly string[];
}

interface Ready {
  readonly rulebook: Rulebook;
  readonly at: number;
  readonly facts: ReadFacts;
  readonly expected: GoldenAnswer;
}

const lists = fileURLToPath(new URL("../../../lists", import.meta.url));

/** Each item that golden cases expect an answer of, with every mutation of its rule tried on all of them; lists by folder. */
export async function mutateGolden(only?: ReadonlySet<string>): Promise<readonly ItemMutations[]> {
  const reader = createListReader();
  const ready = new Map<string, Ready[]>();
  for (const entry of readdirSync(lists, { withFileTypes: true })) {
    if (!entry.isDirectory() || only?.has(entry.name) === false) continue;
    const { list } = await reader.load(join(lists, entry.name));
    if (list === undefined) throw new Error(`${entry.name} has errors`);
    const compiled = new Map<string, Rulebook>();
    for (const [path, text] of await readGoldenTexts(join(lists, entry.name))) {
      for (const { golden } of readGolden(path, text).cases) {
        for (const [code, one] of readyFor(list, golden, compiled)) ready.set(code, [...(ready.get(code) ?? []), one]);
      }
    }
  }
  return [...ready].sort(([a], [b]) => (a < b ? -1 : 1)).map(([item, cases]) => mutateItem(item, cases));
}

function readyFor(list: List, golden: GoldenCase, compiled: Map<string, Rulebook>): (readonly [string, Ready])[] {
  const { area, date, knownOn, facts, expect } = golden;
  const items = [...settledWith([list], Object.keys(expect))].sort();
  const key = [area, date, knownOn, ...items].join(" ");
  const found = compiled.get(key);
  const rulebook =
    found ?? compileRulebook(list, { area, date, items, ...(knownOn !== undefined && { knownOn }) }).rulebook;
  if (rulebook === undefined) throw new Error(`${list.code} does not compile on ${date}`);
  compiled.set(key, rulebook);
  return Object.entries(expect).flatMap(([code, expected]) => {
    const at = rulebook.items.findIndex((item) => item.code === code);
    if (at < 0) return [];
    return [[code, { rulebook, at, facts: readFacts(rulebook, facts, new Set(list.facts.keys())), expected }] as const];
  });
}

function mutateItem(code: string, cases: readonly Ready[]): ItemMutations {
  const open = new Map<number, string>();
  let mutations = -1;
  for (const one of cases) {
    const item = one.rulebook.items[one.at];
    if (item === undefined) continue;
    const tried = mutationsOf(item);
    if (mutations < 0) for (const [number, { words }] of tried.entries()) open.set(number, words);
    mutations = tried.length;
    for (const number of [...open.keys()]) {
      const mutation = tried[number];
      if (mutation === undefined) throw new Error(`The rule of ${code} has another shape on ${one.rulebook.date}`);
      if (!holds(one, mutation)) open.delete(number);
    }
  }
  return { item: code, cases: cases.length, mutations, survivors: [...open.values()] };
}

/** Whether a wrong rule still gives what the case expects. */
function holds({ rulebook, at, facts, expected }: Ready, { item }: Mutation): boolean {
  if (overlaps(item, facts)) return false;
  const items = rulebook.items.map((other, position) => (position === at ? item : other));
  const answer = decideAll({ ...rulebook, items }, facts)[at];
  if (answer === undefined) return false;
  const found: GoldenAnswer = {
    outcome: outcomes[answer.outcome],
    fen: answer.fen,
    per: item.per,
    reason: item.reasons[answer.reason]?.code ?? "",
  };
  return (["outcome", "fen", "per", "reason"] as const).every(
    (key) => expected[key] === undefined || expected[key] === found[key],
  );
}

/** Two rows of a unique table that hold at once: a table that would be refused. */
function overlaps(item: RulebookItem, facts: ReadFacts): boolean {
  const { amount } = item;
  if (amount.kind !== "table" || amount.hitPolicy !== "U") return false;
  const situation = situationOf(item, facts);
  return amount.rows.filter(({ test }) => evaluate(test, situation) === true).length > 1;
}

/** The result as the page docs/rule-mutations.md. */
export function mutationsPage(all: readonly ItemMutations[]): string {
  const mutations = all.reduce((sum, one) => sum + one.mutations, 0);
  const survivors = all.reduce((sum, one) => sum + one.survivors.length, 0);
  const share = (caught: number, of: number) => ((100 * caught) / of).toFixed(1);
  return [
    "# Mutations of rules",
    "",
    "Each rule is made wrong in every place, one at a time: a comparison flipped at its edge or turned round, a bound moved by one, a code left out,",
    "`and` for `or`, `min` for `max`, plus for minus, branches swapped, a condition dropped. The golden cases of the item should notice.",
    "Written by `npx tsx packages/list/golden/write-mutations.ts`, held by `packages/list/golden/rule-mutations.test.ts`.",
    "",
    `${all.length} items, ${mutations} mutations, ${mutations - survivors} noticed (${share(mutations - survivors, mutations)} %).`,
    "",
    "In a first-hit table a row below another is not asked about what the rows above took: most of what is left changes nothing there.",
    "",
    "| item | cases | mutations | noticed | % |",
    "| --- | --: | --: | --: | --: |",
    ...all.map(({ item, cases, mutations: of, survivors: left }) => {
      const caught = of - left.length;
      return `| ${item} | ${cases} | ${of} | ${caught} | ${share(caught, of)} |`;
    }),
    "",
    "## Not noticed",
    "",
    ...all.flatMap(({ item, survivors: left }) => left.map((words) => `- ${item}, ${words}`)),
    "",
  ].join("\n");
}
