import { childrenOf, type Node } from "@qingdan/feel/typed";
import { contentHash } from "../compile/canonical-json.ts";
import { touchedBy } from "../kernel-interaction.ts";
import { nodesOf } from "../nodes-of.ts";
import type { InteractionStep, Rulebook } from "../rulebook.ts";

/** A rulebook of some of another's items; items that are settled with a chosen one must be chosen too. */
export function subsetRulebook(rulebook: Rulebook, codes: ReadonlySet<string>): Rulebook {
  const kept = rulebook.items.flatMap((item, at) => (codes.has(item.code) ? [at] : []));
  const positions = new Map(kept.map((old, at) => [old, at]));
  const items = kept.flatMap((at) => rulebook.items[at] ?? []);
  const { facts, parameters } = readBy(items.flatMap((item) => nodesOf(item)));
  const interactions = rulebook.interactions.filter((step) => touchedBy(step).every((at) => positions.has(at)));
  const { hash: _, ...rest } = rulebook;
  const content = {
    ...rest,
    facts: rulebook.facts.filter(({ name }) => facts.has(name)),
    items,
    interactions: interactions.map((step) => moved(step, positions)),
    parameters: rulebook.parameters.filter(({ code }) => parameters.has(code)),
  };
  return { ...content, hash: contentHash(content) };
}

function moved(step: InteractionStep, positions: ReadonlyMap<number, number>): InteractionStep {
  const to = (at: number) => positions.get(at) ?? -1;
  if (step.kind !== "higher") return { ...step, item: to(step.item), other: to(step.other) };
  return { ...step, members: step.members.map((member) => ({ ...member, item: to(member.item) })) };
}

/** Facts and parameters that expressions read. */
export function readBy(nodes: readonly Node[]): { facts: ReadonlySet<string>; parameters: ReadonlySet<string> } {
  const facts = new Set<string>();
  const parameters = new Set<string>();
  const visit = (node: Node): void => {
    if (node.op === "fact") facts.add(node.fact);
    if (node.op === "lookup") {
      parameters.add(node.parameter);
      if (node.area !== null) facts.add(node.area.fact);
    }
    for (const child of childrenOf(node)) visit(child);
  };
  for (const node of nodes) visit(node);
  return { facts, parameters };
}
