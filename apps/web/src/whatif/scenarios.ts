import type { GroundPage, ReformRequest } from "./api.ts";

/** One number that a reform sets: money in yuan, as lists write it. */
export interface Change {
  readonly parameter: string;
  readonly key: readonly string[];
  readonly value: number;
}

/** Reforms side by side, in the order of their letters. */
export type Scenarios = readonly (readonly Change[])[];

export const letterOf = (at: number): string => String.fromCharCode(65 + at);

/** Scenarios as they stand in the address: `subsistenceLine=1700;careRate.full=800|minimumWage=2700`. */
export function scenariosToText(scenarios: Scenarios): string {
  return scenarios
    .map((changes) => changes.map(({ parameter, key, value }) => `${[parameter, ...key].join(".")}=${value}`).join(";"))
    .join("|");
}

/** Reads an address; what it does not understand is left out. */
export function scenariosFromText(text: string): Scenarios {
  const scenarios = text.split("|").map((part) =>
    part.split(";").flatMap((written): Change[] => {
      const [name = "", number = ""] = written.split("=");
      const [parameter = "", ...key] = name.split(".");
      const value = Number(number);
      return parameter !== "" && number !== "" && Number.isFinite(value) ? [{ parameter, key, value }] : [];
    }),
  );
  return scenarios.length === 0 ? [[]] : scenarios;
}

/** What is asked of the server: the reforms that change something. */
export function reformsOf(scenarios: Scenarios): ReformRequest[] {
  return scenarios.flatMap((changes, at) =>
    changes.length === 0
      ? []
      : [
          {
            code: letterOf(at).toLowerCase(),
            name: { zh: `方案 ${letterOf(at)}`, en: `Reform ${letterOf(at)}` },
            parameters: changes.map(({ parameter, key, value }) => ({
              parameter,
              ...(key.length > 0 && { key: [...key] }),
              change: { value },
            })),
          },
        ],
  );
}

/** Scenarios of reforms that were kept. */
export function scenariosOf(reforms: readonly ReformRequest[]): Scenarios {
  return reforms.map(({ parameters }) =>
    parameters.flatMap(({ parameter, key = [], change }): Change[] =>
      "value" in change ? [{ parameter, key, value: change.value }] : [],
    ),
  );
}

type Adjustable = GroundPage["parameters"][number];

/** How far and how finely a number moves: from nothing to twice what is in force, in about 200 round steps. */
export function sliderRange({ type }: Pick<Adjustable, "type">, current: number): { max: number; step: number } {
  const most = current > 0 ? current * 2 : 1;
  const rough = most / 200;
  const size = 10 ** Math.floor(Math.log10(rough));
  const round = [1, 2, 5, 10].map((by) => by * size).find((step) => step >= rough) ?? size;
  const least = type === "integer" ? 1 : type === "money" ? 0.01 : 0;
  const step = Math.max(round, least);
  return { max: Number((Math.ceil(most / step) * step).toPrecision(12)), step: Number(step.toPrecision(12)) };
}
