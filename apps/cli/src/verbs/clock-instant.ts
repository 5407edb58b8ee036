import { type Instant, instantFor, makeCalendar } from "@qingdan/clock";
import { day, oneOf, required, UsageError, type Values, type Verb } from "../verb.ts";

/** The named day of every year or of every month. */
function readEvery(values: Values) {
  if ((values.yearly === undefined) === (values.monthly === undefined)) {
    throw new UsageError({ zh: "给出 --yearly、--monthly 之一", en: "Give one of --yearly, --monthly" });
  }
  return values.yearly === undefined
    ? { every: "month" as const, day: Number(required(values, "monthly")) }
    : { every: "year" as const, day: required(values, "yearly") };
}

export const clockInstant: Verb = {
  usage:
    "--event YYYY-MM-DD (--yearly MM-DD | --monthly N) --named-day included|excluded --day-off stays|later|earlier --period this|following [--short last-day|skipped]",
  options: {
    event: { type: "string" },
    yearly: { type: "string" },
    monthly: { type: "string" },
    "named-day": { type: "string" },
    "day-off": { type: "string" },
    period: { type: "string" },
    short: { type: "string" },
  },
  async run(context, values) {
    const instant: Instant = {
      ...readEvery(values),
      namedDay: oneOf(values, "named-day", ["included", "excluded"]),
      dayOff: oneOf(values, "day-off", ["stays", "later", "earlier"]),
      period: oneOf(values, "period", ["this", "following"]),
      ...(values.short !== undefined && { short: oneOf(values, "short", ["last-day", "skipped"] as const) }),
    };
    const found = instantFor(makeCalendar(), instant, day(values, "event"));
    context.answer(found, () => {
      const { due, unrolled } = found;
      return unrolled === undefined
        ? due
        : `${due} ${context.say({ zh: `(自 ${unrolled} 调整)`, en: `(moved from ${unrolled})` })}`;
    });
    return 0;
  },
};
