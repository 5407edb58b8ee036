import { scaleOf } from "@qingdan/feel/typed";
import { allOf, type Block, block, bracketed, noOf, scaledBy } from "./kernel-block.ts";
import type { Expressions } from "./kernel-expression.ts";
import type { Vertex } from "./kernel-graph.ts";
import type { RulebookItem } from "./rulebook.ts";

/** An item with its expressions as vertices, in the order of the rule. */
export interface KernelItem {
  /** Position in the rulebook. */
  readonly at: number;
  readonly item: RulebookItem;
  readonly conditions: readonly Vertex[];
  /** Amount, parts, or amounts of the rows. */
  readonly amounts: readonly Vertex[];
  readonly rows: readonly Vertex[];
  /** Names of the variables that take the answer: outcome, reason, amount, and one a part. */
  readonly outcome: string;
  readonly reason: string;
  readonly amount: string;
  readonly parts: readonly string[];
}

/** Most expressions of a condition that is computed before it is known to be needed. */
const mostEager = 24;

/** Statements that decide an item by itself; the variables are 0 before. */
export function itemLines(kernel: KernelItem, expressions: Expressions, around: Block): string[] {
  const { item, conditions, outcome, reason } = kernel;
  // Until here the reason has its outcome with it.
  const last = `${outcome} = ${reason} >> 8;`;
  const eager = eagerOf(kernel);
  if (eager < 2) return [...chainLines(kernel, expressions, around, 0), last];
  const at = block(around, { own: true });
  const bits = conditions.slice(0, eager).map((vertex) => bracketed(expressions.boolean(vertex, at).yes));
  // Each is 1 while no condition has failed so far: their sum is how far the reason lies behind that of the first.
  const held = bits.map(
    (bit, position) => `const h${position} = ${position === 0 ? "" : `h${position - 1} & `}${bit};`,
  );
  const all = `h${eager - 1}`;
  const [first, step] = [failedOf(item, 0), stepOf(item)];
  const failed = (upTo: number) =>
    `${first} + (${Array.from({ length: upTo }, (_, position) => `h${position}`).join(" + ")}) * ${step}`;
  if (eager === conditions.length && item.amount.kind === "service") {
    // Without a branch, which would often be foretold wrongly.
    const further = told(item, item.common.entitled) - first - step * eager;
    return [...at.lines, ...held, `${reason} = ${failed(eager)} + (${further} & -${all});`, last];
  }
  const rest = chainLines(kernel, expressions, at, eager);
  return [...at.lines, ...held, `if (${all}) {`, ...rest, `} else ${reason} = ${failed(eager - 1)};`, last];
}

/** The first conditions that cost little and are always known, as far as their reasons lie equally far apart. */
function eagerOf({ item, conditions }: KernelItem): number {
  const least = conditions.findIndex(
    (vertex, at) =>
      vertex.mayBeUnknown || costOf(vertex) > mostEager || failedOf(item, at) !== failedOf(item, 0) + at * stepOf(item),
  );
  return least < 0 ? conditions.length : least;
}

const failedOf = (item: RulebookItem, at: number): number => told(item, item.conditions[at]?.failed ?? 0);

const stepOf = (item: RulebookItem): number => failedOf(item, 1) - failedOf(item, 0);

/** A reason with its outcome in the byte above: both are known where a statement is written, and neither is looked up. */
const told = (item: RulebookItem, reason: number) => reason | ((item.reasons[reason]?.outcome ?? 0) << 8);

const costly = new Set(["round", "modulo", "shift", "months-between", "part", "divide"]);

/** Expressions below a condition; those computed anyhow count as one. */
function costOf(vertex: Vertex): number {
  if (costly.has(vertex.node.op) || (vertex.node.op === "aggregate" && vertex.level === 2)) return mostEager + 1;
  if (vertex.level < 2) return 1;
  return 1 + vertex.children.reduce((cost, child) => cost + (child.uses > 1 ? 1 : costOf(child)), 0);
}

/** Conditions from one on, each looked at only when those before it do not fail, and then the amount. */
function chainLines(kernel: KernelItem, expressions: Expressions, around: Block, from: number): string[] {
  const { item, reason } = kernel;
  const lines: string[] = [];
  const closing: string[] = [];
  let at = around;
  const uncertain: { test: string; unknown: string }[] = [];
  kernel.conditions.slice(from).forEach((vertex, position) => {
    const condition = item.conditions[from + position];
    if (condition === undefined) throw new Error(`${item.code} lacks condition ${from + position}`);
    const inner = block(at, { own: true });
    const holds = expressions.boolean(vertex, inner);
    if (holds.no !== null) {
      const gone = expressions.missing(vertex, inner);
      const unknown = unknownBecause(item, gone, condition.unknown);
      uncertain.push({ test: `!${bracketed(holds.yes)}`, unknown });
    }
    lines.push(...inner.lines);
    if (noOf(holds) !== "0") {
      lines.push(`if (${noOf(holds)}) ${reason} = ${told(item, condition.failed)}; else {`);
      closing.push("}");
    }
    at = inner;
  });
  for (const { test, unknown } of uncertain) {
    lines.push(`if (${test}) ${reason} = ${unknown}; else {`);
    closing.push("}");
  }
  return [...lines, ...amountLines(kernel, expressions, block(at, { own: true })), ...closing];
}

function amountLines(kernel: KernelItem, expressions: Expressions, at: Block): string[] {
  switch (kernel.item.amount.kind) {
    case "service":
      return [`${kernel.reason} = ${told(kernel.item, kernel.item.common.entitled)};`];
    case "amount":
    case "parts":
      return sumLines(kernel, expressions, at);
    case "table":
      return tableLines(kernel, expressions, at, kernel.item.amount.hitPolicy);
  }
}

const fen = (value: string, vertex: Vertex) => scaledBy(value, 2 - scaleOf(vertex.node.type));

/** What the answer is once the amount is in `amount`; a surely positive amount needs no look. */
function due({ reason, amount, parts, item }: KernelItem, entitled: string, positive = false): string {
  if (positive) return `${reason} = ${entitled};`;
  const clear = parts.map((part) => ` ${part} = 0;`).join("");
  return `if (${amount} <= 0) { ${reason} = ${told(item, item.common.nothingDue)}; ${amount} = 0;${clear} } else ${reason} = ${entitled};`;
}

function undetermined({ reason, amount, item }: KernelItem, gone: string): string {
  return `${reason} = ${unknownBecause(item, gone, item.common.amountUnknown)}; ${amount} = 0;`;
}

/** The reason of what cannot be told: that a parameter is missing comes first. */
function unknownBecause(item: RulebookItem, gone: string, otherwise: number): string {
  const unknown = told(item, otherwise);
  return gone === "0" ? `${unknown}` : `${bracketed(gone)} ? ${told(item, item.common.parameterMissing)} : ${unknown}`;
}

function sumLines(kernel: KernelItem, expressions: Expressions, at: Block): string[] {
  const { item, amount, parts, amounts } = kernel;
  const values = amounts.map((vertex) => expressions.number(vertex, at));
  const known = allOf(values.map((value) => value.known));
  const gone = known === null ? "0" : goneOf(amounts, expressions, at);
  const fens = amounts.map((vertex, position) => fen(values[position]?.value ?? "0", vertex));
  const each = parts.map((part, position) => `${part} = ${fens[position]}; `).join("");
  const total = parts.length > 0 ? parts.join(" + ") : (fens[0] ?? "0");
  const positive = amounts.every((vertex) => isPositive(vertex));
  const paid = `${each}${amount} = ${total}; ${due(kernel, `${told(item, item.common.entitled)}`, positive)}`;
  if (known === null) return [...at.lines, paid];
  return [...at.lines, `if (${known}) { ${paid} } else { ${undetermined(kernel, gone)} }`];
}

const isPositive = ({ node }: Vertex) => node.type.kind === "number" && node.type.min > 0;

function goneOf(vertices: readonly Vertex[], expressions: Expressions, at: Block): string {
  const terms = vertices.map((vertex) => expressions.missing(vertex, at)).filter((term) => term !== "0");
  return terms.length === 0 ? "0" : terms.map(bracketed).join(" || ");
}

type HitPolicy = (RulebookItem["amount"] & { kind: "table" })["hitPolicy"];

function tableLines(kernel: KernelItem, expressions: Expressions, at: Block, policy: HitPolicy): string[] {
  const { item } = kernel;
  const tests = kernel.rows.map((row) => expressions.boolean(row, at));
  const gone = goneOf([...kernel.rows, ...kernel.amounts], expressions, at);
  const lines: string[] = [];
  const unsure = undetermined(kernel, gone);
  const none = `${kernel.reason} = ${told(item, item.common.noRow)};`;
  const reasons = item.amount.kind === "table" ? item.amount.rows.map((row) => told(item, row.reason)) : [];
  const row = (position: number) => rowLines(kernel, expressions, at, position, reasons[position] ?? 0, unsure);
  if (policy === "U" || policy === "A" || policy === "F") {
    const allNo = allOf(tests.map((test) => (test.no === null ? null : test.no)));
    tests.forEach((test, position) => {
      lines.push(`${position > 0 ? "else " : ""}if (${test.yes}) { ${row(position)} }`);
      if (policy === "F" && test.no !== null) lines.push(`else if (!${bracketed(test.no)}) { ${unsure} }`);
    });
    const end = policy === "F" || allNo === null ? none : `if (${allNo}) { ${none} } else { ${unsure} }`;
    lines.push(`else { ${end} }`);
  } else lines.push(...collectLines(kernel, expressions, at, policy, tests, reasons, { unsure, none }));
  // What the rows share has been added to the block meanwhile.
  return [...at.lines, ...lines];
}

function rowLines(
  kernel: KernelItem,
  expressions: Expressions,
  at: Block,
  position: number,
  reason: number,
  unsure: string,
) {
  const vertex = kernel.amounts[position] as Vertex;
  const inner = block(at);
  const value = expressions.number(vertex, inner);
  const paid = `${kernel.amount} = ${fen(value.value, vertex)}; ${due(kernel, `${reason}`, isPositive(vertex))}`;
  const guarded = value.known === null ? paid : `if (${value.known}) { ${paid} } else { ${unsure} }`;
  return [...inner.lines, guarded].join(" ");
}

/** Every row that holds counts: their sum, least or greatest; one that cannot be told leaves the whole untold. */
function collectLines(
  kernel: KernelItem,
  expressions: Expressions,
  at: Block,
  policy: "P" | "SUM" | "MIN" | "MAX",
  tests: readonly { yes: string; no: string | null }[],
  reasons: readonly number[],
  { unsure, none }: { unsure: string; none: string },
): string[] {
  const { amount, item } = kernel;
  const lines = [`let hits = 0, open = false, why = ${told(item, item.common.entitled)};`];
  tests.forEach((test, position) => {
    const vertex = kernel.amounts[position] as Vertex;
    const inner = block(at);
    const value = expressions.number(vertex, inner);
    const paid = fen(value.value, vertex);
    const better = policy === "MIN" ? "<" : ">";
    const take =
      policy === "SUM"
        ? `hits++; ${amount} += ${paid};`
        : `const x = ${paid}; if (hits === 0 || x ${better} ${amount}) { ${amount} = x; why = ${reasons[position]}; } hits++;`;
    const guarded = value.known === null ? take : `if (${value.known}) { ${take} } else open = true;`;
    lines.push(`if (${test.yes}) { ${inner.lines.join(" ")} ${guarded} }`);
    if (test.no !== null) lines.push(`else if (!${bracketed(test.no)}) open = true;`);
  });
  lines.push(`if (open) { ${unsure} } else if (hits === 0) { ${none} } else { ${due(kernel, "why")} }`);
  return lines;
}
