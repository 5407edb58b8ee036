import type { RulebookFact } from "../rulebook.ts";
import type { SqlEngine } from "./engine.ts";
import { isPlain, type Term } from "./term.ts";

/**
 * The columns of a query over persons, one row a person. A column is computed in a step after all that it reads: within
 * a round step by step, and each round begins with what is summed up over households from the round before.
 */
export interface Sheet {
  /** A fact of the person, of the householder, or of the household. */
  readonly fact: (fact: RulebookFact, whose: Whose) => Term;
  /** Number of members of the household. */
  readonly members: Term;
  /** Whether the person is the householder. */
  readonly isHead: Term;
  /** The term as a column, so that it is computed once; equal terms are one column. */
  readonly column: (of: Term) => Term;
  /** An aggregate over the members of the household. */
  readonly overMembers: (aggregate: Term) => Term;
  /** An aggregate over pairs of a person (columns of `x`) and each member of the household (columns of `y`). */
  readonly overPairs: (aggregate: Term) => Term;
  /** The query that gives these outputs beside `seq`. */
  readonly query: (outputs: readonly { readonly name: string; readonly value: Term }[]) => string;
}

export type Whose = "own" | "householder" | "household";

type Kind = "base" | "scalar" | "members" | "pairs";

interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly at: number;
  readonly text: string;
}

/** Steps of a round; more than any round has. */
const stepsOfRound = 1_000;
const tables: Readonly<Record<Whose, string>> = { own: "p", householder: "q", household: "h" };

export function sheet(engine: SqlEngine): Sheet {
  const columns = new Map<string, Column>();
  const add = (kind: Kind, text: string, at: number): Term => {
    const key = `${kind} ${text}`;
    const found = columns.get(key) ?? { name: `v${columns.size}`, kind, at, text };
    columns.set(key, found);
    return { text: found.name, at: found.at };
  };
  const nextRound = (at: number) => (Math.floor(at / stepsOfRound) + 1) * stepsOfRound;
  return {
    fact: (fact, whose) => add("base", stored(engine, fact, `${tables[whose]}."${fact.name}"`), 0),
    members: add("base", "k.members", 0),
    isHead: add("base", "(p.seq = k.head)", 0),
    column: (of) => (isPlain(of) ? of : add("scalar", of.text, of.at + 1)),
    overMembers: ({ text, at }) => add("members", text, nextRound(at)),
    overPairs: ({ text, at }) => add("pairs", text, nextRound(at)),
    query: (outputs) => render(engine, [...columns.values()], outputs),
  };
}

/** A stored fact as the typed form holds it. */
function stored(engine: SqlEngine, { type }: RulebookFact, column: string): string {
  if (type.kind === "boolean") return column;
  return type.kind === "date" ? engine.dayOf(column) : `CAST(${column} AS BIGINT)`;
}

const columnsIn = (text: string): readonly string[] => text.match(/\bv\d+\b/g) ?? [];

function render(
  engine: SqlEngine,
  columns: readonly Column[],
  outputs: readonly { readonly name: string; readonly value: Term }[],
): string {
  const steps = [...new Set(columns.map(({ at }) => at))].sort((a, b) => a - b);
  const needed = new Set(outputs.flatMap(({ value }) => columnsIn(value.text)));
  const written: { at: number; own: readonly Column[]; kept: readonly string[] }[] = [];
  for (const at of [...steps].reverse()) {
    const own = columns.filter((column) => column.at === at && needed.has(column.name));
    if (own.length === 0 && at > 0) continue;
    for (const { name } of own) needed.delete(name);
    for (const { text } of own) for (const name of columnsIn(text)) needed.add(name);
    written.unshift({ at, own, kept: [...needed] });
  }
  const lines = written.map(({ at, own, kept }, step) => {
    const readTwice = (written[step + 1]?.at ?? 1) % stepsOfRound === 0;
    const body = at === 0 ? baseStep(own) : nextStep(`s${step - 1}`, own, kept);
    return `s${step} AS ${readTwice ? engine.keptOnce : ""}(${body}${readTwice ? "" : engine.fence})`;
  });
  const select = ["seq", ...outputs.map(({ name, value }) => `${value.text} AS ${name}`)].join(", ");
  return `WITH ${lines.join(",\n")}\nSELECT ${select} FROM s${written.length - 1}`;
}

const named = (columns: readonly Column[]) => columns.map(({ name, text }) => `${text} AS ${name}`);

function baseStep(columns: readonly Column[]): string {
  const reads = (table: string) => columns.some(({ text }) => text.includes(`${table}.`));
  const groups = "SELECT household, COUNT(*) AS members, MIN(seq) AS head FROM persons GROUP BY household";
  return [
    `SELECT ${["p.seq AS seq", "p.household AS household", ...named(columns)].join(", ")} FROM persons p`,
    ...(reads("k") || reads("q") ? [`JOIN (${groups}) k ON k.household = p.household`] : []),
    ...(reads("h") ? ["LEFT JOIN households h ON h.household = p.household"] : []),
    ...(reads("q") ? ["JOIN persons q ON q.seq = k.head"] : []),
  ].join(" ");
}

function nextStep(before: string, columns: readonly Column[], kept: readonly string[]): string {
  const scalars = columns.filter(({ kind }) => kind === "scalar");
  const members = columns.filter(({ kind }) => kind === "members");
  const pairs = columns.filter(({ kind }) => kind === "pairs");
  const select = [
    "s.seq AS seq",
    "s.household AS household",
    ...kept,
    ...named(scalars),
    ...[...members, ...pairs].map(({ name }) => name),
  ];
  const groups = `SELECT household, ${named(members).join(", ")} FROM ${before} GROUP BY household`;
  const joined = `${before} x JOIN ${before} y ON y.household = x.household`;
  const ofPairs = `SELECT x.seq AS seq, ${named(pairs).join(", ")} FROM ${joined} GROUP BY x.seq`;
  return [
    `SELECT ${select.join(", ")} FROM ${before} s`,
    ...(members.length > 0 ? [`JOIN (${groups}) a ON a.household = s.household`] : []),
    ...(pairs.length > 0 ? [`JOIN (${ofPairs}) b ON b.seq = s.seq`] : []),
  ].join(" ");
}
