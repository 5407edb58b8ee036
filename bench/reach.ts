import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import {
  ageGroups,
  coverageScene,
  editCoverage,
  gb50180,
  importRoads,
  manyToMany,
  nearestPlaces,
  nodePlaces,
  type Places,
  personGroups,
  type RouteGraph,
  routeGraph,
  type SiteEdit,
} from "@qingdan/reach";
import type { Share } from "./reach/circles-worker.ts";

/**
 * Walking on two real networks, on one thread but for the circles, which take two: 1,680 x 1,680 distances and every node's
 * 1,000 m circle on Porto Alegre, every node's circle and the nearest of 25 kinds for every node on Porto; and one site added,
 * moved or closed on Porto Alegre with a million made-up people in 9,000 blocks and 300 sites. `cpu...` keys are processor
 * seconds, which a busy machine does not stretch.
 * `cityEdit...` are edits as the map page makes them, on the demo city of `--people N` (1,000,000; `--city DIR` is a people
 * snapshot that is there). `--part roads|city` runs one of both.
 */
export async function run(args: readonly string[] = []): Promise<Record<string, number | string>> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: "string", default: "1000000" },
      city: { type: "string" },
      part: { type: "string" },
    },
  });
  const rows = values.part === "city" ? {} : await roads();
  if (values.part === "roads") return rows;
  const { cityEdits } = await import("./reach/city-edits.ts");
  return { ...rows, ...(await cityEdits(Number(values.people), values.city)) };
}

async function roads(): Promise<Record<string, number | string>> {
  const data = path.resolve(process.env.QINGDAN_SHARED ?? "../shared", "data");
  const alegre = await graphOf(path.join(data, "porto-alegre-r5r/poa_osm.pbf"));
  const porto = await graphOf(path.join(data, "porto-portugal-osm/porto_portugal.osm.pbf"));
  const chosen = evenly(nodePlaces(alegre.graph), 1680);
  const pairs = timed(() => manyToMany(alegre.graph, chosen, chosen));
  const workers = await Promise.all([readyWorker(), readyWorker()]);
  const circlesAlegre = await timedAsync(() => circles(alegre.graph, workers));
  const circlesPorto = await timedAsync(() => circles(porto.graph, workers));
  await Promise.all(workers.map((worker) => worker.terminate()));
  const all = nodePlaces(porto.graph);
  const kinds = Array.from({ length: 25 }, (_, kind) => evenly(all, 100 + 8 * kind));
  const nearest = timed(() => nearestPlaces(porto.graph, all, kinds));
  const edits = editTimes(alegre.graph);
  return {
    pairs: pairs.result.metres.length,
    portoAlegreNodes: alegre.graph.network.lon.length,
    portoNodes: porto.graph.network.lon.length,
    importPortoAlegreSeconds: alegre.seconds,
    importPortoSeconds: porto.seconds,
    pairsSeconds: pairs.seconds,
    cpuPairs: pairs.cpu,
    circlesPortoAlegreSeconds: circlesAlegre.seconds,
    cpuCirclesPortoAlegre: circlesAlegre.cpu,
    circlesPortoSeconds: circlesPorto.seconds,
    cpuCirclesPorto: circlesPorto.cpu,
    nearestSeconds: nearest.seconds,
    cpuNearest: nearest.cpu,
    editMilliseconds: edits.median,
    editSlowestMilliseconds: edits.slowest,
    cpuEdit: edits.cpu,
    rssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

async function graphOf(file: string) {
  const bytes = await readFile(file);
  const { result, seconds } = timed(() =>
    routeGraph(importRoads({ format: "osm-pbf", bytes }).network, personGroups.adult),
  );
  return { graph: result, seconds };
}

/** People within 1,000 m of every node, each worker taking a half that lies together. */
async function circles(graph: RouteGraph, workers: readonly Worker[]): Promise<number> {
  const all = nodePlaces(graph);
  const parts = workers.map(async (worker, n) => {
    const [low, high] = [n, n + 1].map((part) => Math.floor((part * all.count) / workers.length));
    const share: Share = { graph, places: part(all, low!, high!) };
    const reply = new Promise<Float64Array>((resolve) => worker.once("message", resolve));
    worker.postMessage(share);
    return (await reply).length;
  });
  return (await Promise.all(parts)).reduce((sum, length) => sum + length, 0);
}

function part({ chain, offset, connector }: Places, low: number, high: number): Places {
  return {
    count: high - low,
    chain: chain.slice(low, high),
    offset: offset.slice(low, high),
    connector: connector.slice(low, high),
  };
}

async function readyWorker(): Promise<Worker> {
  const worker = new Worker(new URL("./reach/circles-worker.ts", import.meta.url));
  await new Promise((resolve) => worker.once("message", resolve));
  return worker;
}

/** Milliseconds of 90 edits, one third each of added, moved and closed sites; `cpu` is the mean in processor seconds. */
function editTimes({ network }: RouteGraph) {
  const nodes = network.lon.length;
  const spot = (n: number) => {
    const v = Math.floor(((n * 0.618_033_988_75) % 1) * nodes);
    return { lon: network.lon[v]! + 1e-5, lat: network.lat[v]! + 1e-5 };
  };
  const people = Object.fromEntries(Object.keys(ageGroups).map((group, n) => [group, n === 0 ? 111 : 5]));
  const blocks = Array.from({ length: 9000 }, (_, n) => ({
    code: `b${n}`,
    street: `s${n % 60}`,
    ...spot(n),
    people,
  }));
  const services = [...new Set(gb50180.requirements.map(({ service }) => service))];
  const site = (n: number) => ({ id: `f${n}`, service: services[n % services.length]!, ...spot(7 * n + 3) });
  let scene = coverageScene(network, blocks, {
    sites: Array.from({ length: 300 }, (_, n) => site(n)),
    standard: gb50180,
  });
  let all = 0;
  const times = Array.from({ length: 90 }, (_, n) => {
    const edit: SiteEdit = [
      { deed: "add" as const, site: site(300 + n) },
      { deed: "move" as const, site: `f${n}`, ...spot(11 * n + 5) },
      { deed: "close" as const, site: `f${n}` },
    ][n % 3]!;
    const { result, seconds, cpu } = timed(() => editCoverage(scene, [edit]));
    scene = result.scene;
    all += cpu;
    return 1000 * seconds;
  });
  times.sort((a, b) => a - b);
  return { median: times[times.length / 2]!, slowest: times.at(-1)!, cpu: all / times.length };
}

function evenly(places: Places, count: number): Places {
  const which = Array.from({ length: count }, (_, n) => Math.floor((n * places.count) / count));
  return {
    count,
    chain: Int32Array.from(which, (i) => places.chain[i]!),
    offset: Float64Array.from(which, (i) => places.offset[i]!),
    connector: new Float64Array(count),
  };
}

function timed<T>(work: () => T): { readonly result: T; readonly seconds: number; readonly cpu: number } {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

async function timedAsync<T>(work: () => Promise<T>) {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}
