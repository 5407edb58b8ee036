import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type FeelContext, type FeelValue, date as feelDate, prepare, readDmn } from "@qingdan/feel";
import {
  checkText,
  civilDate,
  dateType,
  dayNumber,
  type Environment,
  type Node,
  numberType,
  type Type,
} from "@qingdan/feel/typed";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileRulebook } from "../compile/compile-rulebook.ts";
import type { Rulebook, RulebookFact, RulebookItem } from "../rulebook.ts";
import { clubList } from "../testing/club-rules.ts";
import { type LiftedLiteral, liftLiterals } from "../testing/lift-literals.ts";
import { peopleOf, type RandomPeople, randomNumbers } from "../testing/random-people.ts";
import { type Database, openDuckdb, openPglite } from "./testing/databases.ts";
import { compareWays } from "./testing/four-ways.ts";
import { kernelAnswers } from "./testing/kernel-answers.ts";

/**
 * The DMN TCK as columns: the literals of its expressions become facts, each expression one item, and every way of answering is
 * held against FEEL itself, on the literals as they stand (row 0) and on others.
 */
const kit = path.resolve(process.env.QINGDAN_SHARED ?? "../shared", "data/dmn-tck");
const rows = 24;
const itemsAtATime = 60;

type Held = number | boolean | undefined;

interface Case {
  /** Facts with their values by row. */
  readonly columns: readonly { readonly name: string; readonly type: Type; readonly values: readonly Held[] }[];
  readonly tests: readonly { readonly text: string; readonly node: Node; readonly outcomes: readonly number[] }[];
}

describe.skipIf(!existsSync(kit))("expressions of the TCK with their literals as columns", () => {
  let databases: readonly Database[];
  beforeAll(async () => {
    databases = [await openDuckdb(), await openPglite()];
  }, 120_000);
  afterAll(() => Promise.all(databases.map((database) => database.close())));

  test("kernels, interpreter, DuckDB and PostgreSQL answer as FEEL does", { timeout: 300_000 }, async () => {
    const refused = new Map<string, number>();
    const cases = (await expressionsOf(kit)).flatMap((text, at) => {
      const lifted = liftCase(text, at);
      if (typeof lifted !== "string") return [lifted];
      refused.set(lifted, (refused.get(lifted) ?? 0) + 1);
      return [];
    });
    const base = baseRulebook();
    for (let at = 0; at < cases.length; at += itemsAtATime) {
      const batch = cases.slice(at, at + itemsAtATime);
      const { rulebook, people, tests } = batchOf(base, batch);
      const answers = kernelAnswers(
        rulebook,
        people.people,
        rulebook.items.map((_, item) => item),
      );
      expect(mismatches(answers, tests)).toEqual([]);
      const agreement = await compareWays(rulebook, people, databases);
      expect(agreement.differences).toEqual([]);
      expect(agreement.refused).toBe(0);
    }
    console.info(`${cases.length} expressions as columns; refused: ${JSON.stringify(Object.fromEntries(refused))}`);
    expect(cases.length).toBeGreaterThanOrEqual(355);
  });
});

/** What is answered otherwise than FEEL does. A row of answers is its number, then outcome, reason and fen of each item. */
function mismatches(answers: readonly (readonly number[])[], tests: Case["tests"]): string[] {
  return tests.flatMap(({ text, outcomes }, item) =>
    outcomes.flatMap((wanted, row) => {
      const found = answers[row]?.[1 + item * 3];
      return found === wanted ? [] : [`${text} row ${row}: ${found} where FEEL gives ${wanted}`];
    }),
  );
}

/** The literal expressions of all decisions that need nothing else. */
async function expressionsOf(dir: string): Promise<string[]> {
  const texts: string[] = [];
  for (const level of ["compliance-level-2", "compliance-level-3"])
    for (const folder of readdirSync(path.join(dir, level)).sort())
      for (const file of readdirSync(path.join(dir, level, folder)).filter((name) => name.endsWith(".dmn"))) {
        const { model } = await readDmn(readFileSync(path.join(dir, level, folder, file), "utf8"));
        for (const { logic, requires } of model.decisions)
          if (logic?.kind === "literal" && requires.decisions.length + requires.inputs.length === 0)
            texts.push(logic.text);
      }
  return texts;
}

/** A case, or why there is none. */
function liftCase(text: string, at: number): Case | string {
  let lifted: ReturnType<typeof liftLiterals>;
  try {
    lifted = liftLiterals(text, `c${at}x`);
  } catch {
    return "syntax";
  }
  const { literals } = lifted;
  const node = typed(lifted.text, literals);
  if (typeof node === "string") return node;
  const random = randomNumbers(at);
  const given = literals.map((literal) => ({
    name: literal.name,
    type: literal.type,
    values: Array.from({ length: rows }, (_, row) => (row === 0 ? literal.written : another(literal, random))),
  }));
  const feel = prepare(lifted.text, { names: literals.map(({ name }) => name) });
  const results = Array.from({ length: rows }, (_, row) => {
    const context: FeelContext = Object.fromEntries(
      given.map(({ name, type, values }) => [name, feelValue(type, values[row])]),
    );
    return feel.evaluate(context).value;
  });
  return casesOf(lifted.text, node.type, `c${at}`, given, results);
}

/** A condition is its own test; of a value it is asked whether it is what FEEL says, and whether it is one unit more. */
function casesOf(text: string, type: Type, name: string, given: Case["columns"], results: readonly FeelValue[]) {
  if (type.kind === "boolean") {
    const node = typed(text, given);
    if (typeof node === "string") return node;
    return { columns: given, tests: [{ text, node, outcomes: results.map((value) => outcomeOf(value)) }] };
  }
  if (type.kind !== "number" && type.kind !== "date") return `a ${type.kind}`;
  const wanted = results.map((value) => heldOf(type, value));
  const of = type.kind === "date" ? dateType : numberType(null, type.scale, type.min, type.max + 1);
  const right = { name: `${name}right`, type: of, values: wanted };
  const wrong = {
    name: `${name}wrong`,
    type: of,
    values: wanted.map((value) => (value === undefined ? undefined : Number(value) + 1)),
  };
  const tests = [right, wrong].map((column, at) => {
    // An expression may end in a comment.
    const node = typed(`(${text}\n) = ${column.name}`, [...given, column]);
    if (typeof node === "string") throw new Error(`${text}: ${node}`);
    return { text, node, outcomes: wanted.map((value) => (value === undefined ? 2 : 1 - at)) };
  });
  return { columns: [...given, right, wrong], tests };
}

function typed(text: string, facts: readonly { readonly name: string; readonly type: Type }[]): Node | string {
  const environment: Environment = {
    facts: new Map(facts.map(({ name, type }) => [name, { name, type, entity: "person" }])),
    parameters: new Map(),
    areas: [],
    areasWithin: () => null,
  };
  const checked = checkText(text, { environment });
  return checked.ok ? checked.value : checked.error.code;
}

/** Another value of a literal: near it, far from it, or none where none was. */
function another({ type, written }: LiftedLiteral, random: () => number): Held {
  if (type.kind === "boolean") return written === undefined && random() < 0.4 ? undefined : random() < 0.5;
  const near = Number(written) + Math.floor(random() * 7) - 3;
  if (type.kind === "date") return random() < 0.7 ? near : Math.floor(random() * 30_000) - 5_000;
  if (type.kind !== "number") throw new Error(`A literal is no ${type.kind}`);
  const value = random() < 0.7 ? near : type.min + Math.floor(random() * (type.max - type.min));
  return Math.min(type.max, Math.max(type.min, value));
}

function feelValue(type: Type, held: Held): FeelValue {
  if (held === undefined || typeof held === "boolean") return held ?? null;
  if (type.kind === "date") {
    const { year, month, day } = civilDate(held);
    return feelDate(year, month, day);
  }
  return prepare(`${held} / ${10 ** (type.kind === "number" ? type.scale : 0)}`).evaluate().value;
}

function heldOf(type: Type, value: FeelValue): Held {
  if (value === null) return undefined;
  if (type.kind === "date") {
    const { year, month, day } = value as ReturnType<typeof feelDate>;
    return dayNumber(year, month, day);
  }
  const scale = type.kind === "number" ? type.scale : 0;
  return Number(prepare(`string(value * ${10 ** scale})`, { names: ["value"] }).evaluate({ value }).value);
}

const outcomeOf = (value: FeelValue) => (value === null ? 2 : value === true ? 1 : 0);

function baseRulebook(): Rulebook {
  const rule = `
    subject: person
    area: home
    per: month
    conditions: [{ code: c, test: plays, zh: 条件, en: Condition }]
    amount: 10`;
  const { rulebook } = compileRulebook(clubList({ lessons: rule }), { area: "cn-31", date: "2024-07-01" });
  if (rulebook === undefined) throw new Error("The club's list does not compile");
  return rulebook;
}

/** A rulebook in which every test is an item, and one person a row. */
function batchOf(base: Rulebook, cases: readonly Case[]) {
  const [item] = base.items as [RulebookItem];
  const [condition] = item.conditions;
  const [fact] = base.facts as [RulebookFact];
  if (condition === undefined) throw new Error("The item has no condition");
  const tests = cases.flatMap((of) => of.tests);
  const columns = cases.flatMap((of) => of.columns);
  const rulebook: Rulebook = {
    ...base,
    interactions: [],
    facts: columns.map(({ name, type }) => ({ ...fact, name, type, entity: "person", values: [] })),
    items: tests.map(({ node }, at) => ({ ...item, code: `c${at}`, conditions: [{ ...condition, test: node }] })),
  };
  const people: RandomPeople = peopleOf(
    rulebook,
    Array.from({ length: rows + 1 }, (_, at) => at),
    new Map(columns.map(({ name, values }) => [name, values])),
  );
  return { rulebook, people, tests };
}
