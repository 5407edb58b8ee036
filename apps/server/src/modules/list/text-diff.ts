/** A stretch of text that both have, that only the new one has, or that only the old one had. */
export interface Stretch {
  readonly kind: "same" | "ins" | "del";
  readonly text: string;
}

/** Beyond so many differing tokens the old text is struck out and the new one written behind it. */
const mostDifferent = 2_000;

/**
 * What changed between two texts, as a lawyer marks it: words, numbers and single Chinese characters stay whole. The
 * stretches with `ins` left out make the old text, with `del` left out the new one.
 */
export function diffTexts(before: string, after: string): readonly Stretch[] {
  const [old, made] = [tokens(before), tokens(after)];
  let head = 0;
  while (head < old.length && head < made.length && old[head] === made[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < made.length - head && old.at(-1 - tail) === made.at(-1 - tail)) tail++;
  const middle = shortestEdit(old.slice(head, old.length - tail), made.slice(head, made.length - tail));
  return joined([
    { kind: "same", text: old.slice(0, head).join("") },
    ...middle,
    { kind: "same", text: old.slice(old.length - tail).join("") },
  ]);
}

/** Line breaks by themselves, runs of blanks, Latin words and numbers, and every other character by itself. */
function tokens(text: string): string[] {
  return text.match(/\n|[^\S\n]+|[A-Za-z_][\w-]*|\d+(?:\.\d+)?|[^\s]/gu) ?? [];
}

/** Myers' shortest edit script, walked back from the end. */
function shortestEdit(old: readonly string[], made: readonly string[]): Stretch[] {
  const reached: Map<number, number>[] = [];
  let frontier = new Map([[1, 0]]);
  for (let edits = 0; edits <= old.length + made.length; edits++) {
    if (edits > mostDifferent) break;
    reached.push(frontier);
    const next = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = startOf(frontier, diagonal, edits);
      while (x < old.length && x - diagonal < made.length && old[x] === made[x - diagonal]) x++;
      next.set(diagonal, x);
      if (x >= old.length && x - diagonal >= made.length) return walkBack(old, made, reached);
    }
    frontier = next;
  }
  return [
    { kind: "del", text: old.join("") },
    { kind: "ins", text: made.join("") },
  ];
}

/** Whether a diagonal is reached by writing a token (from above it) rather than by striking one out. */
function insertsAt(frontier: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (Math.abs(diagonal) === edits) return diagonal < 0 || edits === 0;
  return (frontier.get(diagonal - 1) ?? -1) < (frontier.get(diagonal + 1) ?? -1);
}

function startOf(frontier: ReadonlyMap<number, number>, diagonal: number, edits: number): number {
  const inserts = insertsAt(frontier, diagonal, edits);
  return inserts ? (frontier.get(diagonal + 1) ?? -1) : (frontier.get(diagonal - 1) ?? -1) + 1;
}

function walkBack(old: readonly string[], made: readonly string[], reached: readonly Map<number, number>[]): Stretch[] {
  const back: Stretch[] = [];
  let [x, y] = [old.length, made.length];
  for (let edits = reached.length - 1; edits >= 0; edits--) {
    const frontier = reached[edits]!;
    const start = edits === 0 ? 0 : startOf(frontier, x - y, edits);
    const diagonal = x - y;
    while (x > start && y > start - diagonal) {
      back.push({ kind: "same", text: old[--x]! });
      y--;
    }
    if (edits === 0) break;
    if (insertsAt(frontier, diagonal, edits)) back.push({ kind: "ins", text: made[--y]! });
    else back.push({ kind: "del", text: old[--x]! });
  }
  return back.reverse();
}

/** Neighbours of one kind become one stretch; what is taken out stands before what comes in its place. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const out: { kind: Stretch["kind"]; text: string }[] = [];
  for (const { kind, text } of stretches) {
    if (text === "") continue;
    const last = out.at(-1);
    const before = out.at(-2);
    if (last?.kind === kind) last.text += text;
    else if (kind === "del" && last?.kind === "ins" && before?.kind === "del") before.text += text;
    else if (kind === "del" && last?.kind === "ins") out.splice(-1, 0, { kind, text });
    else out.push({ kind, text });
  }
  return out;
}
