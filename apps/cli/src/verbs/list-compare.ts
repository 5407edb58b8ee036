import path from "node:path";
import {
  addEffects,
  type Comparison,
  type ComparisonEffect,
  compareLists,
  createComparer,
  type SideToCompare,
} from "@qingdan/list";
import { openSnapshot } from "@qingdan/server/intake";
import { compileList, openList } from "../list-folder.ts";
import { type Context, day, UsageError, type Values, type Verb } from "../verb.ts";

export const listCompare: Verb = {
  usage:
    "<left dir> <right dir> --date YYYY-MM-DD [--right-date YYYY-MM-DD] [--area CODE] [--right-area CODE] [--people DIR]",
  options: {
    date: { type: "string" },
    "right-date": { type: "string" },
    area: { type: "string" },
    "right-area": { type: "string" },
    people: { type: "string" },
  },
  async run(context, values, [leftDir, rightDir]) {
    if (leftDir === undefined || rightDir === undefined) {
      throw new UsageError({ zh: "请给出两个清单文件夹", en: "Name the folders of two lists" });
    }
    const left = await sideOf(context, leftDir, values.area, day(values, "date"));
    const rightDate = values["right-date"] === undefined ? left.rulebook.date : day(values, "right-date");
    const right = await sideOf(context, rightDir, values["right-area"], rightDate);
    const comparison = compareLists(left, right);
    const effect = await effectOn(context, values, left, right, comparison);
    context.answer({ ...comparison, ...(effect !== undefined && { effect }) }, () => text(context, comparison, effect));
    return 0;
  },
};

async function sideOf(context: Context, dir: string, area: Values[string], date: string): Promise<SideToCompare> {
  const list = await openList(context, dir);
  return { list, rulebook: compileList(list, area as string | undefined, date) };
}

/** What having the right side's items would mean for a snapshot of the left side's people. */
async function effectOn(
  context: Context,
  values: Values,
  left: SideToCompare,
  right: SideToCompare,
  comparison: Comparison,
): Promise<ComparisonEffect | undefined> {
  if (typeof values.people !== "string") return undefined;
  const snapshot = await openSnapshot(path.resolve(context.cwd, values.people));
  const names = new Set([...left.rulebook.facts, ...right.rulebook.facts].map(({ name }) => name));
  const facts = [...names].flatMap((name) => left.list.facts.get(name) ?? []);
  const areas = left.rulebook.areas.map(({ code }) => code);
  const compare = createComparer(left, right, comparison);
  let total: ComparisonEffect | undefined;
  for await (const { people } of snapshot.blocks({ facts, areas }, { signal: context.signal })) {
    const effect = compare(people);
    total = total === undefined ? effect : addEffects(total, effect);
  }
  return total;
}

function text(context: Context, comparison: Comparison, effect: ComparisonEffect | undefined): string {
  const { matches, onlyLeft, onlyRight } = comparison;
  const names = (items: (typeof onlyLeft)[number][]) => items.map(({ name, code }) => `${context.say(name)} (${code})`);
  const lines = matches
    .filter(({ differences }) => differences.length > 0)
    .flatMap(({ left, right, differences }) => {
      const moved = effect?.matches.find((match) => match.left[0] === left[0]?.code);
      return [
        `${names([...left]).join(" + ")} | ${names([...right]).join(" + ")}`,
        ...differences.map(({ words }) => `  ${context.say(words)}`),
        ...(moved === undefined
          ? []
          : [
              context.say({
                zh: `  换成右侧：${moved.gain} 人受益，${moved.lose} 人受损，${moved.same} 人不变，${moved.unknown} 人无法确定`,
                en: `  With the right side's: ${moved.gain} gain, ${moved.lose} lose, ${moved.same} stay, ${moved.unknown} cannot be told`,
              }),
            ]),
      ];
    });
  const only = (items: typeof onlyLeft, zh: string, en: string) =>
    items.length === 0 ? [] : [`${context.say({ zh, en })}: ${names([...items]).join(", ")}`];
  return [...lines, ...only(onlyLeft, "只有左侧有", "Only left"), ...only(onlyRight, "只有右侧有", "Only right")].join(
    "\n",
  );
}
