import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { Words } from "../../problem.ts";
import type { BaseFigure } from "./figure-table.ts";

const number = z.number().nullable();

/**
 * Series of indicators that come with a made-up city: `indicators.json` beside the people. For each indicator and area one number a period;
 * null is missing.
 */
const seriesFile = z.strictObject({
  format: z.literal("qingdan-indicators"),
  version: z.literal(1),
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  synthetic: z.literal(true),
  seed: z.int(),
  series: z.array(
    z
      .strictObject({
        indicator: z.string(),
        area: z.string(),
        periods: z.array(z.string()),
        numerators: z.array(number).optional(),
        denominators: z.array(number).optional(),
        values: z.array(number).optional(),
      })
      .refine(({ periods, numerators, denominators, values }) =>
        [numerators, denominators, values].every((column) => column === undefined || column.length === periods.length),
      ),
  ),
});
export type SeriesFile = z.infer<typeof seriesFile>;

/** Name of the file in the folder of a made-up city. */
export const SERIES_FILE = "indicators.json";

export interface ReadSeries {
  readonly name: Words;
  readonly hash: string;
  readonly figures: readonly BaseFigure[];
}

/** Reads the series beside the people of a city; undefined when there are none. A file that has another form is a fault and throws. */
export async function readSeriesFile(folder: string): Promise<ReadSeries | undefined> {
  const text = await readFile(path.join(folder, SERIES_FILE), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { name, series } = seriesFile.parse(JSON.parse(text));
  const figures = series.flatMap(({ indicator, area, periods, numerators, denominators, values }) =>
    periods.map(
      (period, i): BaseFigure => ({
        indicator,
        area,
        period,
        numerator: numerators?.[i] ?? null,
        denominator: denominators?.[i] ?? null,
        value: values?.[i] ?? null,
        origin: "synthetic",
      }),
    ),
  );
  return { name, hash: createHash("sha256").update(text).digest("hex"), figures };
}
