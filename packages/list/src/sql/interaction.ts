import { yearlyFactor } from "../kernel-interaction.ts";
import type { InteractionStep, Rulebook } from "../rulebook.ts";
import { reason, type SqlAnswer, whenEntitled } from "./item.ts";
import type { Sheet } from "./sheet.ts";
import { choice, integer, junction, sum, type Term, term, times, truth } from "./term.ts";

const is = (of: Term, value: number) => term(`(${of.text} = ${value})`, of);

/** The answers of the items that a step settles, after it. */
export function settled(
  step: InteractionStep,
  answers: ReadonlyMap<number, SqlAnswer>,
  rulebook: Rulebook,
  sheet: Sheet,
): readonly (readonly [item: number, answer: SqlAnswer])[] {
  return step.kind === "higher"
    ? higher(step, answers, rulebook, sheet)
    : [[step.item, yielding(step, answers, sheet)]];
}

function answerAt(answers: ReadonlyMap<number, SqlAnswer>, at: number): SqlAnswer {
  const found = answers.get(at);
  if (found === undefined) throw new Error(`Interaction with item ${at}, which is not in the query`);
  return found;
}

/** The answer with other outcome and reason, and nothing to pay unless still entitled. */
function changed(sheet: Sheet, { parts }: SqlAnswer, outcome: Term, why: Term, fen: Term): SqlAnswer {
  const now = sheet.column(outcome);
  return {
    outcome: now,
    reason: sheet.column(why),
    fen: whenEntitled(sheet, now, fen),
    parts: parts.map((part) => whenEntitled(sheet, now, part)),
  };
}

function yielding(
  step: InteractionStep & { kind: "exclusive" | "offset" },
  answers: ReadonlyMap<number, SqlAnswer>,
  sheet: Sheet,
): SqlAnswer {
  const [own, other] = [answerAt(answers, step.item), answerAt(answers, step.other)];
  const held = is(own.outcome, 1);
  const nothingLeft =
    step.kind === "exclusive" ? truth(true) : term(`(${own.fen.text} <= ${other.fen.text})`, own.fen, other.fen);
  const lost = sheet.column(junction("AND", [held, is(other.outcome, 1), nothingLeft]));
  const open = sheet.column(junction("AND", [held, is(other.outcome, 2)]));
  const fen = step.kind === "exclusive" ? own.fen : sum(own.fen, other.fen, "-");
  return changed(
    sheet,
    own,
    choice(
      [
        [lost, reason(0)],
        [open, reason(2)],
      ],
      own.outcome,
    ),
    choice(
      [
        [lost, reason(step.lost)],
        [open, reason(step.unknown)],
      ],
      own.reason,
    ),
    fen,
  );
}

function higher(
  step: InteractionStep & { kind: "higher" },
  answers: ReadonlyMap<number, SqlAnswer>,
  rulebook: Rulebook,
  sheet: Sheet,
): readonly (readonly [number, SqlAnswer])[] {
  const held = step.members.map(({ item }) => answerAt(answers, item));
  const unknown: Term = { text: "CAST(NULL AS INTEGER)", at: 0 };
  const open = sheet.column(
    choice(
      held.map(({ outcome }, at) => [is(outcome, 2), reason(at)] as const),
      unknown,
    ),
  );
  const yearly = held.map(({ outcome, fen }, at) =>
    sheet.column(
      choice(
        [[is(outcome, 1), times(fen, integer(yearlyFactor(rulebook, step, step.members[at]?.item ?? 0)))]],
        integer(-1),
      ),
    ),
  );
  const most = (at: number) =>
    junction(
      "AND",
      yearly
        .filter((_, other) => other !== at)
        .map((other) => term(`(${yearly[at]?.text} >= ${other.text})`, other, ...yearly)),
    );
  const best = sheet.column(
    choice(
      held.map((_, at) => [most(at), reason(at)] as const),
      unknown,
    ),
  );
  const isOpen = term(`(${open.text} IS NOT NULL)`, open);
  return step.members.map(({ item, reasons }, at) => {
    const own = held[at] as SqlAnswer;
    const entitled = is(own.outcome, 1);
    const unsure = sheet.column(junction("AND", [entitled, isOpen]));
    const lost = sheet.column(
      junction("AND", [entitled, term(`(${open.text} IS NULL)`, open), term(`(${best.text} <> ${at})`, best)]),
    );
    const pick = (of: Term, which: 0 | 1) =>
      choice(
        reasons.map((pair, other) => [is(of, other), reason(pair[which])] as const),
        reason(0),
      );
    const why = choice(
      [
        [unsure, bracketed(pick(open, 1))],
        [lost, bracketed(pick(best, 0))],
      ],
      own.reason,
    );
    const outcome = choice(
      [
        [unsure, reason(2)],
        [lost, reason(0)],
      ],
      own.outcome,
    );
    return [item, changed(sheet, own, outcome, why, own.fen)] as const;
  });
}

const bracketed = (of: Term): Term => ({ ...of, text: `(${of.text})` });
