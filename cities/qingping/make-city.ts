import { mkdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import type { List } from "@qingdan/list";
import {
  checkTarget,
  createColumnWriter,
  describeColumn,
  type Manifest,
  type ManifestColumn,
  replaceSnapshot,
  writeManifest,
} from "../../apps/server/src/modules/intake/index.ts";
import { demoDate } from "./calendar.ts";
import { type City, type CityPlan, openCity } from "./city.ts";
import { compileRolls } from "./compile-rolls.ts";
import { openRolls } from "./decide-receipts.ts";
import { makeIndicators, writeIndicators } from "./indicators.ts";
import { makePart } from "./make-part.ts";
import { type PartTask, partSizeOf } from "./part.ts";
import { type PartWork, startPartPool } from "./part-pool.ts";
import { planCity } from "./plan-city.ts";
import { type WrittenPart, writePart } from "./write-part.ts";

export interface CityOptions {
  /** How many people, at least 1 and at most 2,000,000,000. */
  readonly people: number;
  readonly seed: number;
  /** Folder of the snapshot; one that is there is replaced when the new one is whole. */
  readonly out: string;
  /** Default: as many as there are cores. The people do not depend on it. */
  readonly workers?: number;
  /** Whether to make benefit rolls with the rules of the city's list. Default true. */
  readonly receipts?: boolean;
  /** The city's list (cities/qingping/list) where the caller has read it already. */
  readonly list?: List;
  readonly onProgress?: (done: { readonly people: number; readonly of: number }) => void;
  readonly signal?: AbortSignal;
}

export interface MadeCity {
  readonly people: number;
  readonly households: number;
  readonly seconds: number;
}

/**
 * Makes Qingping (清平市), a synthetic city, as a people snapshot. The same seed, size and list
 * give the same bytes.
 * @throws IntakeError `SNAPSHOT-TARGET`; RangeError for a number of people that is not a whole number from 1 on; the reason of `signal` when aborted
 */
export async function makeCity(options: CityOptions): Promise<MadeCity> {
  const { people, seed, out, signal } = options;
  if (!Number.isInteger(people) || people < 1 || people > 2_000_000_000) {
    throw new RangeError(`A city has from 1 to 2,000,000,000 people, not ${people}`);
  }
  const started = performance.now();
  const target = path.resolve(out);
  await checkTarget(target);
  const dir = `${target}.making-${process.pid}`;
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  try {
    const plan = planCity(seed);
    const city = openCity(plan);
    const parts = await makeParts(city, plan, dir, options);
    signal?.throwIfAborted();
    const manifest = describeCity(city, parts, { people, seed });
    await writeIndicators(dir, makeIndicators(plan.places, seed));
    await writeManifest(dir, manifest);
    await replaceSnapshot(dir, target);
    return { people, households: manifest.households, seconds: (performance.now() - started) / 1000 };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function makeParts(city: City, plan: CityPlan, dir: string, options: CityOptions): Promise<WrittenPart[]> {
  const { people, workers = availableParallelism(), onProgress, signal } = options;
  const partSize = partSizeOf(people);
  const tasks: PartTask[] = Array.from({ length: Math.ceil(people / partSize) }, (_, index) => ({
    index,
    first: index * partSize,
    persons: Math.min(partSize, people - index * partSize),
  }));
  const parts: WrittenPart[] = [];
  let done = 0;
  const onPart = (part: WrittenPart) => {
    parts[part.index] = part;
    done += part.persons.rows;
    onProgress?.({ people: done, of: people });
  };
  const count = Math.min(workers, tasks.length);
  const pool = count > 1 ? startPartPool({ plan, dir }, count) : undefined;
  try {
    const rolls = options.receipts === false ? undefined : await compileRolls(options.list);
    if (pool) await pool.make({ tasks, rolls, signal, onPart });
    else await makePartsHere(city, dir, { tasks, rolls, signal, onPart });
  } finally {
    await pool?.close();
  }
  return parts;
}

/** One after another on this thread: a small city is made before a worker would have started. */
async function makePartsHere(city: City, dir: string, { tasks, rolls, signal, onPart }: PartWork): Promise<void> {
  const writer = await createColumnWriter();
  try {
    const kernels = rolls && openRolls(city, rolls);
    for (const task of tasks) {
      signal?.throwIfAborted();
      onPart(await writePart(writer, city, makePart(city, task, kernels), dir));
    }
  } finally {
    writer.close();
  }
}

function describeCity(city: City, parts: readonly WrittenPart[], made: { people: number; seed: number }): Manifest {
  const columns = (entity: "person" | "household") =>
    city.facts.filter((fact) => fact.entity === entity).map(describeColumn);
  const metres: ManifestColumn[] = ["homeX", "homeY", "village"].map((name) => ({ name, type: "integer" }));
  return {
    format: "qingdan-people",
    version: 1,
    name: { zh: "清平市（虚构）", en: "Qingping (synthetic)" },
    date: demoDate,
    seed: made.seed,
    people: made.people,
    households: parts.reduce((sum, part) => sum + part.households.rows, 0),
    receipts: parts.reduce((sum, part) => sum + part.receipts.rows, 0),
    money: "fen",
    areas: [...city.areas],
    columns: { persons: columns("person"), households: [...metres, ...columns("household")] },
    files: {
      persons: parts.map(({ persons }) => persons),
      households: parts.map(({ households }) => households),
      receipts: parts.map(({ receipts }) => receipts),
    },
  };
}
