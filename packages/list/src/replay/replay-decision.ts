import { contentHash } from "../compile/canonical-json.ts";
import type { List } from "../model/list.ts";
import { decideAsked } from "./decide-recorded.ts";
import { listHash } from "./list-hash.ts";
import type { DecisionRecord, RecordedAnswer, Replay, ReplayCode, ReplayDifference } from "./model.ts";

const WORDS: Readonly<Record<ReplayCode, readonly [zh: string, en: string]>> = {
  "REPLAY-RECORD": ["记录被改动过", "The record was changed"],
  "REPLAY-LIST": ["清单不是当时的版本", "The list is not the version of then"],
  "REPLAY-RULEBOOK": ["规则或参数与当时不同", "Rules or parameters differ from then"],
  "REPLAY-ITEM": ["清单当日没有这一项", "The list has no such item on the day"],
  "REPLAY-OUTCOME": ["结论不同", "The outcome differs"],
  "REPLAY-REASON": ["理由不同", "The reason differs"],
  "REPLAY-AMOUNT": ["金额不同", "The amount differs"],
  "REPLAY-PARTS": ["各部分金额不同", "The amounts of the parts differ"],
};

/** Answers compared, each as it is told. */
const ANSWERS: readonly (readonly [ReplayCode, (answer: RecordedAnswer) => string])[] = [
  ["REPLAY-OUTCOME", ({ outcome }) => outcome],
  ["REPLAY-REASON", ({ reason }) => reason],
  ["REPLAY-AMOUNT", ({ fen, per }) => `${fen} fen/${per}`],
  ["REPLAY-PARTS", ({ parts }) => parts.map(({ code, fen }) => `${code} ${fen}`).join(", ")],
];

/**
 * Decides a recorded decision again from its facts, for its day and with what was known then, and tells where it comes
 * out otherwise. Throws `FactsFileError` when the recorded facts are none of this list.
 */
export function replayDecision(list: List, record: DecisionRecord): Replay {
  const differences: ReplayDifference[] = [];
  const compare = (code: ReplayCode, recorded: string, replayed: string) => {
    if (recorded === replayed) return;
    const [zh, en] = WORDS[code];
    differences.push({ code, recorded, replayed, message: { zh, en } });
  };
  const { hash, ...content } = record;
  compare("REPLAY-RECORD", hash, contentHash(content));
  compare("REPLAY-LIST", record.listHash, listHash(list));
  const { rulebook, answer } = decideAsked(list, record);
  compare("REPLAY-RULEBOOK", record.rulebookHash, rulebook?.hash ?? "");
  const before = differences.length;
  if (answer === undefined) compare("REPLAY-ITEM", record.item, "");
  else for (const [code, told] of ANSWERS) compare(code, told(record.answer), told(answer));
  return {
    equal: differences.length === 0,
    answerEqual: differences.length === before,
    differences,
    ...(answer && { answer }),
    ...(rulebook && { rulebook }),
  };
}
