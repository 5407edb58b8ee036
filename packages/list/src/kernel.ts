import { mostMembers } from "@qingdan/feel/typed";
import { type Block, block, type Places } from "./kernel-block.ts";
import { type Expressions, expressions } from "./kernel-expression.ts";
import { type Graph, graph, prepared, type Vertex } from "./kernel-graph.ts";
import { helperSource } from "./kernel-helpers.ts";
import { interactionLines, settledBy, touchedBy } from "./kernel-interaction.ts";
import { itemLines, type KernelItem } from "./kernel-item.ts";
import type { Decisions, People } from "./people.ts";
import type { InteractionStep, Rulebook, RulebookItem } from "./rulebook.ts";

/** Answers with the amounts of parts beside the whole. */
export interface RulebookDecisions extends Decisions {
  /** Fen by [item][part][person]; empty for items without parts. Offsets and takings of the higher are applied. */
  readonly parts: readonly (readonly (Int32Array | Float64Array)[])[];
}

/** Decides rows `from` (included) to `to` (not included) of a block; other rows of the answers are left alone. */
export type Kernel = (people: People, out: RulebookDecisions, from: number, to: number) => void;

export interface KernelOptions {
  /** Facts whose columns may hold unknown values; three-valued logic is written only where these reach. */
  readonly unknown?: ReadonlySet<string>;
}

/** Rows handled by one function before the next function takes them: their columns stay in the cache. */
const rowsAtATime = 4096;
/** Items of one function: so few that the engine peels its loop and reads each array's place and length once. */
const itemsAtATime = 2;
/** Items of one function that goes through households: so many that the walk over their members is shared. */
const householdItemsAtATime = 4;

/**
 * The rulebook as the text of an ES module that exports `decide`: one fused loop over people a group of items, with one
 * pass over the members of each household. Shared expressions are computed once; ages are comparisons with a day.
 */
export function emitKernel(rulebook: Rulebook, options: KernelOptions = {}): string {
  const unknown = options.unknown ?? new Set<string>();
  const constants = new Map<string, string>();
  const helpers = new Set<string>();
  const functions = itemGroups(rulebook).map((group, at) => {
    const { source, called } = groupFunction(rulebook, group, at, unknown, constants);
    for (const name of called) helpers.add(name);
    return source;
  });
  const tables = [...constants].map(([source, name]) => `const ${name} = ${source};`);
  const calls = functions.map((_, at) => `group${at}(people, out, at, end);`).join(" ");
  const loop = `for (let at = from; at < to; at += ${rowsAtATime}) { const end = Math.min(to, at + ${rowsAtATime}); ${calls} }`;
  const decide = `export function decide(people, out, from, to) { ${loop} }`;
  return [...tables, helperSource(helpers), columnSource, ...functions, decide, ""].join("\n");
}

/** Reads a column and its unknown bits; a kernel that was not written for unknown values refuses them. */
const columnSource = `function column(columns, name, mayBeUnknown) {
  const found = columns[name];
  if (found === undefined) throw new Error("KERNEL-COLUMN: the column " + name + " is missing");
  if (found.unknown !== undefined && !mayBeUnknown) throw new Error("KERNEL-UNKNOWN: the column " + name + " has unknown values; emit the kernel for them");
  return found;
}
const known = new Uint8Array(0);`;

/**
 * Items that touch each other stay together; so do those that look at the household, whose members are then gone through
 * once for all of them. The rest is filled up in order.
 */
function itemGroups(rulebook: Rulebook): number[][] {
  const clusters = rulebook.items.map((_, at) => new Set([at]));
  for (const step of rulebook.interactions) {
    const joined = new Set(touchedBy(step).flatMap((at) => [...(clusters[at] ?? [])]));
    for (const at of joined) clusters[at] = joined;
  }
  const looks = rulebook.items.map((_, at) => looksAtHousehold(kernelItem(rulebook, at, graph(new Set()))));
  const groups = [true, false].map((household) => {
    const most = household ? householdItemsAtATime : itemsAtATime;
    const filled: number[][] = [];
    for (const cluster of new Set(clusters)) {
      if ([...cluster].some((at) => looks[at]) !== household) continue;
      const last = filled.at(-1);
      if (last !== undefined && last.length + cluster.size <= most) last.push(...cluster);
      else filled.push([...cluster]);
    }
    return filled;
  });
  return groups.flat();
}

function looksAtHousehold({ item, conditions, amounts, rows }: KernelItem): boolean {
  const looks = (vertex: Vertex): boolean => vertex.level === 1 || vertex.hasAggregate || vertex.children.some(looks);
  return item.subject === "household" || [...conditions, ...amounts, ...rows].some(looks);
}

function kernelItem(rulebook: Rulebook, at: number, shared: Graph): KernelItem {
  const item = rulebook.items[at] as RulebookItem;
  const vertex = (node: Parameters<Graph["vertex"]>[0]) => shared.vertex(prepared(node, item.subject), at);
  const { amount } = item;
  const rows = amount.kind === "table" ? amount.rows : [];
  const parts = amount.kind === "parts" ? amount.parts : [];
  const single = amount.kind === "amount" ? [amount.amount] : [];
  return {
    at,
    item,
    conditions: item.conditions.map((condition) => vertex(condition.test)),
    amounts: [...single, ...parts.map((part) => part.amount), ...rows.map((row) => row.amount)].map(vertex),
    rows: rows.map((row) => vertex(row.test)),
    outcome: `o${at}_`,
    reason: `r${at}_`,
    amount: `x${at}_`,
    parts: parts.map((_, part) => `x${at}_${part}`),
  };
}

function groupFunction(
  rulebook: Rulebook,
  group: readonly number[],
  at: number,
  unknown: ReadonlySet<string>,
  constants: Map<string, string>,
): { source: string; called: ReadonlySet<string> } {
  const shared = graph(unknown);
  const items = new Map(group.map((position) => [position, kernelItem(rulebook, position, shared)]));
  const early = block(null, { outlives: true });
  const late = block(early, { outlives: true });
  const places: Places = { early, late, members: block(early, { row: 1 }), person: block(late) };
  const code = expressions(places, unknown, constants);
  const steps = rulebook.interactions.filter((step) => settledBy(step).every((item) => items.has(item)));
  const household = [...items.values()].filter(({ item }) => item.subject === "household");
  const person = [...items.values()].filter(({ item }) => item.subject === "person");
  const ofHousehold = (step: InteractionStep) =>
    settledBy(step).every((item) => items.get(item)?.item.subject === "household");
  const settle = (wanted: boolean) =>
    steps.filter((step) => ofHousehold(step) === wanted).flatMap((step) => interactionLines(step, items, rulebook));
  const householdLines = [...household.flatMap((item) => decided(item, code, late)), ...settle(true)];
  const personLines = [...person.flatMap((item) => decided(item, code, places.person)), ...settle(false)];
  const ofHouseholdLines = [...early.lines, ...memberLoop(places.members), ...late.lines, ...householdLines];
  const body = [
    `for (let i = from; i < to; i++) {`,
    ...(ofHouseholdLines.length === 0 && ![...items.values()].some(looksAtHousehold)
      ? []
      : [
          "const g = householdOf[i];",
          "if (g !== current) {",
          "current = g; first = start[g]; last = start[g + 1]; head = members[first];",
          `if (last - first > ${mostMembers} || last <= first) throw new Error("KERNEL-MEMBERS: household " + g + " has " + (last - first) + " members");`,
          ...ofHouseholdLines,
          "}",
        ]),
    ...declare(person),
    ...places.person.lines,
    ...personLines,
    ...[...items.values()].flatMap(writeLines),
    "}",
  ];
  const source = [
    `function group${at}(people, out, from, to) {`,
    ...prologue(code, [...items.values()], household, unknown),
    ...body,
    "}",
  ];
  return { source: source.join("\n"), called: code.helpers };
}

function memberLoop({ lines }: Block): string[] {
  if (lines.length === 0) return [];
  return ["for (let j = first; j < last; j++) {", "const m1 = members[j];", ...lines, "}"];
}

const variablesOf = ({ outcome, reason, amount, parts }: KernelItem) => [outcome, reason, amount, ...parts];
const zeros = (items: readonly KernelItem[]) => items.flatMap(variablesOf).map((name) => `${name} = 0`);

function declare(items: readonly KernelItem[]): string[] {
  return items.length === 0 ? [] : [`let ${zeros(items).join(", ")};`];
}

function decided(item: KernelItem, code: Expressions, around: Block): string[] {
  const reset = item.item.subject === "household" ? [`${zeros([item]).join("; ")};`] : [];
  return [...reset, "{", ...itemLines(item, code, around), "}"];
}

/** The answer of a household stands on the householder's row. */
function writeLines(item: KernelItem): string[] {
  const { at, outcome, reason, amount, parts } = item;
  const others = parts.map((name, part) => [`P${at}_${part}`, name, "0"]);
  const values: (readonly [string, string, string])[] = [
    [`O${at}`, outcome, "0"],
    [`R${at}`, reason, String(item.item.common.householder)],
    // A service has no amount: its array is 0 from the start and stays so.
    ...(item.item.amount.kind === "service" ? [] : [[`A${at}`, amount, "0"] as const]),
    ...(others as [string, string, string][]),
  ];
  const write = (pick: 1 | 2) => values.map((value) => `${value[0]}[i] = ${value[pick]};`).join(" ");
  return item.item.subject === "person" ? [write(1)] : [`if (i === head) { ${write(1)} } else { ${write(2)} }`];
}

function prologue(
  code: Expressions,
  items: readonly KernelItem[],
  household: readonly KernelItem[],
  unknown: ReadonlySet<string>,
): string[] {
  const columns = [...code.columns].flatMap(([name, entity]) => {
    const may = unknown.has(name);
    const found = `column(people.${entity}Columns, ${JSON.stringify(name)}, ${may})`;
    return [`const c_${name} = ${found}.data;`, ...(may ? [`const u_${name} = ${found}.unknown ?? known;`] : [])];
  });
  const outs = items.flatMap(({ at, parts }) => [
    `const O${at} = out.outcome[${at}], R${at} = out.reason[${at}], A${at} = out.amount[${at}];`,
    ...parts.map((_, part) => `const P${at}_${part} = out.parts[${at}][${part}];`),
  ]);
  const variables = [...code.variables, ...zeros(household)];
  return [
    "const householdOf = people.householdOf, start = people.household.start, members = people.household.members;",
    ...columns,
    ...outs,
    "let current = -1, first = 0, last = 0, head = 0;",
    ...(variables.length === 0 ? [] : [`let ${variables.join(", ")};`]),
  ];
}

/** Makes a kernel of its text, outside of the browser (there the text is served as a module). */
export function instantiateKernel(source: string): Kernel {
  const body = source.replace(/^export function decide/m, "function decide");
  return new Function(`"use strict";\n${body}\nreturn decide;`)() as Kernel;
}

/** Empty answers for so many people, in shared memory when asked, so that workers can fill them together. */
export function allocateDecisions(
  rulebook: Rulebook,
  persons: number,
  options: { shared?: boolean } = {},
): RulebookDecisions {
  const memory = (bytes: number) => (options.shared === true ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  const amounts = (most: number) =>
    most < 2 ** 31 ? new Int32Array(memory(persons * 4)) : new Float64Array(memory(persons * 8));
  return {
    outcome: rulebook.items.map(() => new Uint8Array(memory(persons))),
    reason: rulebook.items.map(() => new Uint8Array(memory(persons))),
    amount: rulebook.items.map((item) => amounts(item.mostFen)),
    parts: rulebook.items.map(({ amount, mostFen }) =>
      amount.kind === "parts" ? amount.parts.map(() => amounts(mostFen)) : [],
    ),
  };
}
