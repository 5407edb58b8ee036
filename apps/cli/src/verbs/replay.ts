import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  type DecisionRecord,
  type FactsFile,
  type FactsHistory,
  factsAsOf,
  type List,
  recordDecision,
  replayDecision,
  UnknownItemError,
} from "@qingdan/list";
import { readFactsFile, tellFaults } from "../facts-of.ts";
import { parseObject } from "../json-option.ts";
import { openList } from "../list-folder.ts";
import { type Context, day, Refusal, required, UsageError, type Values, type Verb } from "../verb.ts";

export const replayVerb: Verb = {
  usage:
    "--list <dir> --record R.json | --list <dir> --item CODE --date D [--known-on D] (--facts F.json | --history H.json) [--area CODE] [--out R.json]",
  options: {
    list: { type: "string" },
    record: { type: "string" },
    item: { type: "string" },
    date: { type: "string" },
    "known-on": { type: "string" },
    facts: { type: "string" },
    history: { type: "string" },
    area: { type: "string" },
    out: { type: "string" },
  },
  async run(context, values) {
    const list = await openList(context, required(values, "list"));
    return values.record === undefined ? makeRecord(context, list, values) : replay(context, list, values);
  },
};

async function replay(context: Context, list: List, values: Values): Promise<number> {
  const file = required(values, "record");
  const written = parseObject(await readFile(path.resolve(context.cwd, file), "utf8"), file);
  const keys = ["listHash", "area", "date", "knownOn", "item", "rulebookHash", "facts", "answer", "hash"];
  const missing = keys.filter((key) => !Object.hasOwn(written, key));
  if (written.format !== 1 || missing.length > 0) {
    throw new UsageError({
      zh: `${file} 不是决定记录${missing.length > 0 ? `,缺 ${missing.join(", ")}` : ""}`,
      en: `${file} is no record of a decision${missing.length > 0 ? `: it lacks ${missing.join(", ")}` : ""}`,
    });
  }
  const record = written as unknown as DecisionRecord;
  const { rulebook: _, ...result } = tellFaults(() => replayDecision(list, record));
  context.answer(result, () =>
    [
      context.say(
        result.equal
          ? { zh: "重算一致", en: "It comes out the same" }
          : { zh: "重算不一致", en: "It comes out otherwise" },
      ),
      ...result.differences.map(
        ({ code, message, recorded, replayed }) => `${code} ${context.say(message)}: ${recorded} → ${replayed}`,
      ),
    ].join("\n"),
  );
  return result.equal ? 0 : 1;
}

async function makeRecord(context: Context, list: List, values: Values): Promise<number> {
  const date = day(values, "date");
  const knownOn = values["known-on"] === undefined ? date : day(values, "known-on");
  const item = required(values, "item");
  const facts = await factsOf(context, values, date, knownOn);
  const area = typeof values.area === "string" ? values.area : list.area;
  const { record, findings } = tellFaults(() =>
    recorded(() => recordDecision(list, { area, date, knownOn, item, facts })),
  );
  if (record === undefined) {
    const [first] = findings;
    throw new Refusal(
      first?.code ?? "CLI-LIST-FAULTY",
      first?.message ?? { zh: "清单有错误", en: "The list has errors" },
    );
  }
  const text = `${JSON.stringify(record, null, 2)}\n`;
  if (typeof values.out === "string") await writeFile(path.resolve(context.cwd, values.out), text);
  context.answer(record, () => text.trimEnd());
  return 0;
}

async function factsOf(context: Context, values: Values, date: string, knownOn: string): Promise<FactsFile> {
  if (typeof values.history !== "string") return (await readFactsFile(context, values)) as unknown as FactsFile;
  const written = parseObject(await readFile(path.resolve(context.cwd, values.history), "utf8"), values.history);
  if (!Array.isArray(written.facts) || !Array.isArray(written.households) || typeof written.subject !== "string") {
    throw new UsageError({
      zh: `${values.history} 应有 subject、households、facts`,
      en: `${values.history} needs subject, households and facts`,
    });
  }
  return factsAsOf(written as unknown as FactsHistory, { date, knownOn });
}

function recorded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UnknownItemError)) throw error;
    throw new Refusal(error.code, { zh: "当日没有这个可执行的项目", en: error.message });
  }
}
