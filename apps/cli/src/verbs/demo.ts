import path from "node:path";
import { makeDemoCity } from "../demo-city.ts";
import { required, type Verb, wholeNumber } from "../verb.ts";

export const demo: Verb = {
  usage: "--people N --seed S --out DIR",
  options: { people: { type: "string" }, seed: { type: "string" }, out: { type: "string" } },
  async run(context, values) {
    const out = path.resolve(context.cwd, required(values, "out"));
    const people = wholeNumber(values, "people", 200_000);
    const made = await makeDemoCity(context, { people, seed: wholeNumber(values, "seed", 1), out });
    context.answer(made, () =>
      context.say({
        zh: `${made.people} 人、${made.households} 户，${made.seconds.toFixed(1)} 秒 → ${out}`,
        en: `${made.people} people in ${made.households} households, ${made.seconds.toFixed(1)} s → ${out}`,
      }),
    );
    return 0;
  },
};
