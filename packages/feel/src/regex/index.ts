import { blowUp, type Groups, memoryFor, search } from "./match.ts";
import { parsePattern } from "./parse.ts";
import { assemble, type Instruction } from "./program.ts";
import { type Flags, parseFlags } from "./syntax.ts";

export { blowUp } from "./match.ts";

/** A prepared XPath regular expression. */
export interface Regex {
  readonly program: readonly Instruction[];
  readonly groups: number;
  readonly flags: Flags;
}

const prepared = new Map<string, Regex | null>();
const maxPrepared = 500;

/** Null for a pattern or flags that are none. */
export function regex(pattern: string, flags: string): Regex | null {
  const key = `${flags}/${pattern}`;
  const known = prepared.get(key);
  if (known !== undefined) return known;
  const made = prepare(pattern, flags);
  if (prepared.size >= maxPrepared) prepared.clear();
  prepared.set(key, made);
  return made;
}

function prepare(pattern: string, flagText: string): Regex | null {
  const flags = parseFlags(flagText);
  const parsed = flags === null ? null : parsePattern(pattern, flags);
  if (flags === null || parsed === null) return null;
  const program = assemble(parsed.pattern);
  return program === null ? null : { program, groups: parsed.groups, flags };
}

/** Whether the expression matches anywhere in the text. */
export function test(expression: Regex, text: string): boolean | typeof blowUp {
  const points = codePoints(text);
  const memory = memoryFor(expression.program, points);
  if (memory === null) return blowUp;
  const found = search(expression.program, expression.groups, points, 0, expression.flags, memory);
  return found === blowUp ? blowUp : found !== null;
}

/** Every match from left to right, none overlapping. */
export function matchAll(
  expression: Regex,
  text: string,
): { points: readonly number[]; matches: Groups[] } | typeof blowUp {
  const points = codePoints(text);
  const matches: Groups[] = [];
  const memory = memoryFor(expression.program, points);
  if (memory === null) return blowUp;
  for (let from = 0; from <= points.length; ) {
    const found = search(expression.program, expression.groups, points, from, expression.flags, memory);
    if (found === blowUp) return blowUp;
    if (found === null) break;
    matches.push(found);
    const [start, end] = found[0] as readonly [number, number];
    from = end > start ? end : end + 1;
  }
  return { points, matches };
}

function codePoints(text: string): number[] {
  return Array.from(text, (point) => point.codePointAt(0) as number);
}

export function textOf(points: readonly number[], from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; at += 1) text += String.fromCodePoint(points[at] as number);
  return text;
}
