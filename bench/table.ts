import { type DecisionTable, dmnOfTable, type FeelContext, fromJson, prepareDmn } from "@qingdan/feel";

const rows = 3_000;
const rounds = 7;
const calls = 20_000;

/**
 * A decision table of 3,000 rows over three inputs, decided where the first, the middle and the last row is hit; the
 * nanoseconds of the slowest place.
 */
export async function run(): Promise<Record<string, number>> {
  const table: DecisionTable = {
    hitPolicy: "UNIQUE",
    inputs: [
      { expression: "area", type: "string" },
      { expression: "age", type: "number" },
      { expression: "grade", type: "number" },
    ],
    outputs: [{ type: "number" }],
    // 30 areas x 20 bands of five years x 5 grades.
    rules: Array.from({ length: rows }, (_, row) => {
      const band = Math.floor(row / 5) % 20;
      const when = [`"a${Math.floor(row / 100)}"`, `[${band * 5}..${band * 5 + 5})`, String(row % 5)];
      return { when, ["then" as const]: [String(row)] };
    }),
  };
  const prepared = prepareDmn(dmnOfTable(table, { decision: "amount", namespace: "urn:bench" }));
  const places = { first: 0, middle: 1_500, last: rows - 1 };
  const nanoseconds = Object.entries(places).map(([name, row]): [string, number] => {
    const facts = { area: `a${Math.floor(row / 100)}`, age: (Math.floor(row / 5) % 20) * 5, grade: row % 5 };
    const context = fromJson(facts) as FeelContext;
    const { value } = prepared.decide("amount", context);
    if (value !== row) throw new Error(`Row ${row} gives ${value}`);
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round += 1) {
      const started = performance.now();
      for (let call = 0; call < calls; call += 1) prepared.decide("amount", context);
      best = Math.min(best, ((performance.now() - started) * 1e6) / calls);
    }
    return [`${name}Nanoseconds`, Math.round(best)];
  });
  const each = Object.fromEntries(nanoseconds);
  return { rows, ...each, nanosecondsPerRow: Math.max(...nanoseconds.map(([, of]) => of)) };
}
