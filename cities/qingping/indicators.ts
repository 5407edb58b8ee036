import { writeFile } from "node:fs/promises";
import path from "node:path";
import { SERIES_FILE, type SeriesFile } from "../../apps/server/src/modules/indicators/series-file.ts";
import { complaintsRecipe, type SeriesRecipe, seriesRecipes } from "./indicators-recipe.ts";
import type { Places } from "./places.ts";
import { createRandom, type Draw, normal } from "./random.ts";

const firstYear = 2015;
const lastYear = 2024;
const years = Array.from({ length: lastYear - firstYear + 1 }, (_, i) => firstYear + i);

interface Place {
  readonly code: string;
  readonly rural: boolean;
  readonly residents: number;
}

/**
 * Ten years of indicators that no run over people can compute, at the city's full size (residents as places.yaml weighs them, in thousands),
 * whatever the number of people of the snapshot. Every number is made up from a seed; the file says so, and so does every page.
 */
export function makeIndicators(places: Places, seed: number): SeriesFile {
  const random = createRandom(seed);
  const towns = places.towns.map(({ code, rural, local, other }) => ({
    code,
    rural,
    residents: (local + other) * 1000,
  }));
  const counties = districtsOf(places, towns);
  const whole = {
    code: "cn-3199",
    rural: false,
    residents: counties.reduce((sum, { residents }) => sum + residents, 0),
  };
  const series = seriesRecipes.flatMap((recipe) => {
    const draw = random.draw(`indicator ${recipe.indicator}`);
    const places = recipe.level === "town" ? towns : recipe.stated ? [...counties, whole] : counties;
    return places.map((place, i) => makeSeries(recipe, place, i, draw));
  });
  const dementia = towns.map((place, i) => makeCoverage(place, i, random.draw("indicator dementia-friendly-towns")));
  const complaints = counties.map((place, i) => makeComplaints(place, i, random.draw("indicator service-complaints")));
  return {
    format: "qingdan-indicators",
    version: 1,
    name: { zh: "清平市指标序列（虚构，合成）", en: "Indicator series of Qingping (synthetic)" },
    synthetic: true,
    seed,
    series: [...series, ...dementia, ...complaints],
  };
}

export const writeIndicators = (dir: string, series: SeriesFile): Promise<void> =>
  writeFile(path.join(dir, SERIES_FILE), JSON.stringify(series));

function districtsOf({ towns }: Places, places: readonly Place[]): Place[] {
  const districts = new Map<string, Place[]>();
  for (const [i, { code }] of towns.entries()) {
    const district = code.slice(0, "cn-319901".length);
    districts.set(district, [...(districts.get(district) ?? []), places[i]!]);
  }
  return [...districts].map(([code, own]) => ({
    code,
    rural: own.filter(({ rural }) => rural).length * 2 > own.length,
    residents: own.reduce((sum, { residents }) => sum + residents, 0),
  }));
}

type Series = SeriesFile["series"][number];

function makeSeries(recipe: SeriesRecipe, place: Place, index: number, draw: Draw): Series {
  const { indicator, from, to, spread, rural, converge, ceiling = Number.POSITIVE_INFINITY } = recipe;
  const own = normal(draw(index * 100)) * spread;
  const values = years.map((_, t) => {
    const way = t / (years.length - 1);
    const average = from + (to - from) * way ** 1.1;
    const apart = 1 + ((place.rural ? rural - 1 : 0) + own) * (1 - converge * way);
    return Math.min(ceiling, average * apart * (1 + normal(draw(index * 100 + t + 1)) * spread * 0.08));
  });
  const periods = years.map(String);
  const residentsOf = (t: number) => place.residents * (1 + 0.006 * (t - 5));
  if (recipe.stated)
    return { indicator, area: place.code, periods, values: values.map((value) => Number(value.toFixed(2))) };
  if (recipe.count) {
    // In units of ten thousand, whole pieces.
    return {
      indicator,
      area: place.code,
      periods,
      values: values.map((value, t) => Math.round(value * residentsOf(t) * 10) / 10_000),
    };
  }
  const { denominatorPerThousand = 1000, per = 1 } = recipe;
  const denominators = years.map((_, t) => Math.max(1, Math.round((residentsOf(t) * denominatorPerThousand) / 1000)));
  const most = (t: number) => (ceiling === 100 ? denominators[t]! : Number.POSITIVE_INFINITY);
  const numerators = values.map((value, t) => Math.min(most(t), Math.round((value * denominators[t]!) / per)));
  return { indicator, area: place.code, periods, numerators, denominators };
}

/** A subdistrict has both facilities from some year on: 1 of 1. */
function makeCoverage(place: Place, index: number, draw: Draw): Series {
  const since = 2018 + Math.floor(draw(index) * (place.rural ? 9 : 6));
  return {
    indicator: "dementia-friendly-towns",
    area: place.code,
    periods: years.map(String),
    numerators: years.map((year) => Number(year >= since)),
    denominators: years.map(() => 1),
  };
}

function makeComplaints(place: Place, index: number, draw: Draw): Series {
  const periods = years.flatMap((year) =>
    Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, "0")}`),
  );
  const { perThousand, season, jump } = complaintsRecipe;
  const start = periods.indexOf(jump.from);
  return {
    indicator: "service-complaints",
    area: place.code,
    periods,
    values: periods.map((_, month) => {
      const jumps = index === jump.district && month >= start && month < start + jump.months;
      const mean =
        (place.residents / 1000) *
        perThousand *
        (1 + season * Math.sin((month / 12) * 2 * Math.PI)) *
        (jumps ? jump.factor : 1);
      return Math.max(0, Math.round(mean + normal(draw(index * 1000 + month)) * Math.sqrt(mean)));
    }),
  };
}
