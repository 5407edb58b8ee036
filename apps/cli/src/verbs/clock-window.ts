import { makeCalendar, windowOn } from "@qingdan/clock";
import { day, oneOf, required, type Verb } from "../verb.ts";

export const clockWindow: Verb = {
  usage: "--from MM-DD --to MM-DD --last-day-off stays|later --on YYYY-MM-DD",
  options: {
    from: { type: "string" },
    to: { type: "string" },
    "last-day-off": { type: "string" },
    on: { type: "string" },
  },
  async run(context, values) {
    const window = {
      from: required(values, "from"),
      to: required(values, "to"),
      lastDayOff: oneOf(values, "last-day-off", ["stays", "later"]),
    };
    const state = windowOn(makeCalendar(), window, day(values, "on"));
    const { first, last, unrolled, mayMove } = state.opening;
    context.answer(state, () =>
      [
        state.open
          ? context.say({ zh: `开放，还剩 ${state.daysLeft} 天`, en: `Open, ${state.daysLeft} days left` })
          : context.say({ zh: `未开放，${state.opensIn} 天后开放`, en: `Closed, opens in ${state.opensIn} days` }),
        `${first} .. ${last}`,
        ...(unrolled === undefined ? [] : [context.say({ zh: `自 ${unrolled} 顺延`, en: `moved from ${unrolled}` })]),
        ...(mayMove
          ? [context.say({ zh: "末日所在年份未放假安排，可能顺延", en: "may move: its year is not arranged" })]
          : []),
      ].join("\n"),
    );
    return 0;
  },
};
