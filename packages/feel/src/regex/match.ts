import type { Instruction } from "./program.ts";
import type { Flags } from "./syntax.ts";

/** Places of the groups in the text, in code points; group 0 is the match. Undefined: the group took no part. */
export type Groups = readonly (readonly [from: number, to: number] | undefined)[];

/** Too much work: the pattern blows up on this text. */
export const blowUp: unique symbol = Symbol("blow up");

/** States (instruction, place) remembered by one search; beyond that a pattern is refused for the text. */
const maxStates = 64_000_000;
/** Steps of a pattern with back-references, which cannot remember states. */
const maxSteps = 2_000_000;

interface Choice {
  readonly at: number;
  readonly place: number;
  /** The groups as they were, or null while nothing was saved since the last choice. */
  readonly saved: readonly number[];
}

/**
 * Finds the first match from a place on, with the preferences of a backtracking matcher. A state that has failed once
 * is never tried again, so the work is at most instructions times length; only back-references need a bound on steps.
 */
export function search(
  program: readonly Instruction[],
  groups: number,
  text: readonly number[],
  from: number,
  flags: Flags,
  memory: Memory,
): Groups | null | typeof blowUp {
  for (let start = from; start <= text.length; start += 1) {
    const slots = matchAt(program, groups, text, start, flags, memory);
    if (slots === blowUp) return blowUp;
    if (slots !== null) {
      forget(memory);
      return groupsOf(start, slots);
    }
  }
  return null;
}

/** What the searches of one text remember: the states that failed, or with back-references the steps taken. */
export interface Memory {
  readonly failed: Uint8Array | null;
  readonly touched: number[];
  steps: number;
}

/** Null when there would be too many states. */
export function memoryFor(program: readonly Instruction[], text: readonly number[]): Memory | null {
  const remembers = !program.some((instruction) => instruction.kind === "reference");
  const states = program.length * (text.length + 1);
  if (remembers && states > maxStates) return null;
  return { failed: remembers ? new Uint8Array(Math.ceil(states / 8)) : null, touched: [], steps: 0 };
}

/** After a match the states on its way are open again for the next. */
function forget({ failed, touched }: Memory): void {
  for (const byte of touched) (failed as Uint8Array)[byte] = 0;
  touched.length = 0;
}

function groupsOf(start: number, slots: readonly number[]): Groups {
  const found: ([number, number] | undefined)[] = [[start, slots[1] as number]];
  for (let slot = 2; slot < slots.length; slot += 2) {
    const [from, to] = [slots[slot] as number, slots[slot + 1] as number];
    found.push(from < 0 || to < 0 ? undefined : [from, to]);
  }
  return found;
}

function matchAt(
  program: readonly Instruction[],
  groups: number,
  text: readonly number[],
  start: number,
  flags: Flags,
  memory: Memory,
): number[] | null | typeof blowUp {
  const choices: Choice[] = [];
  let slots: readonly number[] = new Array<number>((groups + 1) * 2).fill(-1);
  let at = 0;
  let place = start;
  for (;;) {
    memory.steps += 1;
    if (memory.failed === null && memory.steps > maxSteps) return blowUp;
    const instruction = program[at] as Instruction;
    let alive = memory.failed === null || mark(memory.failed, memory.touched, at * (text.length + 1) + place);
    if (alive) {
      switch (instruction.kind) {
        case "match":
          return slots.map((slot, index) => (index === 1 ? place : slot));
        case "jump":
          at = instruction.to;
          break;
        case "split":
          choices.push({ at: instruction.second, place, saved: slots });
          at = instruction.first;
          break;
        case "save":
          slots = slots.with(instruction.slot, place);
          at += 1;
          break;
        default: {
          const length = consumed(instruction, text, place, slots, flags);
          alive = length >= 0;
          place += Math.max(length, 0);
          at += 1;
        }
      }
    }
    if (alive) continue;
    const choice = choices.pop();
    if (choice === undefined) return null;
    ({ at, place, saved: slots } = choice);
  }
}

/** False when the state was reached before. */
function mark(failed: Uint8Array, touched: number[], state: number): boolean {
  const bit = 1 << (state & 7);
  const known = failed[state >> 3] as number;
  if ((known & bit) !== 0) return false;
  if (known === 0) touched.push(state >> 3);
  failed[state >> 3] = known | bit;
  return true;
}

/** How many code points the instruction takes here; -1 when it does not fit. */
function consumed(
  instruction: Instruction,
  text: readonly number[],
  place: number,
  slots: readonly number[],
  flags: Flags,
): number {
  switch (instruction.kind) {
    case "character":
      return place < text.length && instruction.test(text[place] as number) ? 1 : -1;
    case "start":
      return place === 0 || (flags.multiline && text[place - 1] === 10) ? 0 : -1;
    case "end":
      return place === text.length || (flags.multiline && text[place] === 10) ? 0 : -1;
    case "reference":
      return repeated(instruction.group, text, place, slots, flags);
    default:
      return -1;
  }
}

function repeated(
  group: number,
  text: readonly number[],
  place: number,
  slots: readonly number[],
  flags: Flags,
): number {
  const [from, to] = [slots[group * 2] as number, slots[group * 2 + 1] as number];
  // A group that took no part matches the empty string (XPath Functions, 5.6.1).
  if (from < 0 || to < 0) return 0;
  const fold = (point: number | undefined) =>
    point === undefined
      ? ""
      : flags.ignoreCase
        ? String.fromCodePoint(point).toLowerCase()
        : String.fromCodePoint(point);
  for (let index = 0; index < to - from; index += 1) {
    if (fold(text[from + index]) !== fold(text[place + index])) return -1;
  }
  return to - from;
}
