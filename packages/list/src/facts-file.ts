import { firstDay, formatDay, lastDay, mostMembers, nearest, parseDay, type Value } from "@qingdan/feel/typed";
import type { HouseholdFacts } from "./decide.ts";
import { scaled } from "./exact-decimal.ts";
import type { Words } from "./model/words.ts";
import type { Column, People } from "./people.ts";
import type { Rulebook, RulebookFact, WrittenFact } from "./rulebook.ts";

export type FactsOfOne = Readonly<Record<string, WrittenFact>>;

/** `{"persons": {"p1": {...}}, "households": {"h1": {"members": ["p1"], ...}}, "subject": "p1"}`; absent is unknown. */
export interface FactsFile {
  readonly persons: Readonly<Record<string, FactsOfOne>>;
  readonly households: Readonly<
    Record<string, { readonly members: readonly string[] } & Readonly<Record<string, WrittenFact | readonly string[]>>>
  >;
  readonly subject: string;
}

export const factsFileCodes = [
  "FACTS-SHAPE",
  "FACTS-SUBJECT",
  "FACTS-MEMBERS",
  "FACTS-NOBODY",
  "FACTS-UNKNOWN-FACT",
  "FACTS-DERIVED",
  "FACTS-WRONG-ENTITY",
  "FACTS-VALUE",
] as const;
export type FactsFileCode = (typeof factsFileCodes)[number];

/** What is wrong in a facts file, with the place as a path: `persons.p1.birthDate`. */
export interface FactsFileProblem {
  readonly code: FactsFileCode;
  readonly path: string;
  readonly message: Words;
  readonly hint: Words;
}

export class FactsFileError extends Error {
  override readonly name = "FactsFileError";
  readonly problems: readonly FactsFileProblem[];

  constructor(problems: readonly FactsFileProblem[]) {
    super(problems.map(({ code, path, message, hint }) => `${code} ${path}: ${message.en} (${hint.en})`).join("\n"));
    this.problems = problems;
  }
}

/** The facts of the subject's household, held as the rulebook holds them. */
export interface ReadFacts extends HouseholdFacts {
  /** Names of the members, householder first, and of the household. */
  readonly persons: readonly string[];
  readonly household: string;
}

/**
 * Reads the household of a facts file's subject. Facts that no rule reads are ignored when `others` names them; anything
 * else that is wrong is told, all at once, as a `FactsFileError`.
 */
export function readFacts(rulebook: Rulebook, file: unknown, others: ReadonlySet<string> = new Set()): ReadFacts {
  const problems: FactsFileProblem[] = [];
  const { persons, households, subject } = shapeOf(file, problems);
  if (problems.length > 0) throw new FactsFileError(problems);
  const found = Object.entries(households).find(([, { members }]) => members.includes(subject));
  if (!Object.hasOwn(persons, subject)) {
    problems.push(
      problem(
        "FACTS-SUBJECT",
        "subject",
        `没有人员“${subject}”`,
        `There is no person "${subject}"`,
        ...oneOf(Object.keys(persons)),
      ),
    );
  }
  const [household, { members, ...own }] = found ?? ["", { members: Object.hasOwn(persons, subject) ? [subject] : [] }];
  checkMembers(household, members, persons, problems);
  const reader = factReader(rulebook, others, problems);
  // Nobody is the subject: what is wrong with anybody is told all the same.
  if (problems.length > 0)
    for (const id of Object.keys(persons))
      if (!members.includes(id)) reader(persons[id] ?? {}, "person", `persons.${id}`);
  const byMember = members.map((id) => reader(persons[id] ?? {}, "person", `persons.${id}`));
  const ofHousehold = reader(own as FactsOfOne, "household", `households.${household}`);
  if (problems.length > 0) throw new FactsFileError(problems);
  return {
    persons: members,
    household,
    members: members.length,
    subject: Math.max(0, members.indexOf(subject)),
    fact: (name, entity, member) => (entity === "household" ? ofHousehold.get(name) : byMember[member]?.get(name)),
  };
}

function problem(
  code: FactsFileCode,
  path: string,
  zh: string,
  en: string,
  hintZh: string,
  hintEn: string,
): FactsFileProblem {
  return { code, path, message: { zh, en }, hint: { zh: hintZh, en: hintEn } };
}

const oneOf = (values: readonly string[]): [string, string] => [
  `可用：${values.join("、")}`,
  `One of ${values.join(", ")}`,
];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function shapeOf(file: unknown, problems: FactsFileProblem[]): FactsFile {
  const example = '{"persons": {"p1": {}}, "households": {"h1": {"members": ["p1"]}}, "subject": "p1"}';
  const wrong = (path: string) => {
    problems.push(
      problem(
        "FACTS-SHAPE",
        path,
        "结构不对",
        "This is not the shape of a facts file",
        `应为 ${example}`,
        `It should be ${example}`,
      ),
    );
    return { persons: {}, households: {}, subject: "" };
  };
  if (!isRecord(file)) return wrong("");
  const { persons, households = {}, subject, ...rest } = file;
  const [extra] = Object.keys(rest);
  if (extra !== undefined) return wrong(extra);
  if (!isRecord(persons) || !Object.values(persons).every(isRecord)) return wrong("persons");
  if (!isRecord(households)) return wrong("households");
  for (const [id, household] of Object.entries(households)) {
    const members = isRecord(household) ? household.members : undefined;
    if (!Array.isArray(members) || !members.every((member) => typeof member === "string"))
      return wrong(`households.${id}.members`);
  }
  if (typeof subject !== "string") return wrong("subject");
  return { persons, households, subject } as unknown as FactsFile;
}

function checkMembers(
  household: string,
  members: readonly string[],
  persons: FactsFile["persons"],
  problems: FactsFileProblem[],
): void {
  const path = `households.${household}.members`;
  for (const member of members) {
    if (Object.hasOwn(persons, member)) continue;
    problems.push(
      problem(
        "FACTS-MEMBERS",
        path,
        `没有人员“${member}”`,
        `There is no person "${member}"`,
        ...oneOf(Object.keys(persons)),
      ),
    );
  }
  if (new Set(members).size === members.length && members.length <= mostMembers) return;
  problems.push(
    problem(
      "FACTS-MEMBERS",
      path,
      "成员重复或过多",
      "A member is named twice, or there are too many",
      `每人一次，至多 ${mostMembers} 人`,
      `Each once, at most ${mostMembers}`,
    ),
  );
}

/** Reads the facts of one person or household into held values. */
function factReader(rulebook: Rulebook, others: ReadonlySet<string>, problems: FactsFileProblem[]) {
  const facts = new Map(rulebook.facts.map((fact) => [fact.name, fact]));
  const derived = new Set(rulebook.derived.map((fact) => fact.name));
  return (written: FactsOfOne, entity: "person" | "household", path: string): ReadonlyMap<string, Value> => {
    const values = new Map<string, Value>();
    for (const [name, value] of Object.entries(written)) {
      const place = `${path}.${name}`;
      const fact = facts.get(name);
      if (fact === undefined) {
        const refused = derived.has(name) || !others.has(name);
        if (refused) problems.push(unknownFact(name, place, derived, [...facts.keys(), ...others]));
        continue;
      }
      const held = fact.entity === entity ? holdFact(rulebook, fact, value) : null;
      if (held === null) problems.push(wrongEntity(fact, place));
      else if (typeof held === "object") problems.push(wrongValue(name, value, place, held));
      else values.set(name, held);
    }
    return values;
  };
}

function wrongEntity({ name, entity }: RulebookFact, place: string): FactsFileProblem {
  const [zh, en] = entity === "person" ? ["个人", "person"] : ["家庭", "household"];
  const hint: [string, string] = [`写到 ${entity}s 之下`, `Write it below ${entity}s`];
  return problem("FACTS-WRONG-ENTITY", place, `“${name}”是${zh}的事实`, `"${name}" is a fact of a ${en}`, ...hint);
}

function wrongValue(name: string, value: unknown, place: string, right: Words): FactsFileProblem {
  const written = JSON.stringify(value);
  return problem("FACTS-VALUE", place, `${written} 不对`, `${written} is no value of ${name}`, right.zh, right.en);
}

function unknownFact(
  name: string,
  place: string,
  derived: ReadonlySet<string>,
  known: readonly string[],
): FactsFileProblem {
  if (derived.has(name)) {
    return problem(
      "FACTS-DERIVED",
      place,
      `“${name}”由其他事实推出`,
      `"${name}" is derived from other facts`,
      "填写推出它的事实",
      "Give the facts that it is derived from",
    );
  }
  const near = nearest(name, known);
  const hint: [string, string] =
    near === null ? ["见事实词典", "See the fact dictionary"] : [`是否指 ${near}?`, `Did you mean ${near}?`];
  return problem("FACTS-UNKNOWN-FACT", place, `没有名为“${name}”的事实`, `There is no fact named "${name}"`, ...hint);
}

/** A written fact as it is held in columns, or what it should look like. */
export function holdFact(rulebook: Rulebook, fact: RulebookFact, value: unknown): boolean | number | Words {
  const { type } = fact;
  switch (type.kind) {
    case "boolean":
      return typeof value === "boolean" ? value : { zh: "应为 true 或 false", en: "It should be true or false" };
    case "date": {
      const day = typeof value === "string" ? parseDay(value) : null;
      if (day !== null && day >= firstDay && day <= lastDay) return day;
      return { zh: "应为日期，如 1959-05-01", en: "It should be a date such as 1959-05-01" };
    }
    case "enum": {
      const position = type.values.indexOf(String(value));
      if (position >= 0) return position;
      return { zh: `应为 ${type.values.join("、")} 之一`, en: `It should be one of ${type.values.join(", ")}` };
    }
    case "area": {
      const position = rulebook.areas.findIndex((area) => area.code === value);
      return position >= 0
        ? position
        : { zh: "应为地区代码，如 cn-310101", en: "It should be the code of an area such as cn-310101" };
    }
    case "number": {
      const held = typeof value === "number" ? scaled(value, type.scale) : undefined;
      if (held !== undefined && held >= type.min && held <= type.max) return held;
      const [low, high] = [type.min / 10 ** type.scale, type.max / 10 ** type.scale];
      return {
        zh: `应为 ${low} 至 ${high} 的数(${fact.unit ?? "1"}),小数不超过 ${type.scale} 位`,
        en: `It should be a number from ${low} to ${high} (${fact.unit ?? "1"}) with at most ${type.scale} decimals`,
      };
    }
    default:
      throw new Error(`${fact.name} is a ${type.kind}`);
  }
}

/** A held value as a person writes it. */
export function writeFact(rulebook: Rulebook, fact: RulebookFact, value: boolean | number): WrittenFact {
  const { type } = fact;
  if (typeof value === "boolean") return value;
  if (type.kind === "date") return formatDay(value);
  if (type.kind === "enum") return type.values[value] ?? "";
  if (type.kind === "area") return rulebook.areas[value]?.code ?? "";
  return type.kind === "number" ? value / 10 ** type.scale : value;
}

/** The subject's household as a block of people for a kernel: one row a member, the householder first. */
export function factsToPeople(rulebook: Rulebook, facts: HouseholdFacts): People {
  const columns = (entity: "person" | "household", rows: number) =>
    Object.fromEntries(
      rulebook.facts
        .filter((fact) => fact.entity === entity)
        .map((fact) => [
          fact.name,
          columnOf(
            fact,
            Array.from({ length: rows }, (_, row) => facts.fact(fact.name, entity, row)),
          ),
        ]),
    );
  const members = Array.from({ length: facts.members }, (_, at) => at);
  return {
    persons: facts.members,
    households: 1,
    personColumns: columns("person", facts.members),
    householdColumns: columns("household", 1),
    householdOf: new Int32Array(facts.members),
    household: { start: Int32Array.of(0, facts.members), members: Int32Array.from(members) },
  };
}

/** The narrowest array that holds every value of a fact. */
export function columnArray(fact: Pick<RulebookFact, "type">, length: number): Column["data"] {
  const { type } = fact;
  if (type.kind === "boolean") return new Uint8Array(length);
  if (type.kind === "enum") return type.values.length <= 256 ? new Uint8Array(length) : new Uint16Array(length);
  if (type.kind === "area") return new Uint16Array(length);
  if (type.kind === "number" && (type.min < -(2 ** 31) || type.max >= 2 ** 31)) return new Float64Array(length);
  return new Int32Array(length);
}

/** A column of held values; unknown ones get their bit. */
export function columnOf(fact: Pick<RulebookFact, "type">, values: readonly Value[]): Column {
  const data = columnArray(fact, values.length);
  const unknown = new Uint8Array(Math.ceil(values.length / 8));
  values.forEach((value, row) => {
    if (value === undefined) unknown[row >> 3] = (unknown[row >> 3] ?? 0) | (1 << (row & 7));
    else data[row] = Number(value);
  });
  return values.includes(undefined) ? { data, unknown } : { data };
}
