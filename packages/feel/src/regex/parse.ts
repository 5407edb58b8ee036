import { characterTest, classEscape, codePoint, propertyClass } from "./classes.ts";
import type { Flags, Pattern } from "./syntax.ts";

const maxRepeat = 1_000;
const maxNesting = 200;

class BadPattern extends Error {}

/** Reads a pattern; null when it is not one, or nests or repeats beyond reason. */
export function parsePattern(text: string, flags: Flags): { pattern: Pattern; groups: number } | null {
  const points = Array.from(text);
  if (flags.literal) {
    const parts = points.map((point) => character(point.codePointAt(0) as number, flags));
    return { pattern: { kind: "sequence", parts }, groups: 0 };
  }
  try {
    return new PatternReader(points, flags).read();
  } catch (error) {
    if (error instanceof BadPattern) return null;
    throw error;
  }
}

function character(point: number, flags: Flags): Pattern {
  if (!flags.ignoreCase) return { kind: "class", test: (given) => given === point };
  return { kind: "class", test: characterTest(`[${codePoint(point)}]`, true) };
}

class PatternReader {
  readonly #points: readonly string[];
  readonly #flags: Flags;
  #at = 0;
  #groups = 0;
  readonly #closed = new Set<number>();
  #depth = 0;

  constructor(points: readonly string[], flags: Flags) {
    this.#points = points;
    this.#flags = flags;
  }

  read() {
    const pattern = this.#choice();
    if (this.#at < this.#points.length) throw new BadPattern();
    return { pattern, groups: this.#groups };
  }

  /** The next character that counts; under `x` white space does not. */
  #peek(): string | undefined {
    while (this.#flags.extended && /^[ \t\n\r]$/u.test(this.#points[this.#at] ?? "")) this.#at += 1;
    return this.#points[this.#at];
  }

  #take(): string {
    const next = this.#peek();
    if (next === undefined) throw new BadPattern();
    this.#at += 1;
    return next;
  }

  #skip(expected: string): boolean {
    if (this.#peek() !== expected) return false;
    this.#at += 1;
    return true;
  }

  #choice(): Pattern {
    this.#depth += 1;
    if (this.#depth > maxNesting) throw new BadPattern();
    const options = [this.#sequence()];
    while (this.#skip("|")) options.push(this.#sequence());
    this.#depth -= 1;
    return options.length === 1 ? (options[0] as Pattern) : { kind: "choice", options };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    for (let next = this.#peek(); next !== undefined && next !== "|" && next !== ")"; next = this.#peek()) {
      parts.push(this.#quantified(this.#atom()));
    }
    return parts.length === 0 ? { kind: "empty" } : { kind: "sequence", parts };
  }

  #quantified(inner: Pattern): Pattern {
    const bounds = this.#bounds();
    if (bounds === null) return inner;
    if (inner.kind === "start" || inner.kind === "end") throw new BadPattern();
    const lazy = this.#skip("?");
    return { kind: "repeat", inner, ...bounds, lazy };
  }

  #bounds(): { least: number; most: number | null } | null {
    if (this.#skip("*")) return { least: 0, most: null };
    if (this.#skip("+")) return { least: 1, most: null };
    if (this.#skip("?")) return { least: 0, most: 1 };
    if (!this.#skip("{")) return null;
    let text = "";
    for (let next = this.#take(); next !== "}"; next = this.#take()) text += next;
    const match = /^(\d+)(?:(,)(\d*))?$/u.exec(text);
    if (match === null) throw new BadPattern();
    const least = Number(match[1]);
    const most = match[2] === undefined ? least : match[3] === "" ? null : Number(match[3]);
    if (least > maxRepeat || (most !== null && (most > maxRepeat || most < least))) throw new BadPattern();
    return { least, most };
  }

  #atom(): Pattern {
    const next = this.#take();
    switch (next) {
      case "^":
        return { kind: "start" };
      case "$":
        return { kind: "end" };
      case ".":
        return { kind: "class", test: this.#flags.dotAll ? () => true : (point) => point !== 10 && point !== 13 };
      case "(":
        return this.#group();
      case "[":
        return { kind: "class", test: characterTest(this.#class(), this.#flags.ignoreCase) };
      case "\\":
        return this.#escape();
      case "*":
      case "+":
      case "?":
      case "{":
      case "}":
      case "]":
        throw new BadPattern();
      default:
        return character(next.codePointAt(0) as number, this.#flags);
    }
  }

  #group(): Pattern {
    let group: number | null = null;
    if (this.#skip("?")) {
      if (!this.#skip(":")) throw new BadPattern();
    } else {
      this.#groups += 1;
      group = this.#groups;
    }
    const inner = this.#choice();
    if (!this.#skip(")")) throw new BadPattern();
    if (group !== null) this.#closed.add(group);
    return { kind: "group", inner, group };
  }

  #escape(): Pattern {
    const digit = this.#peek() ?? "";
    if (/^[1-9]$/u.test(digit)) return this.#reference();
    const single = this.#singleEscape();
    if (typeof single === "number") return character(single, this.#flags);
    return { kind: "class", test: characterTest(`[${single}]`, this.#flags.ignoreCase) };
  }

  /** `\1`: a group that has ended before; further digits belong to it while so many groups have. */
  #reference(): Pattern {
    let group = Number(this.#take());
    while (
      /^\d$/u.test(this.#points[this.#at] ?? "") &&
      this.#closed.has(group * 10 + Number(this.#points[this.#at]))
    ) {
      group = group * 10 + Number(this.#take());
    }
    if (!this.#closed.has(group)) throw new BadPattern();
    return { kind: "reference", group };
  }

  /** After the backslash: a code point, or a JavaScript class. */
  #singleEscape(): number | string {
    const letter = this.#take();
    const plain = { n: 10, r: 13, t: 9 }[letter];
    if (plain !== undefined) return plain;
    if (/^[\\|.?*+(){}\-[\]^$]$/u.test(letter)) return letter.codePointAt(0) as number;
    if (letter === "p" || letter === "P") return this.#property(letter === "P");
    const named = classEscape(letter);
    if (named === null) throw new BadPattern();
    return named;
  }

  #property(negated: boolean): string {
    if (!this.#skip("{")) throw new BadPattern();
    let name = "";
    for (let next = this.#take(); next !== "}"; next = this.#take()) name += next;
    const found = propertyClass(name, negated);
    if (found === null) throw new BadPattern();
    return found;
  }

  #end(): never {
    throw new BadPattern();
  }

  /** The inside of `[...]` as a JavaScript class; white space counts here, also under `x`. */
  #class(): string {
    const negated = this.#points[this.#at] === "^";
    if (negated) this.#at += 1;
    let members = "";
    for (let first = true; ; first = false) {
      const next = this.#points[this.#at++] ?? this.#end();
      if (next === "]" && !first) return `[${negated ? "^" : ""}${members}]`;
      if (next === "-" && this.#points[this.#at] === "[" && !first) {
        this.#at += 1;
        const removed = this.#class();
        if (this.#points[this.#at++] !== "]") throw new BadPattern();
        return `[[${negated ? "^" : ""}${members}]--${removed}]`;
      }
      members += this.#member(next);
    }
  }

  #member(next: string): string {
    const low = this.#classCharacter(next);
    if (typeof low === "string") return low;
    const follows = this.#points[this.#at + 1];
    if (this.#points[this.#at] !== "-" || follows === undefined || follows === "]" || follows === "[")
      return codePoint(low);
    this.#at += 1;
    const high = this.#classCharacter(this.#points[this.#at++] as string);
    if (typeof high === "string" || high < low) throw new BadPattern();
    return `${codePoint(low)}-${codePoint(high)}`;
  }

  #classCharacter(next: string): number | string {
    if (next === "\\") {
      // White space does not count between the backslash and its letter, and a class holds no references.
      const letter = this.#points[this.#at];
      if (letter === undefined || /^[\d\s]$/u.test(letter)) throw new BadPattern();
      return this.#singleEscape();
    }
    if (next === "[" || next === "]") throw new BadPattern();
    return next.codePointAt(0) as number;
  }
}
