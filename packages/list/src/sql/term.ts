/**
 * An SQL expression and the step of the query after which all its columns are there. Integers are BIGINT, so that products
 * never leave their type: the typed form proves every value below 2^53.
 */
export interface Term {
  readonly text: string;
  readonly at: number;
}

const literal = /^BIGINT '(-?\d+)'$/;

export function term(text: string, ...from: readonly Term[]): Term {
  return { text, at: Math.max(0, ...from.map(({ at }) => at)) };
}

export function integer(value: number): Term {
  return { text: `BIGINT '${value}'`, at: 0 };
}

export function truth(value: boolean): Term {
  return { text: value ? "TRUE" : "FALSE", at: 0 };
}

/** The value of a written integer; null for anything that must be computed. */
export function writtenInteger({ text }: Term): number | null {
  const found = literal.exec(text);
  return found === null ? null : Number(found[1]);
}

/** Whether writing the term again costs nothing: a column or a constant. */
export function isPlain({ text }: Term): boolean {
  return /^(?:v?\d+)$/.test(text) || text === "TRUE" || text === "FALSE" || literal.test(text);
}

export function times(a: Term, b: Term): Term {
  const [x, y] = [writtenInteger(a), writtenInteger(b)];
  if (x !== null && y !== null) return integer(x * y);
  if (x === 1) return b;
  return y === 1 ? a : term(`(${a.text} * ${b.text})`, a, b);
}

export function sum(a: Term, b: Term, sign: "+" | "-" = "+"): Term {
  const [x, y] = [writtenInteger(a), writtenInteger(b)];
  if (x !== null && y !== null) return integer(sign === "+" ? x + y : x - y);
  if (x === 0 && sign === "+") return b;
  return y === 0 ? a : term(`(${a.text} ${sign} ${b.text})`, a, b);
}

/** A value brought from one scale to a finer one. */
export function scaledBy(value: Term, power: number): Term {
  return times(value, integer(10 ** power));
}

export function negative(value: Term): Term {
  const written = writtenInteger(value);
  return written === null ? term(`(- ${value.text})`, value) : integer(0 - written);
}

/** Kleene's and, or: SQL's own, with the constants folded. */
export function junction(operator: "AND" | "OR", items: readonly Term[]): Term {
  const deciding = operator === "OR" ? "TRUE" : "FALSE";
  const neutral = operator === "OR" ? "FALSE" : "TRUE";
  const left = items.filter(({ text }) => text !== neutral);
  const [only] = left;
  if (left.some(({ text }) => text === deciding)) return truth(operator === "OR");
  if (only === undefined) return truth(operator === "AND");
  return left.length === 1 ? only : term(`(${left.map(({ text }) => text).join(` ${operator} `)})`, ...left);
}

export function isNull(value: Term): Term {
  if (value.text === "TRUE" || value.text === "FALSE" || writtenInteger(value) !== null) return truth(false);
  return term(`(${value.text} IS NULL)`, value);
}

/** `CASE WHEN ... END`: of the arms whose condition is never true none is written. */
export function choice(arms: readonly (readonly [when: Term, then: Term])[], otherwise?: Term): Term {
  const written: string[] = [];
  const used: Term[] = [];
  let last = otherwise;
  for (const [when, then] of arms) {
    if (when.text === "FALSE") continue;
    if (when.text === "TRUE") {
      last = then;
      break;
    }
    written.push(`WHEN ${when.text} THEN ${then.text}`);
    used.push(when, then);
  }
  if (written.length === 0) return last ?? { text: "CAST(NULL AS BIGINT)", at: 0 };
  const end = last === undefined ? "" : ` ELSE ${last.text}`;
  return term(`CASE ${written.join(" ")}${end} END`, ...used, ...(last === undefined ? [] : [last]));
}

/** Whether an integer is one of these, as runs of neighbours: engines may turn a long `IN` into a join. */
export function among(of: Term, values: readonly number[]): Term {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const starts = sorted.filter((value, at) => value - 1 !== sorted[at - 1]);
  const runs = starts.map((first, run) => {
    const last = sorted[sorted.indexOf(starts[run + 1] ?? Number.NaN) - 1] ?? sorted.at(-1);
    return term(first === last ? `${of.text} = ${first}` : `${of.text} BETWEEN ${first} AND ${last}`, of);
  });
  if (runs.length === 0) return term(`(CASE WHEN NOT (${of.text} IS NULL) THEN FALSE END)`, of);
  return term(`(${runs.map(({ text }) => text).join(" OR ")})`, of);
}
