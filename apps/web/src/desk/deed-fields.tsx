import { shanghaiDay } from "@qingdan/clock";
import type { CaseDeed, CasePage } from "../my/api.ts";
import type { ActorView } from "../sign-in/api.ts";
import type { Words } from "../ui/words.ts";
import { equalInstalments } from "./equal-instalments.ts";

/** Deeds that need nothing said. */
export const plainDeeds: Readonly<Record<string, (actor: ActorView) => CaseDeed>> = {
  accept: () => ({ kind: "accept" }),
  assign: ({ id, name }) => ({ kind: "assign", to: id, name }),
  release: () => ({ kind: "release" }),
  close: () => ({ kind: "close" }),
};

type FieldName =
  | "text"
  | "optionalText"
  | "papers"
  | "office"
  | "question"
  | "outcome"
  | "yuan"
  | "step"
  | "stepResult"
  | "clock"
  | "pausedClock"
  | "pauseReason"
  | "extendReason"
  | "approver"
  | "join"
  | "agrees"
  | "method"
  | "day"
  | "appeal"
  | "appealOutcome"
  | "fact"
  | "value"
  | "change"
  | "repayMethod"
  | "hearingDay"
  | "place"
  | "attended"
  | "record"
  | "hearing"
  | "parts"
  | "firstDay"
  | "firstPaid"
  | "offsetYuan"
  | "mostPercent"
  | "mostYuan"
  | "offsetPayments"
  | "fromMonth";

/** What a deed asks for. */
export const formDeeds: Readonly<Record<string, readonly FieldName[]>> = {
  "refuse-acceptance": ["text"],
  "request-supplement": ["papers", "text"],
  supply: ["papers"],
  transfer: ["office", "text"],
  join: ["office", "question"],
  opinion: ["join", "agrees", "text"],
  "finish-step": ["step", "stepResult", "optionalText"],
  pause: ["clock", "pauseReason", "text"],
  resume: ["pausedClock"],
  extend: ["clock", "extendReason", "approver", "text"],
  propose: ["outcome", "yuan", "firstPaid", "optionalText"],
  return: ["text"],
  decide: ["outcome", "yuan", "firstPaid", "optionalText"],
  deliver: ["method", "day"],
  "settle-appeal": ["appeal", "appealOutcome", "text"],
  correct: ["fact", "value", "text"],
  keep: ["fact", "text"],
  "answer-rating": ["text"],
  benefit: ["change", "day", "yuan", "text"],
  repay: ["yuan", "repayMethod"],
  "give-notice": ["text", "method", "day"],
  "state-defence": ["text", "hearing"],
  "call-hearing": ["hearingDay", "place"],
  "hold-hearing": ["attended", "record"],
  "plan-repayment": ["parts", "firstDay", "text"],
  "agree-offset": ["offsetYuan", "mostPercent", "mostYuan", "offsetPayments", "fromMonth", "text"],
  "end-offset": ["text"],
  terminate: ["text"],
  note: ["text"],
};

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface FieldsProps {
  readonly id: string;
  readonly kind: string;
  readonly matter: CasePage;
  readonly words: (key: string) => string;
  readonly text: (words: Words | undefined) => string;
}

const named = (words: FieldsProps["words"], prefix: string, values: readonly string[]): Choice[] =>
  values.map((value) => ({ value, label: words(`${prefix}.${value}`) }));

/** The choices of a field; undefined for one that is written. */
function choicesOf(field: FieldName, { matter, words, text }: FieldsProps): readonly Choice[] | undefined {
  const running = matter.clocks.filter(({ status }) => status === "running" || status === "warning");
  const clocks = (all: typeof matter.clocks) => all.map(({ code, name }) => ({ value: code, label: text(name) }));
  const reasons = (all: readonly { readonly reason: string; readonly name: Words }[]) => [
    ...new Map(all.map(({ reason, name }) => [reason, { value: reason, label: text(name) }])).values(),
  ];
  switch (field) {
    case "outcome":
      return named(words, "case.outcome", matter.kind === "claw-back" ? ["repay"] : ["grant", "reject"]);
    case "step":
      return matter.steps
        .filter(({ state }) => state === "running" || state === "objection")
        .map(({ code, name }) => ({ value: code, label: text(name) }));
    case "stepResult":
      return named(words, "desk.stepResult", ["done", "objection"]);
    case "clock":
      return clocks(running);
    case "pausedClock":
      return clocks(matter.clocks.filter(({ status }) => status === "paused"));
    case "pauseReason":
      return reasons(running.flatMap(({ mayPause }) => mayPause));
    case "extendReason":
      return reasons(running.flatMap(({ mayExtend }) => mayExtend));
    case "join":
      return matter.joins
        .filter(({ opinion }) => !opinion)
        .map(({ join, office, question }) => ({ value: String(join), label: `${office}: ${question}` }));
    case "agrees":
      return [
        { value: "true", label: words("desk.agrees") },
        { value: "false", label: words("desk.disagrees") },
      ];
    case "attended":
      return [
        { value: "true", label: words("clawBack.attended") },
        { value: "false", label: words("clawBack.absent") },
      ];
    case "hearing":
      return [
        { value: "false", label: words("desk.no") },
        { value: "true", label: words("desk.yes") },
      ];
    case "method":
      return named(words, "desk.method", ["electronic", "in-person", "post", "left", "announcement"]);
    case "appeal":
      return matter.appeals
        .filter(({ outcome }) => outcome === null)
        .map(({ appeal, route, ground }) => ({
          value: String(appeal),
          label: `${words(`case.route.${route}`)}: ${ground}`,
        }));
    case "appealOutcome":
      return named(words, "case.appealOutcome", ["upheld", "changed", "revoked", "handed-over"]);
    case "fact":
      return matter.facts
        .filter(({ value }) => value !== null)
        .toSorted((a, b) => Number(b.dispute !== null) - Number(a.dispute !== null))
        .map(({ of, fact, label, text: value }) => ({
          value: `${of} ${fact}`,
          label: `${text(label)}: ${text(value)}`,
        }));
    case "change":
      return named(words, "desk.change", ["suspend", "resume", "reduce", "stop"]);
    case "repayMethod":
      return named(words, "desk.repayMethod", ["cash", "instalment"]);
    case "offsetPayments":
      return named(words, "clawBack.offset.payments", ["same-item", "any-item"]);
    default:
      return undefined;
  }
}

const optional = new Set<FieldName>(["optionalText", "yuan", "firstPaid", "mostYuan"]);
const long = new Set<FieldName>(["text", "optionalText", "question", "papers", "record"]);
const yuans = new Set<FieldName>(["yuan", "offsetYuan", "mostYuan"]);
const counts = new Set<FieldName>(["parts", "mostPercent"]);
const days = new Set<FieldName>(["day", "hearingDay", "firstDay", "firstPaid"]);

export function DeedFields(props: FieldsProps) {
  const { id, kind, words } = props;
  return (formDeeds[kind] ?? []).map((field) => {
    const choices = choicesOf(field, props);
    const shared = { id: `${id}-${field}`, name: field, required: !optional.has(field) };
    return (
      <div key={field} className="field">
        <label htmlFor={shared.id}>{words(`desk.field.${field}`)}</label>
        {choices ? (
          <select {...shared}>
            {choices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        ) : long.has(field) ? (
          <textarea
            {...shared}
            rows={2}
            defaultValue={kind === "supply" ? props.matter.supplement?.papers.join("\n") : undefined}
          />
        ) : (
          <input
            {...shared}
            type={days.has(field) ? "date" : counts.has(field) ? "number" : "text"}
            min={counts.has(field) ? 1 : undefined}
            max={field === "mostPercent" ? 100 : undefined}
            inputMode={yuans.has(field) ? "decimal" : undefined}
            defaultValue={writtenBefore(field, props.matter)}
          />
        )}
      </div>
    );
  });
}

/** What a field says before anybody writes. */
function writtenBefore(field: FieldName, { clawBack }: CasePage): string | undefined {
  if (field === "day") return shanghaiDay(new Date());
  if (field === "fromMonth") return shanghaiDay(new Date()).slice(0, 7);
  return field === "offsetYuan" && clawBack?.owedFen ? (clawBack.owedFen / 100).toFixed(2) : undefined;
}

/** Yuan as written, in fen; undefined where nothing is written. */
const fenOf = (written: string): number | undefined =>
  written.trim() === "" ? undefined : Math.round(Number(written.replace(/[,¥元\s]/g, "")) * 100);

/** A value as it was written, of the kind that the fact has now. */
export const valueLike = (written: string, now: string | number | boolean | null): string | number | boolean =>
  typeof now === "number" ? Number(written) : typeof now === "boolean" ? /^(是|true|yes|1)$/i.test(written) : written;

/** The deed that a filled-in form means; the server checks it whole. */
export function deedFrom(kind: string, form: FormData, matter: CasePage): CaseDeed {
  const said = (name: FieldName) => String(form.get(name) ?? "").trim();
  const text = said("text");
  const optionalText = said("optionalText") ? { text: said("optionalText") } : {};
  const fen = fenOf(said("yuan"));
  const amount = fen === undefined ? {} : { fen };
  const from = said("firstPaid") ? { from: said("firstPaid") } : {};
  const [of = "", fact = ""] = said("fact").split(" ");
  const known = matter.facts.find((candidate) => candidate.of === of && candidate.fact === fact);
  const papers = said("papers")
    .split(/[\n;；,，]/)
    .map((paper) => paper.trim())
    .filter(Boolean);
  const deeds: Readonly<Record<string, () => unknown>> = {
    "request-supplement": () => ({ papers, text }),
    supply: () => ({ papers, facts: [] }),
    transfer: () => ({ office: said("office"), text }),
    join: () => ({ office: said("office"), question: said("question") }),
    opinion: () => ({ join: Number(said("join")), agrees: said("agrees") === "true", text }),
    "finish-step": () => ({ step: said("step"), result: said("stepResult"), ...optionalText }),
    pause: () => ({ clock: said("clock"), reason: said("pauseReason"), text }),
    resume: () => ({ clock: said("pausedClock") }),
    extend: () => ({ clock: said("clock"), reason: said("extendReason"), approver: said("approver"), text }),
    propose: () => ({ outcome: said("outcome"), ...amount, ...from, ...optionalText }),
    decide: () => ({ outcome: said("outcome"), ...amount, ...from, ...optionalText }),
    deliver: () => ({ method: said("method"), day: said("day") }),
    "settle-appeal": () => ({ appeal: Number(said("appeal")), outcome: said("appealOutcome"), text }),
    correct: () => ({ of, fact, value: valueLike(said("value"), known?.value ?? null), text }),
    keep: () => ({ of, fact, text }),
    benefit: () => ({ change: said("change"), from: said("day"), ...amount, text }),
    repay: () => ({ ...amount, method: said("repayMethod") }),
    "give-notice": () => ({ text, method: said("method"), day: said("day") }),
    "state-defence": () => ({ text, hearing: said("hearing") === "true" }),
    "call-hearing": () => ({ on: said("hearingDay"), place: said("place") }),
    "hold-hearing": () => ({ attended: said("attended") === "true", text: said("record") }),
    "plan-repayment": () => ({
      instalments: equalInstalments(matter.clawBack?.owedFen ?? 0, Number(said("parts")), said("firstDay")),
      text,
    }),
    "agree-offset": () => ({
      fen: fenOf(said("offsetYuan")),
      mostPercent: Number(said("mostPercent")),
      ...(said("mostYuan") && { mostFen: fenOf(said("mostYuan")) }),
      payments: said("offsetPayments"),
      from: said("fromMonth"),
      text,
    }),
  };
  // The discriminated union is checked by the server's own schema; here the fields of the kind are put together.
  return { kind, ...((deeds[kind]?.() ?? { text }) as object) } as CaseDeed;
}
