import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  catchmentSums,
  importRoads,
  manyToMany,
  nearestPlaces,
  nodePlaces,
  type Places,
  personGroups,
  type RouteGraph,
  routeGraph,
} from "@qingdan/reach";

/**
 * Walking on two real networks, one thread: 1,680 x 1,680 distances and every node's 1,000 m circle on Porto Alegre, every
 * node's circle and the nearest of 25 kinds for every node on Porto. `cpu...` keys are processor seconds, which a busy machine
 * does not stretch.
 */
export async function run(): Promise<Record<string, number | string>> {
  const data = path.resolve(process.env.QINGDAN_SHARED ?? "../shared", "data");
  const alegre = await graphOf(path.join(data, "porto-alegre-r5r/poa_osm.pbf"));
  const porto = await graphOf(path.join(data, "porto-portugal-osm/porto_portugal.osm.pbf"));
  const chosen = evenly(nodePlaces(alegre.graph), 1680);
  const pairs = timed(() => manyToMany(alegre.graph, chosen, chosen));
  const circlesAlegre = timed(() => circles(alegre.graph));
  const circlesPorto = timed(() => circles(porto.graph));
  const all = nodePlaces(porto.graph);
  const kinds = Array.from({ length: 25 }, (_, kind) => evenly(all, 100 + 8 * kind));
  const nearest = timed(() => nearestPlaces(porto.graph, all, kinds));
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

function circles(graph: RouteGraph): Float64Array {
  return catchmentSums(graph, nodePlaces(graph), new Float64Array(graph.network.lon.length).fill(1), 1000);
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
