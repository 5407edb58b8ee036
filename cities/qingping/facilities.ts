import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { homeSpread, type Places, villageCentre } from "./places.ts";
import { createRandom, pick } from "./random.ts";
import { distance, openBarriers, type Spot } from "./roads-barriers.ts";

const range = z.tuple([z.number(), z.number()]);
const file = z.strictObject({
  kinds: z.array(
    z.strictObject({
      kind: z.string(),
      zh: z.string(),
      en: z.string(),
      people: z.number().positive(),
      least: z.number().int().nonnegative(),
      /** One in each of these towns, none elsewhere. */
      towns: z.array(z.string()).optional(),
      /** Share of villages that have one. */
      villages: z.number().min(0).max(1),
      floor: range,
      capacity: range,
      unit: z.string(),
      hours: z.string(),
      functions: z.array(z.string()),
      operators: z.record(z.string(), z.number()),
    }),
  ),
});
type Kind = z.infer<typeof file>["kinds"][number];

/** A row of the demo city's register of facilities; an empty text is a field that the register leaves open. */
export interface CityFacility {
  readonly code: string;
  readonly kind: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly town: string;
  readonly x: number;
  readonly y: number;
  readonly functions: string;
  readonly floor_m2: string;
  readonly capacity: string;
  readonly capacity_unit: string;
  readonly opening_hours: string;
  readonly step_free: string;
  readonly operator: string;
  readonly state: string;
}

interface TownNames {
  readonly [code: string]: { readonly zh: string; readonly en: string };
}

/** Middles of street pieces, where doors may be. */
export interface Doorsteps {
  near(at: Spot): Spot;
}

/** The facilities of the demo city by seed: as many as facilities.yaml says, where people live, beside a street. */
export function makeFacilities(
  places: Places,
  { seed, names, doorsteps }: { readonly seed: number; readonly names: TownNames; readonly doorsteps: Doorsteps },
): CityFacility[] {
  const { kinds } = file.parse(parse(readFileSync(fileURLToPath(new URL("facilities.yaml", import.meta.url)), "utf8")));
  const random = createRandom(seed);
  const barriers = openBarriers(places.barriers);
  const made: CityFacility[] = [];
  for (const kind of kinds) {
    const draw = random.draw(`facility.${kind.kind}`);
    let number = 0;
    const next = () => draw(number++);
    for (const town of places.towns) {
      const label = names[town.code] ?? { zh: town.code, en: town.code };
      const share = ((town.local + town.other) * 1000) / kind.people;
      const drawn = Math.max(kind.least, Math.floor(share * (town.villages > 0 ? 0.3 : 1) + next()));
      const inTown = kind.towns ? Number(kind.towns.includes(town.code)) : drawn;
      const spread = homeSpread(town, 0);
      const taken: Spot[] = [];
      for (let n = 1; n <= inTown; n++) {
        const centre: Spot = [town.x, town.y];
        // The best of a few draws: like places keep apart, as planners would have it.
        let best: Spot | undefined;
        for (let again = 0; again < 3; again++) {
          const turn = 2 * Math.PI * next();
          const far = spread * Math.sqrt(-2 * Math.log(1 - 0.9 * next()));
          const spot: Spot = [centre[0] + far * Math.cos(turn), centre[1] + far * Math.sin(turn)];
          if (!best || clearance(spot, taken) > clearance(best, taken)) best = spot;
        }
        taken.push(best!);
        made.push(
          rowOf(kind, {
            label,
            town: town.code,
            number: kind.towns ? 0 : n,
            at: doorsteps.near(barriers.ashore(best!)),
            next,
          }),
        );
      }
      for (let village = 1; village <= town.villages; village++) {
        if (next() >= kind.villages) continue;
        const [x, y] = villageCentre(town, village);
        const at: Spot = [x + (next() - 0.5) * 300, y + (next() - 0.5) * 300];
        const there = { zh: `${label.zh}${village}村`, en: `${label.en} Village ${village}` };
        made.push(
          rowOf(kind, {
            label: there,
            town: town.code,
            village,
            number: 0,
            at: doorsteps.near(barriers.ashore(at)),
            next,
          }),
        );
      }
    }
  }
  return [...made, ...faultyRows(made)];
}

function clearance(spot: Spot, taken: readonly Spot[]): number {
  return Math.min(...taken.map((other) => distance(spot, other)), 1e9);
}

interface Row {
  readonly label: { readonly zh: string; readonly en: string };
  readonly town: string;
  readonly village?: number;
  /** 0: the only one. */
  readonly number: number;
  readonly at: Spot;
  readonly next: () => number;
}

function rowOf(kind: Kind, { label, town, village, number, at, next }: Row): CityFacility {
  const between = ([from, to]: readonly [number, number], step: number) =>
    String(Math.round((from + (to - from) * next()) / step) * step || from);
  const isVacant = kind.kind === "vacant-premises";
  const state = pick([0.95, 0.03, 0.02], next());
  const stepFree = pick([0.68, 0.22, 0.1], next());
  const operator = Object.keys(kind.operators)[pick(Object.values(kind.operators), next())]!;
  // Half of the complexes hold fewer functions than the guide for embedded facilities asks for.
  const functions = kind.functions.length > 3 && next() < 0.5 ? kind.functions.slice(0, 2) : kind.functions;
  const place = `${town.slice(3)}${village === undefined ? "" : `v${village}`}`;
  return {
    code: `${place}-${kind.kind}${number > 0 ? `-${number}` : ""}`,
    kind: kind.kind,
    name_zh: `${label.zh}${number > 0 ? `第${number}` : ""}${kind.zh}`,
    name_en: `${label.en} ${kind.en}${number > 0 ? ` ${number}` : ""}`,
    town,
    x: at[0],
    y: at[1],
    functions: functions.join(";"),
    floor_m2: between(kind.floor, 10),
    capacity: isVacant ? "" : between(kind.capacity, 1),
    capacity_unit: isVacant ? "" : kind.unit,
    opening_hours: isVacant ? "" : kind.hours,
    step_free: ["yes", "no", ""][stepFree]!,
    operator,
    state: isVacant ? "vacant" : ["open", "closed", "planned"][state]!,
  };
}

/** Rows with faults, as registers have them, so that the quarantine has something to show. */
function faultyRows(made: readonly CityFacility[]): CityFacility[] {
  const [one, two, three, four] = made;
  if (!one || !two || !three || !four) return [];
  return [
    one,
    { ...two, code: "register-9001", opening_hours: "周一到周五上班时间" },
    { ...three, code: "register-9002", kind: "teahouse" },
    { ...four, code: "register-9003", x: 0, y: 900_000 },
  ];
}
