/** Lines of a kernel that run together, with the expressions already computed there. */
export interface Block {
  readonly lines: string[];
  /** Names of computed expressions, by vertex. */
  readonly computed: Map<number, Emitted>;
  readonly parent: Block | null;
  /** Row whose member this block stands at, inside a loop. */
  readonly row: number | null;
  /** Whether it runs only for some: what it computes stays in it, however far out its facts would allow. */
  readonly seldom: boolean;
  /** Whether the rest of an item's statements runs in it: what only they need is computed here. */
  readonly own: boolean;
  /** Variables of the household outlive their block: they are declared at the top of the kernel. */
  readonly outlives: boolean;
}

/** Where the lines of one kernel function go. */
export interface Places {
  /** Of the household, before and after the loop over its members. */
  readonly early: Block;
  readonly late: Block;
  /** Body of the one loop over the members that all plain aggregates share. */
  readonly members: Block;
  readonly person: Block;
}

/**
 * JavaScript of an expression. Conditions are bits, 0 or 1, joined by & and |: so they cost no branches. `no` and `known`
 * are bits too, null where the value is always known.
 */
export type Emitted =
  | { readonly kind: "boolean"; readonly yes: string; readonly no: string | null }
  | { readonly kind: "number"; readonly value: string; readonly known: string | null }
  | { readonly kind: "quotient"; readonly num: string; readonly den: string; readonly known: string | null };
export type EmittedBoolean = Emitted & { kind: "boolean" };
export type EmittedNumber = Emitted & { kind: "number" };
export type EmittedQuotient = Emitted & { kind: "quotient" };

export function block(
  parent: Block | null,
  options: { row?: number; outlives?: boolean; seldom?: boolean; own?: boolean } = {},
): Block {
  const { row = null, outlives = false, seldom = false, own = false } = options;
  return { lines: [], computed: new Map(), parent, row, outlives, seldom, own };
}

/** The block around that runs only for some, or null; and the loops between it and here. */
export function seldomAround(start: Block): { readonly seldom: Block; readonly loops: readonly Block[] } | null {
  const loops: Block[] = [];
  for (let at: Block | null = start; at !== null; at = at.parent) {
    if (at.seldom) return { seldom: at, loops };
    if (at.row !== null) loops.push(at);
  }
  return null;
}

/** Computed earlier in this block or in one around it. */
export function computedIn(start: Block, id: number): Emitted | undefined {
  for (let at: Block | null = start; at !== null; at = at.parent) {
    const found = at.computed.get(id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The block of a loop's row, or null when it is not around. */
export function loopBlock(start: Block, row: number): Block | null {
  for (let at: Block | null = start; at !== null; at = at.parent) if (at.row === row) return at;
  return null;
}

/** The innermost block that the rest of an item's statements runs in, outside of loops, once for each household or person; else null. */
export function ownBlock(start: Block, { late, person }: Places, once: "household" | "person"): Block | null {
  let own: Block | null = null;
  for (let at: Block | null = start; at !== null && at.row === null; at = at.parent) {
    if (at === late || at === person) return at === (once === "household" ? late : person) ? own : null;
    if (at.own) own ??= at;
  }
  return null;
}

/** The loop that a block runs in. */
export function nearestLoop(start: Block): Block | null {
  for (let at: Block | null = start; at !== null; at = at.parent) if (at.row !== null) return at;
  return null;
}

const simple = /^(?:[\w$.]+(?:\[\w+\])?|-?\d+)$/;
export const bracketed = (text: string): string => (simple.test(text) ? text : `(${text})`);

/** The bit that all hold; null is always so. */
export function allOf(terms: readonly (string | null)[]): string | null {
  const real = [...new Set(terms.filter((term) => term !== null && term !== "1"))] as string[];
  if (real.includes("0")) return "0";
  return real.length === 0 ? null : real.map(bracketed).join(" & ");
}

/** The bit that one holds. */
export function anyOf(terms: readonly string[]): string {
  const real = [...new Set(terms.filter((term) => term !== "0"))];
  if (real.includes("1")) return "1";
  return real.length === 0 ? "0" : real.map(bracketed).join(" | ");
}

/** The other bit; flipped twice it is itself again. */
export function flipped(bit: string): string {
  if (bit === "0" || bit === "1") return bit === "0" ? "1" : "0";
  const before = bit.endsWith(" ^ 1") ? bit.slice(0, -" ^ 1".length) : "";
  if (/^\w+$/.test(before) || isOneBracket(before)) return before;
  return `${bracketed(bit)} ^ 1`;
}

/** Whether a text is one pair of brackets and what is in it. */
function isOneBracket(text: string): boolean {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "(") open += 1;
    if (text[at] === ")") open -= 1;
    if (open === 0) return at > 0 && at === text.length - 1;
  }
  return false;
}

/** The bit that a condition is false for sure. */
export function noOf(emitted: EmittedBoolean): string {
  return emitted.no ?? flipped(emitted.yes);
}

/** The number with the other sign; two signs in a row would be another operator. */
export function negated(text: string): string {
  return text.startsWith("-") ? `-(${text})` : `-${bracketed(text)}`;
}

/** Scales an integer by a power of ten. */
export function scaledBy(text: string, power: number): string {
  if (power === 0) return text;
  return /^-?\d+$/.test(text) ? String(Number(text) * 10 ** power) : `${bracketed(text)} * ${10 ** power}`;
}

/** The product; by one it is the other. */
export function times(a: string, b: string): string {
  if (a === "1") return b;
  return b === "1" ? a : `${bracketed(a)} * ${bracketed(b)}`;
}

export const isBoolean = (yes: string, no: string | null): EmittedBoolean => ({ kind: "boolean", yes, no });

/** A number; one that is never known has no value worth computing. */
export const isNumber = (value: string, known: string | null): EmittedNumber => ({
  kind: "number",
  value: known === "0" ? "0" : value,
  known,
});

/** What a test of values says where they are known. */
export const tested = (test: string, known: string | null): EmittedBoolean =>
  known === null ? isBoolean(test, null) : isBoolean(allOf([known, test]) ?? "1", allOf([known, flipped(test)]));
