import { decideAll } from "../decide.ts";
import { householdFacts } from "../household-facts.ts";
import type { RulebookDecisions } from "../kernel.ts";
import { touchedBy } from "../kernel-interaction.ts";
import type { People } from "../people.ts";
import type { InteractionStep, Rulebook } from "../rulebook.ts";
import type { EmittedSql } from "./emit-sql.ts";

/** Decides the items that an emitted query refuses, person by person, into the same answers; the other items are left alone. */
export function decideRefused(
  rulebook: Rulebook,
  { refused }: EmittedSql,
  people: People,
  out: RulebookDecisions,
): void {
  const positions = refused.map(({ item }) => item).sort((a, b) => a - b);
  if (positions.length === 0) return;
  const rest = onlyItems(rulebook, positions);
  const factsOf = householdFacts(rulebook, people);
  for (let row = 0; row < people.persons; row += 1) {
    const household = factsOf(row);
    decideAll(rest, household).forEach((answer, at) => {
      const item = positions[at] ?? 0;
      const { subject, common } = rulebook.items[item] ?? { subject: "person" };
      const elsewhere = subject === "household" && household.subject !== 0;
      put(out.outcome[item], row, elsewhere ? 0 : answer.outcome);
      put(out.reason[item], row, elsewhere ? (common?.householder ?? 0) : answer.reason);
      put(out.amount[item], row, elsewhere ? 0 : answer.fen);
      for (const [part, fen] of answer.parts.entries()) put(out.parts[item]?.[part], row, elsewhere ? 0 : fen);
    });
  }
}

function put(column: Uint8Array | Int32Array | Float64Array | undefined, row: number, value: number): void {
  if (column !== undefined) column[row] = value;
}

/** The rulebook of these items alone; a refused item's interactions are with refused items only. */
function onlyItems(rulebook: Rulebook, positions: readonly number[]): Rulebook {
  const place = new Map(positions.map((item, at) => [item, at]));
  const moved = (item: number) => place.get(item) ?? -1;
  const renumber = (step: InteractionStep): InteractionStep =>
    step.kind === "higher"
      ? { ...step, members: step.members.map((member) => ({ ...member, item: moved(member.item) })) }
      : { ...step, item: moved(step.item), other: moved(step.other) };
  return {
    ...rulebook,
    items: rulebook.items.filter((_, at) => place.has(at)),
    interactions: rulebook.interactions
      .filter((step) => touchedBy(step).every((item) => place.has(item)))
      .map(renumber),
  };
}
