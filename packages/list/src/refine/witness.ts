import { childrenOf, evaluate, fold, type Node, type Situation, type Type, type Value } from "@qingdan/feel/typed";
import { inputsOf, type Probe, probesOf } from "../check/probe.ts";
import { factTypeOf, isWithin } from "../compile/environment.ts";
import { decideItem, situationOf } from "../decide.ts";
import type { List } from "../model/list.ts";
import type { Words } from "../model/words.ts";
import { nodesOf } from "../nodes-of.ts";
import type { RulebookItem } from "../rulebook.ts";

/** One person living alone, as values of facts: someone the two rules are asked about. */
export type Witness = ReadonlyMap<string, Probe>;

/** The facts of several rules, with the values that they turn on. */
export interface Pool {
  readonly facts: ReadonlyMap<string, PoolFact>;
  readonly values: ReadonlyMap<string, readonly Probe[]>;
}

/** Rounds of mending a person until the promise holds for them. */
const mostRounds = 60;
/** Starting points that the search sets out from. */
const starts = 6;

/** A fact as a person is described by it. */
export interface PoolFact extends Words {
  readonly name: string;
  readonly type: Type;
  readonly values: readonly Words[];
}

function factOf(list: List, name: string): PoolFact[] {
  const fact = list.facts.get(name);
  const type = fact === undefined ? null : factTypeOf(fact);
  return fact === undefined || type === null
    ? []
    : [{ name, zh: fact.zh, en: fact.en, type, values: (fact.values ?? []).map(({ zh, en }) => ({ zh, en })) }];
}

/** Values that decide something: bounds of comparisons, codes, places of this list's area, both truth values. */
export function poolOf(list: List, items: readonly RulebookItem[]): Pool {
  const nodes = items.flatMap((item) => nodesOf(item)).map(fold);
  const read = new Set([...nodes.flatMap(factsOf), ...items.map((item) => item.area)]);
  const facts = new Map([...read].flatMap((name) => factOf(list, name)).map((fact) => [fact.name, fact]));
  const inputs = [...inputsOf(nodes).values()];
  const areas = [...list.areas.keys()].flatMap((code, at) => (isWithin(list, code, list.area) ? [at] : []));
  return { facts, values: new Map([...facts].map(([name, fact]) => [name, valuesOf(fact)])) };

  function valuesOf(fact: PoolFact): readonly Probe[] {
    const { type } = fact;
    if (type.kind === "boolean") return [false, true];
    if (type.kind === "enum") return type.values.map((_, at) => at);
    if (type.kind === "area") return [...areas.slice(0, 3), ...areas.slice(-1)];
    const found = new Set<number>();
    for (const input of inputs) {
      const probes = probesOf(input, nodes);
      if (input.op === "fact" && input.fact === fact.name) for (const probe of probes) found.add(Number(probe));
      else if (type.kind === "date" && readsOnly(input, fact.name))
        for (const day of daysFor(input, probes)) found.add(day);
    }
    if (type.kind === "number")
      for (const value of [type.min, Math.min(type.max, type.min + 10 ** type.scale)]) found.add(value);
    if (found.size === 0) found.add(0);
    const values = [...found];
    return type.kind === "number" ? values.filter((value) => value >= type.min && value <= type.max) : values;
  }
}

function readsOnly(node: Node, fact: string): boolean {
  return factsOf(node).every((name) => name === fact) && factsOf(node).length > 0;
}

function factsOf(node: Node): readonly string[] {
  return [...(node.op === "fact" ? [node.fact] : []), ...childrenOf(node).flatMap(factsOf)];
}

/** Days on which an expression of a date, an age for instance, has the wanted values: found by halving. */
function daysFor(input: Node, wanted: readonly Probe[]): readonly number[] {
  const [first, last] = [-25_567, 22_000];
  const at = (day: number) => Number(evaluate(input, { members: 1, fact: () => day }));
  const falling = at(last) < at(first);
  return wanted.flatMap((probe) => {
    const target = Number(probe);
    let [low, high] = [first, last];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const reached = falling ? at(middle) <= target : at(middle) >= target;
      if (reached) high = middle;
      else low = middle + 1;
    }
    return at(low) === target ? [low - 1, low, low + 1] : [];
  });
}

export function situationFor(item: RulebookItem, witness: Witness): Situation {
  return situationOf(item, { members: 1, subject: 0, fact: (name): Value => witness.get(name) });
}

/** A seeded choice: the same list is searched in the same way each time. */
function chooser(seed: number): (count: number) => number {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * count);
  };
}

/**
 * People for whom the promise holds: some to start from, then each of them with every fact in turn given every value
 * that turns something. Fewer than asked when the search does not meet the conditions.
 */
export function* promised(pool: Pool, floor: RulebookItem): Generator<Witness> {
  for (let seed = 1; seed <= starts; seed += 1) {
    const base = startingPoint(pool, floor, chooser(seed * 7_919));
    if (base === null) continue;
    yield base;
    for (const [fact, values] of pool.values) {
      for (const value of values) {
        if (base.get(fact) === value) continue;
        const other = new Map(base).set(fact, value);
        if (decideItem(floor, situationFor(floor, other)).outcome === 1) yield other;
      }
    }
  }
}

/** Somebody entitled: facts at random, then, condition by condition, the first value of a fact that mends it. */
function startingPoint(pool: Pool, floor: RulebookItem, choose: (count: number) => number): Witness | null {
  const witness = new Map([...pool.values].map(([name, values]) => [name, values[choose(values.length)] ?? 0]));
  const holds = (node: Node, of: Witness) => evaluate(node, situationFor(floor, of)) === true;
  for (let round = 0; round < mostRounds; round += 1) {
    if (decideItem(floor, situationFor(floor, witness)).outcome === 1) return witness;
    const failed = floor.conditions.find(({ test }) => !holds(test, witness));
    const read = failed === undefined ? [...pool.values.keys()] : [...new Set(factsOf(failed.test))];
    const name = read[choose(read.length)];
    const values = pool.values.get(name ?? "") ?? [];
    if (name === undefined || values.length === 0) return null;
    const mending = failed && values.find((value) => holds(failed.test, new Map(witness).set(name, value)));
    witness.set(name, mending ?? values[choose(values.length)] ?? 0);
  }
  return null;
}
