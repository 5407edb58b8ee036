import {
  type ChangedAnswer,
  explain,
  type FactsFile,
  nearestName,
  type Rulebook,
  type ShortAnswer,
  type Supposition,
  UnknownItemError,
  whatIf,
} from "@qingdan/list";
import { explanationText, outcomeWords } from "../explanation-text.ts";
import { knownFacts, readFactsFile, tellFaults } from "../facts-of.ts";
import { compileList, openList } from "../list-folder.ts";
import { moneyText } from "../money-text.ts";
import { type Context, day, Refusal, required, UsageError, type Verb } from "../verb.ts";

export const explainVerb: Verb = {
  usage: "--list <dir> --facts F.json --item CODE --date YYYY-MM-DD [--area CODE] [--what-if [NAME.]FACT=VALUE]",
  options: {
    list: { type: "string" },
    facts: { type: "string" },
    item: { type: "string" },
    date: { type: "string" },
    area: { type: "string" },
    "what-if": { type: "string" },
  },
  async run(context, values) {
    const date = day(values, "date");
    const item = required(values, "item");
    const facts = await readFactsFile(context, values);
    const list = await openList(context, required(values, "list"));
    const rulebook = compileList(list, values.area as string | undefined, date);
    const others = knownFacts(list);
    const tree = tellFaults(() => explained(() => explain(rulebook, facts, item, others), rulebook, item));
    const asked = values["what-if"];
    if (typeof asked !== "string") {
      context.answer(tree, () => explanationText(context.say, tree));
      return 0;
    }
    const file = facts as unknown as FactsFile;
    const supposed = supposition(rulebook, file, asked);
    const changes = tellFaults(() => whatIf(rulebook, file, supposed, { others }));
    context.answer({ ...tree, whatIf: { ...supposed, changes } }, () =>
      [explanationText(context.say, tree), ...changeLines(context, asked, changes)].join("\n"),
    );
    return 0;
  },
};

function explained<T>(work: () => T, { items }: Rulebook, item: string): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UnknownItemError)) throw error;
    const near = nearestName(
      item,
      items.map(({ code }) => code),
    );
    throw new Refusal(
      error.code,
      { zh: `当日没有可执行的项目 ${item}`, en: `There is no executable item ${item} on that day` },
      near === undefined
        ? { zh: "用 qingdan list show 看有哪些项目", en: "See the items by qingdan list show" }
        : { zh: `是不是“${near}”？`, en: `Did you mean "${near}"?` },
    );
  }
}

/** `monthlyIncome=2000`, or `p2.monthlyIncome=2000` of another person or household than the subject's. */
function supposition(rulebook: Rulebook, { subject, households = {} }: FactsFile, asked: string): Supposition {
  const [, named, fact, text] = /^(?:([^.=]+)\.)?([A-Za-z]\w*)=(.+)$/.exec(asked) ?? [];
  if (fact === undefined || text === undefined) {
    throw new UsageError({
      zh: "--what-if 应为 事实=值，如 monthlyIncome=2000 或 p2.monthlyIncome=2000",
      en: "--what-if takes FACT=VALUE such as monthlyIncome=2000 or p2.monthlyIncome=2000",
    });
  }
  const ofHousehold = rulebook.facts.find(({ name }) => name === fact)?.entity === "household";
  const household = Object.keys(households).find((name) => households[name]?.members.includes(subject));
  return {
    of: named ?? (ofHousehold ? (household ?? subject) : subject),
    fact,
    value: writtenValue(rulebook, fact, text),
  };
}

/** A word is a code or a day; a number of a code that is one stays a text. */
function writtenValue(rulebook: Rulebook, fact: string, text: string): Supposition["value"] {
  const kind = rulebook.facts.find(({ name }) => name === fact)?.type.kind;
  if (kind === "boolean" && (text === "true" || text === "false")) return text === "true";
  return kind === "number" && Number.isFinite(Number(text)) ? Number(text) : text;
}

function changeLines(context: Context, asked: string, changes: readonly ChangedAnswer[]): string[] {
  const head = context.say({ zh: `如果 ${asked}:`, en: `If ${asked}:` });
  if (changes.length === 0) return [`${head} ${context.say({ zh: "什么也不变", en: "nothing changes" })}`];
  const short = ({ outcome, fen, reason }: ShortAnswer, per: string) =>
    `${context.say(outcomeWords[outcome])} ${fen > 0 ? context.say(moneyText(fen, per)) : `(${context.say(reason)})`}`;
  return [
    head,
    ...changes.map(
      ({ name, per, before, after }) => `  ${context.say(name)}: ${short(before, per)} → ${short(after, per)}`,
    ),
  ];
}
