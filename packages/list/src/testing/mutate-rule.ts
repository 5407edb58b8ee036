import { type CompareOperator, childrenOf, type Node, withChildren } from "@qingdan/feel/typed";
import type { RulebookItem } from "../rulebook.ts";

/** A rule that says one thing wrong. */
export interface Mutation {
  /** What was changed, and where: `condition age: >= became >`. */
  readonly words: string;
  readonly item: RulebookItem;
}

const edges: Readonly<Record<CompareOperator, CompareOperator>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "=": "!=",
  "!=": "=",
};
const opposites: Readonly<Record<CompareOperator, CompareOperator>> = {
  ...edges,
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};

interface Changed {
  readonly words: string;
  readonly node: Node;
}

/** One operator flipped or one bound moved by one, at every place of an expression. */
function changesOf(node: Node): readonly Changed[] {
  const children = childrenOf(node);
  const inside = children.flatMap((child, at) =>
    changesOf(child).map((changed) => ({
      words: changed.words,
      node: withChildren(
        node,
        children.map((other, position) => (position === at ? changed.node : other)),
      ),
    })),
  );
  return [...here(node), ...inside];
}

function here(node: Node): readonly Changed[] {
  const flipped = (words: string, changed: object): Changed => ({ words, node: { ...node, ...changed } as Node });
  switch (node.op) {
    case "compare":
      return [...new Set([edges[node.operator], opposites[node.operator]])]
        .map((operator) => flipped(`${node.operator} became ${operator}`, { operator }))
        .concat(movedBounds(node));
    case "and":
    case "or":
      return [
        flipped(`${node.op} became ${node.op === "and" ? "or" : "and"}`, { op: node.op === "and" ? "or" : "and" }),
      ];
    case "not":
      return [{ words: "not was dropped", node: node.of }];
    case "within":
      return [{ words: `within ${node.code} was negated`, node: { op: "not", type: node.type, of: node } }];
    case "one-of":
      return node.values.map((value) => {
        const code = node.of.type.kind === "enum" ? node.of.type.values[value] : String(value);
        return flipped(`${code} was left out`, { values: node.values.filter((other) => other !== value) });
      });
    case "add":
      return [flipped("+ became −", { op: "subtract" })];
    case "subtract":
      return [flipped("− became +", { op: "add" })];
    case "least":
      return [flipped("min became max", { op: "greatest" })];
    case "greatest":
      return [flipped("max became min", { op: "least" })];
    case "if":
      return [flipped("the branches were swapped", { yes: node.no, no: node.yes })];
    case "aggregate":
      return node.kind === "some" || node.kind === "every"
        ? [
            flipped(`${node.kind} became ${node.kind === "some" ? "every" : "some"}`, {
              kind: node.kind === "some" ? "every" : "some",
            }),
          ]
        : node.kind === "min" || node.kind === "max"
          ? [
              flipped(`${node.kind} became ${node.kind === "min" ? "max" : "min"}`, {
                kind: node.kind === "min" ? "max" : "min",
              }),
            ]
          : [];
    default:
      return [];
  }
}

/** A bound of whole units or days moved by one up and down. */
function movedBounds(node: Node & { op: "compare" }): readonly Changed[] {
  return (["left", "right"] as const).flatMap((side) => {
    const bound = node[side];
    if (bound.op !== "constant" || typeof bound.value !== "number") return [];
    const step = bound.type.kind === "number" ? 10 ** bound.type.scale : bound.type.kind === "date" ? 1 : 0;
    if (step === 0) return [];
    const { value } = bound;
    return [-step, step].map((by) => ({
      words: `${node.operator} ${value / step} became ${node.operator} ${(value + by) / step}`,
      node: { ...node, [side]: { ...bound, value: value + by } } as Node,
    }));
  });
}

/** Every mutation of a rule: of its conditions, its amounts and the rows of its table. */
export function mutationsOf(item: RulebookItem): readonly Mutation[] {
  const conditions = item.conditions.flatMap((condition, at) =>
    [...changesOf(condition.test), dropped].map(({ words, node }) => ({
      words: `condition ${condition.code}: ${words}`,
      item: {
        ...item,
        conditions: item.conditions.map((other, position) => (position === at ? { ...other, test: node } : other)),
      },
    })),
  );
  return [...conditions, ...amountMutations(item)];
}

const dropped: Changed = { words: "it was dropped", node: { op: "constant", type: { kind: "boolean" }, value: true } };

function amountMutations(item: RulebookItem): readonly Mutation[] {
  const { amount } = item;
  switch (amount.kind) {
    case "service":
      return [];
    case "amount":
      return changesOf(amount.amount).map(({ words, node }) => ({
        words: `amount: ${words}`,
        item: { ...item, amount: { ...amount, amount: node } },
      }));
    case "parts":
      return amount.parts.flatMap((part, at) =>
        changesOf(part.amount).map(({ words, node }) => ({
          words: `part ${part.code}: ${words}`,
          item: { ...item, amount: { ...amount, parts: replaced(amount.parts, at, { ...part, amount: node }) } },
        })),
      );
    case "table":
      return amount.rows.flatMap((row, at) => [
        ...changesOf(row.test).map(({ words, node }) => ({
          words: `row ${row.code}: ${words}`,
          item: { ...item, amount: { ...amount, rows: replaced(amount.rows, at, { ...row, test: node }) } },
        })),
        ...changesOf(row.amount).map(({ words, node }) => ({
          words: `amount of row ${row.code}: ${words}`,
          item: { ...item, amount: { ...amount, rows: replaced(amount.rows, at, { ...row, amount: node }) } },
        })),
      ]);
  }
}

function replaced<T>(all: readonly T[], at: number, by: T): readonly T[] {
  return all.map((one, position) => (position === at ? by : one));
}
