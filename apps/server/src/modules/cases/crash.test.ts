import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { makeCalendar } from "@qingdan/clock";
import { expect, test } from "vitest";
import { openDatabase } from "../../store/database.ts";
import { viewOf } from "./case-rows.ts";
import { createCaseStore } from "./case-store.ts";

/** QINGDAN_CRASHES=200 is the long run. */
const crashes = Number(process.env.QINGDAN_CRASHES ?? 1);
const writer = new URL("testing/journal-writer.ts", import.meta.url).pathname;

/** Writes until it has told so many actions, and is then killed in whatever it does; gives what it told. */
async function writeAndKill(folder: string, after: number): Promise<[id: string, seq: number][]> {
  const child = spawn(process.execPath, ["--import", "tsx", writer, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const told: [string, number][] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [id = "", seq] = line.split(" ");
    if (seq !== undefined) told.push([id, Number(seq)]);
    if (told.length >= after && !child.killed) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return told;
}

test(
  "killed at any moment, every acknowledged action is there and what lists show is what the journal says",
  async () => {
    const folder = path.join(await mkdtemp(path.join(tmpdir(), "qingdan-crash-")), "store");
    const told: [string, number][] = [];
    for (let crash = 0; crash < crashes; crash += 1) told.push(...(await writeAndKill(folder, 3 + ((crash * 7) % 23))));
    const database = await openDatabase(folder);
    const store = createCaseStore(database, () => new Date(0));
    const calendar = makeCalendar();
    const rows = await database.selectFrom("case_action").select(["case_id", "seq"]).execute();
    const there = new Set(rows.map(({ case_id, seq }) => `${case_id} ${seq}`));
    for (const [id, seq] of told) expect(there.has(`${id} ${seq}`), `${id} ${seq}`).toBe(true);
    const views = await database.selectFrom("case_view").selectAll().execute();
    expect(new Set(views.map(({ id }) => id))).toEqual(new Set(rows.map(({ case_id }) => case_id)));
    for (const view of views) {
      const { guide, state } = await store.load(database, view);
      expect(view).toMatchObject(viewOf(guide, state, calendar));
    }
    const lines = await database.selectFrom("audit_line").select("id").where("kind", "like", "case.%").execute();
    expect(lines).toHaveLength(rows.length);
    await database.destroy();
  },
  60_000 + crashes * 240_000,
);
