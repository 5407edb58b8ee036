import * as z from "zod";
import { compileRulebook } from "./compile/compile-rulebook.ts";
import { decideAll } from "./decide.ts";
import { FactsFileError, readFacts } from "./facts-file.ts";
import type { Finding, Place } from "./finding.ts";
import { type GoldenAnswer, type GoldenCase, goldenCaseSchema } from "./model/golden-case.ts";
import type { List } from "./model/list.ts";
import { outcomes, type Rulebook } from "./rulebook.ts";
import { readPart } from "./schema-findings.ts";
import { readYaml } from "./yaml-file.ts";

/** The cases of one file, each with its place. */
export interface GoldenFile {
  readonly cases: readonly PlacedCase[];
  readonly findings: readonly Finding[];
}

export interface PlacedCase {
  readonly golden: GoldenCase;
  readonly place: Place;
}

/** Reads a file of golden cases; what is faulty is left out and told. */
export function readGolden(file: string, text: string): GoldenFile {
  const yaml = readYaml(file, text);
  if (yaml.findings.length > 0) return { cases: [], findings: yaml.findings };
  if (yaml.value === null) return { cases: [], findings: [] };
  const list = readPart(z.array(z.unknown()), yaml, [], yaml.value);
  const findings = [...list.findings];
  const cases = (list.value ?? []).flatMap((written, at) => {
    const part = readPart(goldenCaseSchema, yaml, [at], written);
    findings.push(...part.findings);
    return part.findings.length > 0 ? [] : [{ golden: part.value as GoldenCase, place: yaml.place([at]) }];
  });
  return { cases, findings };
}

/** What a list answers about one item of a case, held against what was worked by hand. */
export interface GoldenResult {
  readonly item: string;
  readonly expected: GoldenAnswer;
  readonly found: GoldenAnswer;
  /** Everything that is expected was found; what the case is silent about does not count. */
  readonly agrees: boolean;
}

/** Why a case cannot be decided: its list does not compile for the day, or its facts are not those of the list. */
export interface GoldenRefusal {
  readonly refused: string;
}

export type GoldenRunner = (golden: GoldenCase) => readonly GoldenResult[] | GoldenRefusal;

/** Decides cases by the rules of a list; rulebooks are kept for cases of the same area, day and items. */
export function goldenRunner(list: List): GoldenRunner {
  const compiled = new Map<string, Rulebook | GoldenRefusal>();
  const names = new Set(list.facts.keys());
  return (golden) => {
    const { area, date, knownOn } = golden;
    const items = withNeighbours(list, Object.keys(golden.expect));
    const key = [area, date, knownOn, ...items].join(" ");
    const rulebook = compiled.get(key) ?? compile(list, golden, items);
    compiled.set(key, rulebook);
    return "refused" in rulebook ? rulebook : answers(rulebook, golden, names);
  };
}

function compile(list: List, { area, date, knownOn }: GoldenCase, items: readonly string[]): Rulebook | GoldenRefusal {
  const { rulebook, findings } = compileRulebook(list, {
    area,
    date,
    items,
    ...(knownOn !== undefined && { knownOn }),
  });
  if (rulebook) return rulebook;
  return {
    refused: findings.map(({ file, line, code, message }) => `${file}:${line} ${code} ${message.en}`).join("\n"),
  };
}

function answers(
  rulebook: Rulebook,
  golden: GoldenCase,
  names: ReadonlySet<string>,
): readonly GoldenResult[] | GoldenRefusal {
  try {
    const decided = decideAll(rulebook, readFacts(rulebook, golden.facts, names));
    return Object.entries(golden.expect).map(([code, expected]) => {
      const at = rulebook.items.findIndex((item) => item.code === code);
      const [item, answer] = [rulebook.items[at], decided[at]];
      const found: GoldenAnswer =
        item === undefined || answer === undefined
          ? { outcome: "absent" }
          : {
              outcome: outcomes[answer.outcome],
              fen: answer.fen,
              per: item.per,
              reason: item.reasons[answer.reason]?.code ?? "",
            };
      return { item: code, expected, found, agrees: agrees(expected, found) };
    });
  } catch (error) {
    if (error instanceof FactsFileError) return { refused: error.message };
    throw error;
  }
}

function agrees(expected: GoldenAnswer, found: GoldenAnswer): boolean {
  return (["outcome", "fen", "per", "reason"] as const).every(
    (name) => expected[name] === undefined || expected[name] === found[name],
  );
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
