import { childrenOf, type Node } from "@qingdan/feel/typed";
import { settledBy, touchedBy } from "./kernel-interaction.ts";
import type { InteractionStep, Rulebook, RulebookItem } from "./rulebook.ts";

/**
 * A rulebook of the items named and of those they are settled with: a form asks no question for any other. Answers on the
 * items named are those of the whole rulebook, and `hash` stays its hash.
 */
export function narrowRulebook(rulebook: Rulebook, codes: readonly string[]): Rulebook {
  const kept = new Set(
    codes.map((code) => rulebook.items.findIndex((item) => item.code === code)).filter((at) => at >= 0),
  );
  for (let before = 0; before !== kept.size; ) {
    before = kept.size;
    for (const step of rulebook.interactions) {
      if (settledBy(step).some((at) => kept.has(at))) for (const at of touchedBy(step)) kept.add(at);
    }
  }
  const positions = [...kept].toSorted((a, b) => a - b);
  const now = new Map(positions.map((at, position) => [at, position]));
  const moved = (at: number) => now.get(at) ?? -1;
  return {
    ...rulebook,
    items: positions.flatMap((at) => rulebook.items[at] ?? []),
    interactions: rulebook.interactions.flatMap((step) => movedStep(step, moved)),
  };
}

function movedStep(step: InteractionStep, moved: (at: number) => number): InteractionStep[] {
  if (touchedBy(step).some((at) => moved(at) < 0)) return [];
  if (step.kind !== "higher") return [{ ...step, item: moved(step.item), other: moved(step.other) }];
  return [{ ...step, members: step.members.map((member) => ({ ...member, item: moved(member.item) })) }];
}

/** Names of the facts that an item's conditions and amount read, each once, in the order they are met. */
export function factsReadBy(item: RulebookItem): readonly string[] {
  const found = new Set<string>();
  const visit = (node: Node): void => {
    if (node.op === "fact") found.add(node.fact);
    for (const child of childrenOf(node)) visit(child);
  };
  for (const { test } of item.conditions) visit(test);
  const { amount } = item;
  if (amount.kind === "amount") visit(amount.amount);
  if (amount.kind === "parts") for (const part of amount.parts) visit(part.amount);
  if (amount.kind === "table") {
    for (const row of amount.rows) {
      visit(row.test);
      visit(row.amount);
    }
  }
  return [...found];
}
