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

/** Statements that decide an item by itself; the variables are 0 before. */
export function itemLines(kernel: KernelItem, expressions: Expressions, around: Block): string[] {
  const { item, outcome, reason } = kernel;
  const lines: string[] = [];
  const closing: string[] = [];
  let at = around;
  const uncertain: { test: string; unknown: string }[] = [];
  kernel.conditions.forEach((vertex, position) => {
    const condition = item.conditions[position];
    if (condition === undefined) throw new Error(`${item.code} lacks condition ${position}`);
    const inner = block(at);
    const holds = expressions.boolean(vertex, inner);
    if (holds.no !== null) {
      const gone = expressions.missing(vertex, inner);
      const parameter = item.common.parameterMissing;
      const unknown =
        gone === "false" ? `${condition.unknown}` : `${bracketed(gone)} ? ${parameter} : ${condition.unknown}`;
      uncertain.push({ test: `!${bracketed(holds.yes)}`, unknown });
    }
    lines.push(...inner.lines);
    if (noOf(holds) !== "false") {
      lines.push(`if (${noOf(holds)}) { ${outcome} = 0; ${reason} = ${condition.failed}; } else {`);
      closing.push("}");
    }
    at = inner;
  });
  for (const { test, unknown } of uncertain) {
    lines.push(`if (${test}) { ${outcome} = 2; ${reason} = ${unknown}; } else {`);
    closing.push("}");
  }
  lines.push(...amountLines(kernel, expressions, block(at)), ...closing);
  return lines;
}

function amountLines(kernel: KernelItem, expressions: Expressions, at: Block): string[] {
  switch (kernel.item.amount.kind) {
    case "service":
      return [`${kernel.outcome} = 1; ${kernel.reason} = ${kernel.item.common.entitled};`];
    case "amount":
    case "parts":
      return sumLines(kernel, expressions, at);
    case "table":
      return tableLines(kernel, expressions, at, kernel.item.amount.hitPolicy);
  }
}

const fen = (value: string, vertex: Vertex) => scaledBy(value, 2 - scaleOf(vertex.node.type));

/** What the answer is once the amount is in `amount`; a surely positive amount needs no look. */
function due({ outcome, reason, amount, parts, item }: KernelItem, entitled: string, positive = false): string {
  if (positive) return `${outcome} = 1; ${reason} = ${entitled};`;
  const clear = parts.map((part) => ` ${part} = 0;`).join("");
  return `if (${amount} <= 0) { ${outcome} = 0; ${reason} = ${item.common.nothingDue}; ${amount} = 0;${clear} } else { ${outcome} = 1; ${reason} = ${entitled}; }`;
}

function undetermined({ outcome, reason, amount, item }: KernelItem, gone: string): string {
  const { parameterMissing, amountUnknown } = item.common;
  const why = gone === "false" ? `${amountUnknown}` : `${bracketed(gone)} ? ${parameterMissing} : ${amountUnknown}`;
  return `${outcome} = 2; ${reason} = ${why}; ${amount} = 0;`;
}

function sumLines(kernel: KernelItem, expressions: Expressions, at: Block): string[] {
  const { item, amount, parts, amounts } = kernel;
  const values = amounts.map((vertex) => expressions.number(vertex, at));
  const known = allOf(values.map((value) => value.known));
  const gone = known === null ? "false" : goneOf(amounts, expressions, at);
  const fens = amounts.map((vertex, position) => fen(values[position]?.value ?? "0", vertex));
  const each = parts.map((part, position) => `${part} = ${fens[position]}; `).join("");
  const total = parts.length > 0 ? parts.join(" + ") : (fens[0] ?? "0");
  const positive = amounts.every((vertex) => isPositive(vertex));
  const paid = `${each}${amount} = ${total}; ${due(kernel, `${item.common.entitled}`, positive)}`;
  if (known === null) return [...at.lines, paid];
  return [...at.lines, `if (${known}) { ${paid} } else { ${undetermined(kernel, gone)} }`];
}

const isPositive = ({ node }: Vertex) => node.type.kind === "number" && node.type.min > 0;

function goneOf(vertices: readonly Vertex[], expressions: Expressions, at: Block): string {
  const terms = vertices.map((vertex) => expressions.missing(vertex, at)).filter((term) => term !== "false");
  return terms.length === 0 ? "false" : terms.map(bracketed).join(" || ");
}

type HitPolicy = (RulebookItem["amount"] & { kind: "table" })["hitPolicy"];

function tableLines(kernel: KernelItem, expressions: Expressions, at: Block, policy: HitPolicy): string[] {
  const { item } = kernel;
  const tests = kernel.rows.map((row) => expressions.boolean(row, at));
  const gone = goneOf([...kernel.rows, ...kernel.amounts], expressions, at);
  const lines = [...at.lines];
  const unsure = undetermined(kernel, gone);
  const none = `${kernel.outcome} = 0; ${kernel.reason} = ${item.common.noRow};`;
  const reasons = item.amount.kind === "table" ? item.amount.rows.map((row) => row.reason) : [];
  const row = (position: number) => rowLines(kernel, expressions, at, position, reasons[position] ?? 0, unsure);
  if (policy === "U" || policy === "A" || policy === "F") {
    const allNo = allOf(tests.map((test) => (test.no === null ? null : test.no)));
    tests.forEach((test, position) => {
      lines.push(`${position > 0 ? "else " : ""}if (${test.yes}) { ${row(position)} }`);
      if (policy === "F" && test.no !== null) lines.push(`else if (!${bracketed(test.no)}) { ${unsure} }`);
    });
    const end = policy === "F" || allNo === null ? none : `if (${allNo}) { ${none} } else { ${unsure} }`;
    lines.push(`else { ${end} }`);
    return lines;
  }
  return [...lines, ...collectLines(kernel, expressions, at, policy, tests, reasons, { unsure, none })];
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
  const lines = [`let hits = 0, open = false, why = ${item.common.entitled};`];
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
