import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { compileRulebook } from "../src/compile/compile-rulebook.ts";
import { decideAll } from "../src/decide.ts";
import { type FactsFile, readFacts } from "../src/facts-file.ts";
import type { Finding } from "../src/finding.ts";
import type { List } from "../src/model/list.ts";
import { readList } from "../src/node/read-list.ts";
import { outcomes, type Rulebook } from "../src/rulebook.ts";

interface Expected {
  readonly outcome: (typeof outcomes)[number] | "absent";
  readonly fen?: number;
  readonly per?: string;
  readonly reason?: string;
}

/** One hand-worked case; see README.md for the keys. */
interface GoldenCase {
  readonly name: string;
  readonly list: string;
  readonly area: string;
  readonly date: string;
  readonly knownOn?: string;
  readonly facts: FactsFile;
  readonly expect: Readonly<Record<string, Expected>>;
  readonly why: string;
  readonly source: readonly string[];
}

const here = fileURLToPath(new URL(".", import.meta.url));
const lists = fileURLToPath(new URL("../../../lists", import.meta.url));

function casesBelow(folder: string): { file: string; cases: readonly GoldenCase[] }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".yaml"))
    .sort()
    .map((path) => ({ file: path, cases: parse(readFileSync(join(folder, path), "utf8")) as GoldenCase[] }));
}

const told = (findings: readonly Finding[]) =>
  findings.map(({ file, line, code, message }) => `${relative(lists, file)}:${line} ${code} ${message.en}`).join("\n");

const loaded = new Map<string, Promise<List>>();
async function load(code: string): Promise<List> {
  const { list, findings } = await readList(join(lists, code));
  if (list === undefined) throw new Error(told(findings.filter(({ severity }) => severity === "error")));
  return list;
}
function listOf(code: string): Promise<List> {
  const found = loaded.get(code) ?? load(code);
  loaded.set(code, found);
  return found;
}

/** The items of a case and those that they touch: what they are settled against. */
function withNeighbours(list: List, codes: readonly string[]): string[] {
  const found = new Set(codes);
  for (const code of found) {
    for (const item of list.items.values()) {
      const others = item.interactions.map((interaction) => interaction.item);
      if (item.code === code) for (const other of others) found.add(other);
      if (others.includes(code)) found.add(item.code);
    }
  }
  return [...found].sort();
}

const compiled = new Map<string, Rulebook>();
function rulebookOf(list: List, { area, date, knownOn, expect: expected }: GoldenCase): Rulebook {
  const items = withNeighbours(list, Object.keys(expected));
  const key = [list.code, area, date, knownOn, ...items].join(" ");
  const found = compiled.get(key);
  if (found !== undefined) return found;
  const request = { area, date, items, ...(knownOn !== undefined && { knownOn }) };
  const { rulebook, findings } = compileRulebook(list, request);
  if (rulebook === undefined) throw new Error(told(findings));
  compiled.set(key, rulebook);
  return rulebook;
}

/** What the rulebook answers about the items that a case names. */
function answersOf(list: List, golden: GoldenCase): Record<string, Expected> {
  const rulebook = rulebookOf(list, golden);
  const answers = decideAll(rulebook, readFacts(rulebook, golden.facts, new Set(list.facts.keys())));
  const of = (code: string): Expected => {
    const at = rulebook.items.findIndex((item) => item.code === code);
    const [item, answer] = [rulebook.items[at], answers[at]];
    if (item === undefined || answer === undefined) return { outcome: "absent" };
    const reason = item.reasons[answer.reason]?.code ?? "";
    return { outcome: outcomes[answer.outcome], fen: answer.fen, per: item.per, reason };
  };
  return Object.fromEntries(Object.keys(golden.expect).map((code) => [code, of(code)]));
}

for (const { file, cases } of casesBelow(here)) {
  describe(file, () => {
    it.each(cases)("$name", async (golden) => {
      expect(answersOf(await listOf(golden.list), golden)).toMatchObject(golden.expect);
    });
  });
}
