import type { CharacterTest, Pattern } from "./syntax.ts";

export type Instruction =
  | { readonly kind: "character"; readonly test: CharacterTest }
  | { readonly kind: "start" }
  | { readonly kind: "end" }
  | { readonly kind: "reference"; readonly group: number }
  | { readonly kind: "save"; readonly slot: number }
  | { readonly kind: "jump"; to: number }
  /** Try `first`, and `second` when that fails. */
  | { readonly kind: "split"; first: number; second: number }
  | { readonly kind: "match" };

const maxInstructions = 20_000;

/** The instructions of a pattern; null when its counted repetitions make too many. */
export function assemble(pattern: Pattern): readonly Instruction[] | null {
  const program: Instruction[] = [];
  const emit = (instruction: Instruction): number => {
    program.push(instruction);
    return program.length - 1;
  };
  if (!append(pattern, emit, program)) return null;
  emit({ kind: "match" });
  return program;
}

type Emit = (instruction: Instruction) => number;

function append(pattern: Pattern, emit: Emit, program: Instruction[]): boolean {
  if (program.length > maxInstructions) return false;
  switch (pattern.kind) {
    case "empty":
      return true;
    case "class":
      emit({ kind: "character", test: pattern.test });
      return true;
    case "start":
    case "end":
      emit({ kind: pattern.kind });
      return true;
    case "reference":
      emit({ kind: "reference", group: pattern.group });
      return true;
    case "sequence":
      return pattern.parts.every((part) => append(part, emit, program));
    case "group":
      return appendGroup(pattern.inner, pattern.group, emit, program);
    case "choice":
      return appendChoice(pattern.options, emit, program);
    case "repeat":
      return appendRepeat(pattern, emit, program);
  }
}

function appendGroup(inner: Pattern, group: number | null, emit: Emit, program: Instruction[]): boolean {
  if (group === null) return append(inner, emit, program);
  emit({ kind: "save", slot: group * 2 });
  const complete = append(inner, emit, program);
  emit({ kind: "save", slot: group * 2 + 1 });
  return complete;
}

function appendChoice(options: readonly Pattern[], emit: Emit, program: Instruction[]): boolean {
  const jumps: { to: number }[] = [];
  for (const [index, option] of options.entries()) {
    const last = index === options.length - 1;
    const split = { kind: "split" as const, first: 0, second: 0 };
    if (!last) split.first = emit(split) + 1;
    if (!append(option, emit, program)) return false;
    if (!last) {
      const jump = { kind: "jump" as const, to: 0 };
      split.second = emit(jump) + 1;
      jumps.push(jump);
    }
  }
  for (const jump of jumps) jump.to = program.length;
  return true;
}

function appendRepeat(repeat: Extract<Pattern, { kind: "repeat" }>, emit: Emit, program: Instruction[]): boolean {
  const { inner, least, most, lazy } = repeat;
  for (let count = 0; count < least; count += 1) {
    if (!append(inner, emit, program)) return false;
  }
  const skips: { first: number; second: number }[] = [];
  for (let count = least; count < (most ?? least + 1); count += 1) {
    const split = { kind: "split" as const, first: 0, second: 0 };
    const at = emit(split);
    if (lazy) split.second = at + 1;
    else split.first = at + 1;
    skips.push(split);
    if (!append(inner, emit, program)) return false;
    if (most === null) emit({ kind: "jump", to: at });
  }
  for (const split of skips) {
    if (lazy) split.first = program.length;
    else split.second = program.length;
  }
  return true;
}
