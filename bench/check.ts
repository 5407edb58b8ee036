import { createListChecker, type LoadedList } from "@qingdan/list";
import { createListReader } from "@qingdan/list/node";

const codes = ["cn", "cn-31", "cn-3301", "cn-34", "cn-3401", "cn-340122", "cn-3406"];
const rounds = 7;
const date = "2026-08-01";

/** Every static check of every list, best of several rounds; reading the YAML files is told apart. */
export async function run(): Promise<Record<string, number | string>> {
  const reading: number[] = [];
  const checking: number[] = [];
  const busy: number[] = [];
  let findings = 0;
  let first = 0;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    const reader = createListReader();
    const loaded: LoadedList[] = [];
    for (const code of codes) loaded.push(await reader.load(new URL(`../lists/${code}`, import.meta.url).pathname));
    const read = performance.now();
    const before = process.cpuUsage();
    const check = createListChecker();
    const reports = loaded.map((one) => check(one, { date }));
    checking.push((performance.now() - read) / 1000);
    busy.push(process.cpuUsage(before).user / 1e6);
    reading.push((read - started) / 1000);
    first ||= checking[0] ?? 0;
    findings = reports.reduce((sum, report) => sum + report.findings.length, 0);
    if (reports.some(({ errors }) => errors > 0)) throw new Error("A list has errors");
  }
  return {
    lists: codes.length,
    findings,
    firstSeconds: round3(first),
    seconds: round3(Math.min(...checking)),
    cpuSeconds: round3(Math.min(...busy)),
    readSeconds: round3(Math.min(...reading)),
  };
}

const round3 = (value: number) => Math.round(value * 1000) / 1000;
