import { type ScreenReason, screen } from "@qingdan/list";
import { knownFacts, readFactsFile, tellFaults } from "../facts-of.ts";
import { compileList, openList } from "../list-folder.ts";
import { moneyText } from "../money-text.ts";
import { day, required, type Verb } from "../verb.ts";

export const screenVerb: Verb = {
  usage: "--list <dir> --facts F.json --date YYYY-MM-DD [--area CODE]",
  options: {
    list: { type: "string" },
    facts: { type: "string" },
    date: { type: "string" },
    area: { type: "string" },
  },
  async run(context, values) {
    const date = day(values, "date");
    const facts = await readFactsFile(context, values);
    const list = await openList(context, required(values, "list"));
    const rulebook = compileList(list, values.area as string | undefined, date);
    const screening = tellFaults(() => screen(rulebook, facts, { others: knownFacts(list) }));
    const far = ({ distances }: ScreenReason) =>
      distances.length === 0 ? "" : ` (${distances.map((distance) => context.say(distance)).join("; ")})`;
    const why = (reasons: readonly ScreenReason[]) =>
      reasons.map((reason) => `${context.say(reason)}${far(reason)}`).join("; ");
    context.answer(screening, () =>
      [
        ...screening.entitled.map(
          ({ name, fen, per }) => `● ${context.say(name)}${fen > 0 ? `  ${context.say(moneyText(fen, per))}` : ""}`,
        ),
        ...screening.undetermined.map(
          ({ name, missing }) => `◐ ${context.say(name)}: ${missing.map((fact) => context.say(fact)).join(", ")}`,
        ),
        ...screening.not.map(({ name, reasons }) => `○ ${context.say(name)}: ${why(reasons)}`),
      ].join("\n"),
    );
    return 0;
  },
};
