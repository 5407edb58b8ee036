import { allocateDecisions, emitKernel, instantiateKernel } from "../../kernel.ts";
import type { People } from "../../people.ts";
import type { Rulebook } from "../../rulebook.ts";
import { unknownColumns } from "../../testing/random-people.ts";

/** The kernels' answers as an emitted query gives them: a row a person, `seq` first. */
export function kernelAnswers(
  rulebook: Rulebook,
  people: People,
  items: readonly number[],
): readonly (readonly number[])[] {
  const out = allocateDecisions(rulebook, people.persons);
  const decide = instantiateKernel(emitKernel(rulebook, { unknown: unknownColumns(people) }));
  decide(people, out, 0, people.persons);
  return Array.from({ length: people.persons }, (_, row) => [
    row,
    ...items.flatMap((at) => [
      out.outcome[at]?.[row] ?? -1,
      out.reason[at]?.[row] ?? -1,
      out.amount[at]?.[row] ?? -1,
      ...(out.parts[at] ?? []).map((part) => part[row] ?? -1),
    ]),
  ]);
}
