import { createHash } from "node:crypto";
import { shanghaiDay } from "@qingdan/clock";
import type { List } from "@qingdan/list";
import type { Indicator, IndicatorCatalogue } from "@qingdan/list/indicators";
import { folderOfList, readIndicators } from "@qingdan/list/indicators/node";
import { Problem, type Words } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { recordAlarms } from "./alarm-store.ts";
import { treeOfList } from "./area-tree.ts";
import { allBatches, importedFigures } from "./batch-store.ts";
import { type Cockpit, type Provenance, rememberWithheld } from "./cockpit.ts";
import { type BaseFigure, createFigureTable } from "./figure-table.ts";
import { raiseAlarms } from "./raise-alarms.ts";
import { type ReachToRead, reachFigures } from "./reach-figures.ts";
import { coverageIndicators, districtsWithRest, type RunCounts, restCode, runFigures } from "./run-figures.ts";
import { readSeriesFile } from "./series-file.ts";
import type { StreetCounts } from "./street-counts.ts";

/** The newest run, as far as the cockpit reads it. */
export interface RunToRead extends Omit<RunCounts, "streets"> {
  /** Reads the rows of the run, which takes a while for a large city. */
  streets(): Promise<StreetCounts>;
  readonly id: string;
  readonly hash: string;
  readonly synthetic: boolean;
  readonly districts: readonly { readonly code: string; readonly name: { readonly zh: string; readonly en: string } }[];
  /** Folder of the people, where a made-up city keeps its series. */
  readonly peopleFolder: string;
  readonly list: { readonly code: string };
}

export interface CockpitSources {
  readonly database: Database;
  readonly listFolders: readonly string[];
  /** @throws Problem where the list is not there or faulty */
  readonly list: (code: string) => Promise<List>;
  readonly newestRun: () => Promise<RunToRead | undefined>;
  /** What is read off the map; without one the indicators of walking have no figures. */
  readonly newestReach?: () => Promise<ReachToRead>;
  readonly now: () => Date;
}

/** What the pages read from at the moment. */
export interface OpenedCockpit {
  readonly cockpit: Cockpit;
  readonly run: RunCounts | undefined;
}

/** Keeps the figures in memory until the run, the map, its directory or the imports change. */
export interface CockpitHouse {
  /** @throws Problem `COCKPIT-EMPTY` */
  open(): Promise<OpenedCockpit>;
  /** Reads everything again at the next `open`. */
  forget(): void;
}

export function createCockpitHouse(sources: CockpitSources): CockpitHouse {
  let known: { readonly of: string; readonly opened: Promise<OpenedCockpit> } | undefined;
  return {
    async open() {
      const [run, reach] = await Promise.all([sources.newestRun(), sources.newestReach?.()]);
      const of = `${run?.id} ${reach?.hash} ${shanghaiDay(sources.now())}`;
      if (known?.of !== of) {
        const opened = read(sources, run, reach);
        known = { of, opened };
        opened.catch(() => {
          known = undefined;
        });
      }
      return known.opened;
    },
    forget() {
      known = undefined;
    },
  };
}

/** Years that are kept, the newest. */
const YEARS = 12;

async function read(
  sources: CockpitSources,
  newest: RunToRead | undefined,
  reach: ReachToRead | undefined,
): Promise<OpenedCockpit> {
  const { database, now } = sources;
  const run = newest && { ...newest, streets: await newest.streets() };
  const list = await sources.list(run?.list.code ?? "cn");
  const folder = await folderOfList(sources.listFolders, list.code);
  const { catalogue, findings, hash } = folder
    ? await readIndicators(list, folder)
    : { catalogue: undefined, findings: [], hash: "" };
  const fault = findings.find(({ severity }) => severity === "error");
  if (!catalogue || catalogue.indicators.size === 0) {
    const where = fault ? `${fault.file}:${fault.line}:${fault.column} ` : "";
    throw new Problem("COCKPIT-EMPTY", {
      zh: `${where}${fault?.message.zh ?? `清单 ${list.code} 旁没有 indicators 文件夹`}`,
      en: `${where}${fault?.message.en ?? `The list ${list.code} has no folder indicators beside it`}`,
    });
  }
  const root = run?.area.code ?? list.area;
  const indicators = new Map(catalogue.indicators);
  for (const own of run ? coverageIndicators(list, catalogue, run) : []) indicators.set(own.code, own);
  const { tree, areaOf } = treeWithRests(list, root, shanghaiDay(now()), run);
  const series = run && (await readSeriesFile(run.peopleFolder));
  const imported = await importedFigures(database);
  const batches = await allBatches(database);
  const walked = reach && reachFigures(indicators.values(), reach);
  const figures = [
    ...publishedFigures(catalogue),
    ...(series?.figures ?? []),
    ...(walked?.figures ?? []),
    ...(run ? runFigures(list, indicators.values(), run, { tree, areaOf }) : []),
    ...imported,
  ];
  const table = createFigureTable({ tree, years: yearsOf(figures), indicators, figures });
  const provenance: Provenance = {
    list: { code: list.code, name: { zh: list.name.zh, en: list.name.en } },
    catalogueHash: hash,
    run: run ? { id: run.id, hash: run.hash, date: run.date } : null,
    batches: [
      ...(series ? [{ ...batchOf(series), origin: "synthetic" as const, rows: series.figures.length }] : []),
      ...(reach && walked
        ? [{ ...batchOf({ ...walked, hash: reach.hash }), origin: "reach" as const, rows: walked.figures.length }]
        : []),
      ...batches.map(({ id, name, accepted }) => ({
        id,
        name: { zh: name, en: name },
        origin: "import" as const,
        rows: accepted,
      })),
    ],
    synthetic:
      (run?.synthetic ?? false) || series !== undefined || (walked !== undefined && reach?.fictitious === true),
  };
  const version = createHash("sha256")
    .update(JSON.stringify([provenance, root, tree.areas.map(({ code }) => code), table.years]))
    .digest("hex");
  const cockpit: Cockpit = {
    list,
    catalogue,
    indicators,
    table,
    tree,
    years: table.years,
    today: shanghaiDay(now()),
    provenance,
    version,
    withheld: rememberWithheld(table),
  };
  await recordAlarms(database, raiseAlarms(cockpit), now());
  return { cockpit, run };
}

const batchOf = ({ hash, name }: { readonly hash: string; readonly name: Words }) => ({ id: hash.slice(0, 16), name });

/** The areas below the root; one for the people of the run who are counted in none of them, and one in each district for those in none of its streets. */
function treeWithRests(
  list: List,
  root: string,
  date: string,
  run: (RunCounts & Pick<RunToRead, "districts">) | undefined,
) {
  const plain = treeOfList(list, root, date, []);
  const level = plain.areas[plain.areas[0]?.children[0] ?? 0]?.level ?? "county";
  const rests = (run?.districts ?? []).filter(({ code }) => code === root || plain.at(code) === undefined);
  const areaOf = (district: string) =>
    district !== root && plain.at(district) !== undefined
      ? district
      : district === root
        ? restCode(root)
        : `${root}.${district}`;
  const inputs = rests.map(({ code, name }) => ({
    code: areaOf(code),
    name: code === root ? { zh: `${name.zh}（未分区）`, en: `${name.en} (no district)` } : name,
    level,
    parent: root,
    rest: true,
  }));
  const withoutStreet = (run ? districtsWithRest(run, plain) : [])
    .filter((code) => code !== root)
    .map((code) => {
      const { zh, en } = plain.areas[plain.at(code)!]!.name;
      const name = { zh: `${zh}（未分街道）`, en: `${en} (no street)` };
      return { code: restCode(code), name, level: "town" as const, parent: code, rest: true };
    });
  return { tree: treeOfList(list, root, date, [...inputs, ...withoutStreet]), areaOf };
}

function publishedFigures({ indicators }: IndicatorCatalogue): BaseFigure[] {
  return [...indicators.values()].flatMap(({ code, published = [] }: Indicator) =>
    published.map(
      ({ area, period, value }): BaseFigure => ({
        indicator: code,
        area,
        period,
        numerator: null,
        denominator: null,
        value,
        origin: "published",
      }),
    ),
  );
}

function yearsOf(figures: readonly BaseFigure[]): number[] {
  const years = figures.map(({ period }) => Number(period.slice(0, 4)));
  const last = years.reduce((a, b) => Math.max(a, b), 0);
  const first = years.reduce((a, b) => Math.min(a, b), last);
  if (last === 0) return [];
  const from = Math.max(first, last - YEARS + 1);
  return Array.from({ length: last - from + 1 }, (_, i) => from + i);
}
