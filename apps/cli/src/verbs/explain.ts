import { type ExplainedNode, explain, UnknownItemError } from "@qingdan/list";
import { knownFacts, readFactsFile, tellFaults } from "../facts-of.ts";
import { compileList, openList } from "../list-folder.ts";
import { type Context, day, Refusal, required, type Verb } from "../verb.ts";

export const explainVerb: Verb = {
  usage: "--list <dir> --facts F.json --item CODE --date YYYY-MM-DD [--area CODE]",
  options: {
    list: { type: "string" },
    facts: { type: "string" },
    item: { type: "string" },
    date: { type: "string" },
    area: { type: "string" },
  },
  async run(context, values) {
    const date = day(values, "date");
    const item = required(values, "item");
    const facts = await readFactsFile(context, values);
    const list = await openList(context, required(values, "list"));
    const rulebook = compileList(list, values.area as string | undefined, date);
    const tree = tellFaults(() => explained(() => explain(rulebook, facts, item, knownFacts(list)), item));
    const marks = { true: "✓", false: "✗", null: "?" };
    context.answer(tree, () =>
      [
        `${context.say(tree.name)}: ${context.say(tree.reason)}${tree.fen > 0 ? `  ¥${(tree.fen / 100).toFixed(2)}/${tree.per}` : ""}`,
        ...tree.conditions.flatMap((condition) => [
          `${marks[`${condition.holds}`]} ${context.say(condition)}`,
          ...treeLines(context, condition.tree, 1),
        ]),
        ...tree.amounts.flatMap((amount) => [context.say(amount), ...treeLines(context, amount.tree, 1)]),
      ].join("\n"),
    );
    return 0;
  },
};

function explained<T>(work: () => T, item: string): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UnknownItemError)) throw error;
    throw new Refusal(error.code, {
      zh: `当日没有可执行的项目 ${item}`,
      en: `There is no executable item ${item} on that day`,
    });
  }
}

function treeLines(context: Context, node: ExplainedNode, depth: number): string[] {
  const value = node.value === null ? "?" : context.say(node.value);
  const line = `${"  ".repeat(depth)}${context.say(node)} = ${value}`;
  return [line, ...node.children.flatMap((child) => treeLines(context, child, depth + 1))];
}
