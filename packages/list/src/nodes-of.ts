import type { Node } from "@qingdan/feel/typed";
import type { RulebookItem } from "./rulebook.ts";

/** Every expression of an item. */
export function nodesOf(item: Pick<RulebookItem, "conditions" | "amount">): readonly Node[] {
  const { amount } = item;
  const amounts =
    amount.kind === "amount"
      ? [amount.amount]
      : amount.kind === "parts"
        ? amount.parts.map((part) => part.amount)
        : amount.kind === "table"
          ? amount.rows.flatMap((row) => [row.test, row.amount])
          : [];
  return [...item.conditions.map((condition) => condition.test), ...amounts];
}
