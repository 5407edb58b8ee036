import { type ExplainedNode, type Explanation, factsReadBy, type Rulebook } from "@qingdan/list";
import type { Words } from "../../problem.ts";
import { type Actor, type FactKind, readableFacts } from "../identity/index.ts";
import { caseResource } from "./case-resource.ts";
import type { StoredCase } from "./case-store.ts";

/** Names of facts. */
export type Sight = ReadonlySet<string>;

/** In place of a value that a reader may not see. */
export const notShown: Words = { zh: "不对您显示", en: "not shown to you" };

/** What an item reads of people, found once for each item of a rulebook. */
interface ItemFacts {
  readonly needed: Sight;
  /** Every fact of the rulebook. */
  readonly kinds: readonly FactKind[];
}

const factsOfItems = new WeakMap<Rulebook, Map<string, ItemFacts>>();

function factsOfItem(rulebook: Rulebook, code: string): ItemFacts {
  const items = factsOfItems.get(rulebook) ?? new Map<string, ItemFacts>();
  factsOfItems.set(rulebook, items);
  const known = items.get(code) ?? readItem(rulebook, code);
  items.set(code, known);
  return known;
}

function readItem(rulebook: Rulebook, code: string): ItemFacts {
  const item = rulebook.items.find((one) => one.code === code);
  const needed = new Set(item ? factsReadBy(item) : []);
  const kinds = (["public", "personal", "sensitive", null] as const).flatMap((privacy) => {
    const alike = rulebook.facts.filter((fact) => fact.privacy === privacy).map(({ name }) => name);
    return [true, false].map((isNeeded) => ({
      privacy,
      needed: isNeeded,
      names: alike.filter((name) => needed.has(name) === isNeeded),
    }));
  });
  return { needed, kinds: kinds.filter(({ names }) => names.length > 0) };
}

/** The facts that an item reads. */
export const factsNeeded = (rulebook: Rulebook, item: string): Sight => factsOfItem(rulebook, item).needed;

/** The facts of a case that a reader may see: those that its item reads, as far as the policies let this reader. */
export function sightOf(reader: Actor, view: StoredCase["view"], rulebook: Rulebook): Sight {
  return readableFacts(reader, caseResource(view), factsOfItem(rulebook, view.item).kinds);
}

/** A line of the journal without the values that a reader may not see. */
export function seenBody(body: Readonly<Record<string, unknown>>, sight: Sight): Record<string, unknown> {
  const seen = (one: Readonly<Record<string, unknown>>) =>
    typeof one.fact === "string" && "value" in one && !sight.has(one.fact) ? { ...one, value: null } : one;
  const { facts } = body as { facts?: unknown };
  return { ...seen(body), ...(Array.isArray(facts) && { facts: facts.map(seen) }) };
}

/** The reasons of an answer without the values that a reader may not see, nor what is reckoned from them. */
export function seenExplanation(explanation: Explanation, sight: Sight): Explanation {
  return {
    ...explanation,
    conditions: explanation.conditions.map((condition) =>
      isSeen(condition.tree, sight)
        ? condition
        : { ...condition, distances: [], tree: seenNode(condition.tree, sight) },
    ),
    amounts: explanation.amounts.map((amount) => ({
      ...amount,
      test: amount.test && seenNode(amount.test, sight),
      tree: seenNode(amount.tree, sight),
    })),
  };
}

function isSeen({ fact, children }: ExplainedNode, sight: Sight): boolean {
  return (fact === undefined || sight.has(fact.name)) && children.every((child) => isSeen(child, sight));
}

function seenNode(node: ExplainedNode, sight: Sight): ExplainedNode {
  if (isSeen(node, sight)) return node;
  return { ...node, value: notShown, children: node.children.map((child) => seenNode(child, sight)) };
}
