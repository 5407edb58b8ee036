import { childrenOf, type Environment, type Node } from "@qingdan/feel/typed";
import type { Finding } from "../finding.ts";
import { itemsInForce } from "../items-in-force.ts";
import type { Item, List, ListFact, Rule } from "../model/list.ts";
import { nodesOf } from "../nodes-of.ts";
import type { Rulebook, RulebookFact, RulebookItem } from "../rulebook.ts";
import { contentHash } from "./canonical-json.ts";
import { compileItem, type DraftItem } from "./compile-item.ts";
import { environmentOf, factTypeOf } from "./environment.ts";
import { interactionSteps } from "./interactions.ts";
import { resolver, type Standpoint } from "./resolve.ts";
import { typeImplied } from "./type-implied.ts";
import { type TypedRule, typeRule } from "./type-rule.ts";

export interface RulebookRequest {
  /** The rulebook answers for this area and those below it. */
  readonly area: string;
  /** The day of the answer, `YYYY-MM-DD`. */
  readonly date: string;
  /** Parameters as known on this day. */
  readonly knownOn?: string;
  /** Codes of the items to compile; all executable items in force when absent. */
  readonly items?: readonly string[];
}

export interface CompiledRulebook {
  /** Absent when a finding is an error. */
  readonly rulebook?: Rulebook;
  readonly findings: readonly Finding[];
}

/** Compiles the executable items of a list for an area and a day. */
export function compileRulebook(list: List, request: RulebookRequest): CompiledRulebook {
  const environment = environmentOf(list);
  const standpoint: Standpoint = { list, environment, ...request };
  const parameters = resolver(standpoint);
  const findings: Finding[] = [];
  const drafts: DraftItem[] = [];
  for (const [item, rule] of executable(list, request)) {
    const typed = typedOnce(item, rule, environment, findings);
    if (typed === null) continue;
    const compiled = compileItem(item, rule, typed, standpoint, (node) => parameters.resolve(node, rule.area));
    findings.push(...compiled.findings);
    drafts.push(compiled.draft);
  }
  const interactions = interactionSteps(drafts);
  findings.push(...interactions.findings);
  if (findings.length > 0) return { findings };
  const items = drafts.map(({ item, book }): RulebookItem => ({ ...item, reasons: book.all() }));
  const content = {
    format: 1 as const,
    list: list.code,
    area: request.area,
    date: request.date,
    knownOn: request.knownOn ?? null,
    ...factsRead(list, items, (fact) => impliedOf(fact, environment, (node) => parameters.resolve(node, fact.name))),
    areas: environment.areas.map((code) => ({
      code,
      zh: list.areas.get(code)?.zh ?? code,
      en: list.areas.get(code)?.en ?? code,
    })),
    items,
    interactions: interactions.steps,
    parameters: parameters.read(),
  };
  return { rulebook: { ...content, hash: contentHash(content) }, findings };
}

/** Executable items of the request, in the order of their codes, so that equal lists give equal rulebooks. */
function executable(list: List, { date, items }: RulebookRequest): (readonly [Item, Rule])[] {
  const wanted = items === undefined ? null : new Set(items);
  return itemsInForce(list, date)
    .filter(({ code }) => wanted === null || wanted.has(code))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .flatMap((item) => (item.rule === undefined ? [] : [[item, item.rule] as const]));
}

function typedOnce(item: Item, rule: Rule, environment: Environment, findings: Finding[]): TypedRule | null {
  const typed = typeRule(item, rule, environment);
  findings.push(...typed.findings);
  return typed.rule;
}

/** The facts that items read and the derived ones named in them, in the order of the dictionary. */
function factsRead(
  list: List,
  items: readonly RulebookItem[],
  implied: (fact: ListFact) => RulebookFact["implied"],
): Pick<Rulebook, "facts" | "derived"> {
  const read = new Set<string>();
  const named = new Set<string>();
  const visit = (node: Node): void => {
    if (node.op === "fact") read.add(node.fact);
    if (node.name !== undefined) named.add(node.name);
    for (const child of childrenOf(node)) visit(child);
  };
  for (const item of items) {
    for (const node of nodesOf(item)) visit(node);
  }
  const facts = [...list.facts.values()];
  return {
    facts: facts
      .filter((fact) => read.has(fact.name))
      .map((fact) =>
        rulebookFact(
          fact,
          implied(fact).filter(({ when }) => readsOnly(when, read)),
        ),
      ),
    derived: facts
      .filter((fact) => fact.formula !== undefined && named.has(fact.name))
      .map(({ name, zh, en, unit }) => ({ name, zh, en, unit: unit ?? null })),
  };
}

/** Whether an expression reads none but these facts: nobody is asked a fact only to spare another question. */
function readsOnly(node: Node, read: ReadonlySet<string>): boolean {
  return (node.op !== "fact" || read.has(node.fact)) && childrenOf(node).every((child) => readsOnly(child, read));
}

function impliedOf(fact: ListFact, environment: Environment, resolve: (node: Node) => Node): RulebookFact["implied"] {
  return (fact.implied ?? []).map(({ when, value }, at) => {
    const checked = typeImplied(fact, at, environment);
    if (!checked.ok)
      throw new Error(`${fact.name} is implied by "${when}", which is not checked: ${checked.finding.code}`);
    return { when: resolve(checked.node), value };
  });
}

function rulebookFact(fact: ListFact, implied: RulebookFact["implied"]): RulebookFact {
  const { name, entity, zh, en, type: factType, question, situation, values, unit, privacy, sourceUnit } = fact;
  const type = factTypeOf(fact);
  if (type === null) throw new Error(`A rule reads ${name}, which has no type`);
  return {
    name,
    entity,
    zh,
    en,
    factType,
    type,
    values: (values ?? []).map((value) => ({ code: value.code, zh: value.zh, en: value.en })),
    unit: unit ?? null,
    question: question ?? null,
    situation: situation ?? null,
    privacy: privacy ?? null,
    sourceUnit: sourceUnit ?? null,
    implied,
  };
}
