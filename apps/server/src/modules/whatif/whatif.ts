import {
  compareLists,
  compileRulebook,
  type Finding,
  type List,
  type ListSource,
  lookupParameter,
  planReforms,
  type Rulebook,
  type Simulation,
  type SimulationPlan,
} from "@qingdan/list";
import { Problem } from "../../problem.ts";
import type { StoredRun } from "../entitlements/index.ts";
import { type Catalogue, presentKeys, type ShownList, sideToCompare } from "../list/index.ts";
import type { CityToLoad } from "./city-messages.ts";
import { type CityPool, openCityPool } from "./city-pool.ts";
import { listChange } from "./list-change.ts";
import type { ChangeEffect, ComparisonEffectPage, GroundPage, ReformRequest, SimulationPage } from "./model.ts";
import { presentEffect, presentGround } from "./present.ts";

export interface WhatifOptions {
  /** The newest run: its people are tried on. */
  readonly newestRun: () => Promise<StoredRun | undefined>;
  readonly catalogue: Catalogue;
  readonly workers: number;
  /** Cities with more people are refused: their columns would not fit into memory beside everything else. */
  readonly mostPeople: number;
}

/** Trying reforms, and changes of lists, on the city of the newest run. */
export type Whatif = ReturnType<typeof createWhatif>;

/** A city in memory and the list that its people are decided by. */
interface Standing {
  readonly run: StoredRun;
  readonly list: List;
  readonly shown: ShownList;
  readonly base: Rulebook;
}

export function createWhatif({ newestRun, catalogue, workers, mostPeople }: WhatifOptions) {
  let held: { readonly run: string; readonly list: List; readonly pool: Promise<CityPool> } | undefined;
  const bases = new WeakMap<List, Rulebook>();

  const standing = async (): Promise<Standing> => {
    const run = await newestRun();
    if (!run) throw noCity();
    const { people } = run.record.run;
    if (people > mostPeople) throw tooLarge(people, mostPeople);
    const [list, shown] = [await catalogue.list(run.list), await catalogue.shown(run.list)];
    const base = bases.get(list) ?? compiled(list, run);
    bases.set(list, base);
    return { run, list, shown, base };
  };

  /** The pool of the city, read once; a newer run, or other facts in the list's dictionary, make another. */
  const poolOf = async ({ run, list, base }: Standing): Promise<CityPool> => {
    const id = run.record.run.id;
    const broken = held && (await held.pool.then((pool) => pool.broken()).catch(() => true));
    if (held && (broken || held.run !== id || !sameGround(held.list, list))) {
      const old = held.pool;
      held = undefined;
      await old.then((pool) => pool.close()).catch(() => undefined);
    }
    held ??= { run: id, list, pool: openCityPool(cityToLoad(run, list, base), workers) };
    const { pool } = held;
    return pool.catch((error) => {
      held = undefined;
      throw error;
    });
  };

  const simulate = async (at: Standing, plan: SimulationPlan, signal: AbortSignal): Promise<Simulation> => {
    const pool = await poolOf(at);
    refuseOtherGround(at, pool, plan);
    return pool.simulate(plan, signal);
  };

  const refuseOtherGround = ({ base }: Standing, { people }: CityPool, { reforms }: SimulationPlan) => {
    for (const { before, after } of reforms) {
      for (const rulebook of [before, after]) {
        const lacking = rulebook.facts.filter(
          ({ name, entity }) =>
            !Object.hasOwn(entity === "person" ? people.personColumns : people.householdColumns, name),
        );
        const sameAreas = JSON.stringify(rulebook.areas) === JSON.stringify(base.areas);
        if (lacking.length > 0 || !sameAreas) throw otherGround(lacking.map(({ name }) => name));
      }
    }
  };

  return {
    async ground(): Promise<GroundPage> {
      const at = await standing();
      const pool = held && (await held.pool.catch(() => undefined));
      return {
        ground: presentGround(at.run, at.shown, at.base),
        parameters: adjustable(at),
        memory: { mebibytes: pool ? Math.round((pool.bytes / 2 ** 20) * 10) / 10 : null, mostPeople },
      };
    },

    /** @throws {Problem} WHATIF-NO-CITY, WHATIF-CITY-TOO-LARGE, WHATIF-REFORM-REFUSED */
    async simulate(reforms: readonly ReformRequest[], signal: AbortSignal): Promise<SimulationPage> {
      const started = performance.now();
      const at = await standing();
      const plan = planned(planReforms(at.list, at.base, reforms));
      const simulation = await simulate(at, plan, signal);
      return {
        ground: presentGround(at.run, at.shown, at.base),
        reforms: simulation.reforms.map(presentEffect),
        milliseconds: Math.round(performance.now() - started),
      };
    },

    /**
     * What a change of a list would do: `source` is the list `code` with its files changed.
     * @throws {Problem} WHATIF-NO-CITY, WHATIF-CITY-TOO-LARGE, WHATIF-OTHER-GROUND, API-LIST-FAULTY
     */
    async effectOf(code: string, source: ListSource, signal: AbortSignal): Promise<ChangeEffect> {
      const started = performance.now();
      const at = await standing();
      const after = await sourceWith(at.shown, code, source);
      const took = () => Math.round(performance.now() - started);
      if (!after) return { applies: false, payersChanged: false, ground: null, milliseconds: took(), effect: null };
      const { list } = await catalogue.load(after);
      if (!list) throw faulty();
      const change = listChange(at.list, list);
      const ground = presentGround(at.run, at.shown, at.base);
      const { payersChanged } = change;
      if (change.items.length === 0)
        return { applies: true, payersChanged, ground, milliseconds: took(), effect: null };
      const plan = planned(planReforms(change.list, at.base, [change.reform]));
      const { reforms } = await simulate(at, plan, signal);
      return { applies: true, payersChanged, ground, milliseconds: took(), effect: presentEffect(reforms[0]!) };
    },

    /**
     * What having the right side would mean for the city: the left side is a list that the city stands on.
     * @throws {Problem} WHATIF-NO-CITY, WHATIF-CITY-TOO-LARGE, API-LIST-FAULTY, API-AREA-UNKNOWN
     */
    async compare(sides: ComparedSources, signal: AbortSignal): Promise<ComparisonEffectPage> {
      const started = performance.now();
      const at = await standing();
      const { area, date } = at.base;
      const ours = await sourceWith(at.shown, sides.left.code, sides.left.source);
      const took = () => Math.round(performance.now() - started);
      if (!ours) return { applies: false, ground: null, milliseconds: took(), missingFacts: [], matches: [] };
      const here = await sourceWith(at.shown, sides.right.code, sides.right.source);
      const left = sideToCompare(await soundFrom(catalogue, ours), area, date);
      const right = here
        ? sideToCompare(await soundFrom(catalogue, here), area, date)
        : sideToCompare(await soundFrom(catalogue, sides.right.source), sides.rightArea, date);
      if (JSON.stringify(left.rulebook.areas) !== JSON.stringify(at.base.areas)) throw otherGround([]);
      const pool = await poolOf(at);
      const comparison = compareLists(left, right);
      const effect = await pool.compare({ left, right, comparison }, signal);
      const names = new Map(
        comparison.matches.flatMap((match) => [...match.left, ...match.right]).map((item) => [item.code, item.name]),
      );
      const named = (code: string) => ({ code, name: names.get(code) ?? { zh: code, en: code } });
      return {
        applies: true,
        ground: presentGround(at.run, at.shown, at.base),
        milliseconds: took(),
        missingFacts: [...effect.missingFacts],
        matches: effect.matches.map((match) => ({
          ...match,
          left: match.left.map(named),
          right: match.right.map(named),
        })),
      };
    },

    async close(): Promise<void> {
      const pool = held?.pool;
      held = undefined;
      await pool?.then((open) => open.close()).catch(() => undefined);
    },
  };
}

/** The files of both sides, each with the code of its list. */
export interface ComparedSources {
  readonly left: { readonly code: string; readonly source: ListSource };
  readonly right: { readonly code: string; readonly source: ListSource };
  readonly rightArea: string | undefined;
}

async function soundFrom(catalogue: Catalogue, source: ListSource): Promise<List> {
  const { list } = await catalogue.load(source);
  if (list) return list;
  throw faulty();
}

function compiled(list: List, { record }: StoredRun): Rulebook {
  const { area, date } = record.run;
  const { rulebook, findings } = compileRulebook(list, { area: area.code, date });
  if (rulebook) return rulebook;
  const [first] = findings;
  throw new Problem("API-LIST-FAULTY", first?.message ?? { zh: "", en: "" });
}

function cityToLoad({ snapshot, record }: StoredRun, list: List, { areas, area, date }: Rulebook): CityToLoad {
  const { persons, households } = snapshot.manifest.columns;
  const stored = new Set([...persons, ...households].map(({ name, type }) => `${name} ${type}`));
  return {
    peopleDir: snapshot.dir,
    facts: [...list.facts.values()].filter(
      ({ name, type, formula }) => formula === undefined && stored.has(`${name} ${type}`),
    ),
    list,
    base: { areas, area, date: date || record.run.date },
    districtFact: list.facts.has("residenceArea") ? "residenceArea" : "hukouArea",
  };
}

/** Whether columns read for one list mean the same for another: the same areas, and facts with the same values. */
function sameGround(a: List, b: List): boolean {
  if (a === b) return true;
  const ground = ({ areas, facts }: List) =>
    JSON.stringify([
      [...areas.keys()],
      [...facts.values()].map(({ name, entity, type, decimals, values }) => [name, entity, type, decimals, values]),
    ]);
  return ground(a) === ground(b);
}

/** The run's list with one list of its chain given by other files; undefined where the chain has no such list. */
async function sourceWith(shown: ShownList, code: string, source: ListSource): Promise<ListSource | undefined> {
  if (shown.code === code) return source;
  const parent = shown.parent && (await sourceWith(shown.parent, code, source));
  return parent ? { ...shown.source, parent } : undefined;
}

function planned({ plan, findings }: { plan?: SimulationPlan; findings: readonly Finding[] }): SimulationPlan {
  if (plan) return plan;
  const errors = findings.filter(({ severity }) => severity === "error");
  const tell = (language: "zh" | "en") =>
    errors.map(({ code, message, hint }) => `${code} ${message[language]}: ${hint[language]}`).join("; ");
  throw new Problem("WHATIF-REFORM-REFUSED", { zh: tell("zh"), en: tell("en") });
}

/** Parameters that the base reads, with the values in force: what can be moved. */
function adjustable({ list, base, run }: Standing): GroundPage["parameters"] {
  const { area, date } = { area: run.record.run.area.code, date: base.date };
  const readers = (code: string) =>
    base.items.filter((item) => JSON.stringify([item.conditions, item.amount]).includes(`"parameter":"${code}"`));
  return base.parameters.flatMap(({ code }) => {
    const parameter = list.parameters.get(code);
    if (!parameter || parameter.type === "date") return [];
    const values = combinations(parameter.keys.map(({ values }) => values)).flatMap((key) => {
      const found = lookupParameter(list, { code, key, area, date });
      if (found.kind !== "value") return [];
      const { from, document, mark } = found.entry;
      const value = parameter.type === "money" ? Number(found.value) / 100 : Number(found.value);
      return [{ key, value, from, document: document ?? null, mark }];
    });
    if (values.length === 0) return [];
    return [
      {
        code,
        name: { zh: parameter.zh, en: parameter.en },
        type: parameter.type,
        unit: parameter.unit ?? null,
        keys: presentKeys(list, parameter),
        values,
        items: readers(code).map((item) => ({ code: item.code, name: { zh: item.name.zh, en: item.name.en } })),
      },
    ];
  });
}

function combinations(keys: readonly (readonly string[])[]): string[][] {
  return keys.reduce<string[][]>((all, values) => all.flatMap((key) => values.map((value) => [...key, value])), [[]]);
}

function noCity(): Problem {
  return new Problem("WHATIF-NO-CITY", {
    zh: "先生成或导入人口并测算一次（npm start 会做）",
    en: "Make or import people and run the list once (npm start does)",
  });
}

function tooLarge(people: number, most: number): Problem {
  return new Problem("WHATIF-CITY-TOO-LARGE", {
    zh: `该城市 ${people} 人，内存最多放 ${most} 人；请用较小的快照，或在命令行测算`,
    en: `The city has ${people} people, memory holds at most ${most}; use a smaller snapshot, or run it from the command line`,
  });
}

function otherGround(lacking: readonly string[]): Problem {
  return new Problem("WHATIF-OTHER-GROUND", {
    zh: lacking.length > 0 ? `人口快照没有：${lacking.join("、")}` : "地区表变了",
    en: lacking.length > 0 ? `The snapshot has no ${lacking.join(", ")}` : "The areas are others",
  });
}

function faulty(): Problem {
  return new Problem("API-LIST-FAULTY", {
    zh: "清单有错误，不能测算",
    en: "The list has errors; nothing can be worked out",
  });
}
