import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { compileRulebook } from "@qingdan/list";
import { readList } from "@qingdan/list/node";
import { runList } from "@qingdan/server/entitlements";
import { demoDate, makeCity } from "../cities/qingping/index.ts";

/**
 * Runs every item of the demo city's list over its people and writes the answers as Parquet: `--people N` (1,000,000),
 * `--city DIR` an existing snapshot, or where to keep the one that is made. `seconds` is the run alone, files included;
 * `rssMiB` the most memory that the process ever held.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const { values } = parseArgs({
    args: [...args],
    options: { people: { type: "string", default: "1000000" }, city: { type: "string" }, workers: { type: "string" } },
  });
  const folder = await mkdtemp(path.join(tmpdir(), "qingdan-bench-"));
  try {
    const peopleDir = path.resolve(values.city ?? path.join(folder, "city"));
    const list = await demoList();
    if (!existsSync(path.join(peopleDir, "manifest.json"))) {
      await makeCity({ people: Number(values.people), seed: 1, out: peopleDir, onProgress: tell("making the city") });
    }
    const { rulebook, findings } = compileRulebook(list, { area: list.area, date: demoDate });
    if (!rulebook) throw new Error(findings.map(({ message }) => message.en).join("; "));
    const running = tell("running");
    const { run: done } = await runList({
      list,
      rulebook,
      peopleDir,
      outDir: path.join(folder, "run"),
      workers: Number(values.workers ?? availableParallelism()),
      onProgress: (people, of) => running({ people, of }),
      now: () => new Date(),
    });
    return {
      people: done.people,
      items: done.items,
      decisions: done.decisions,
      entitled: done.entitled,
      seconds: done.seconds,
      rssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      hash: done.hash,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function demoList() {
  const { list, findings } = await readList("cities/qingping/list");
  const first = findings.find(({ severity }) => severity === "error");
  if (!list) throw new Error(`${first?.file}:${first?.line} ${first?.message.en}`);
  return list;
}

function tell(label: string) {
  let tenth = 0;
  return ({ people, of }: { people: number; of: number }) => {
    const now = Math.floor((people / of) * 10);
    if (now > tenth) process.stderr.write(`${label} ${now * 10} %\n`);
    tenth = now;
  };
}
