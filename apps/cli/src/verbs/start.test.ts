import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const program = fileURLToPath(new URL("../../bin/qingdan.mjs", import.meta.url));
const root = fileURLToPath(new URL("../../../..", import.meta.url));
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill("SIGKILL");
});

/** Starts the command and gives its address once it serves. */
async function start(data: string): Promise<string> {
  const env = { ...process.env, QINGDAN_DATA: data, QINGDAN_PEOPLE: "400", QINGDAN_PORT: "0", QINGDAN_WORKERS: "1" };
  child = spawn(process.execPath, [program, "start"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let err = "";
  child.stderr?.on("data", (text) => {
    err += text;
  });
  const answered = once(child.stdout!, "data").then(([text]) => String(text).trim());
  const ended = once(child, "close").then(([code]) => Promise.reject(new Error(`ended with ${code}: ${err}`)));
  return Promise.race([answered, ended]);
}

async function stop(): Promise<number> {
  child?.kill("SIGINT");
  const [code] = await once(child!, "close");
  return code;
}

test("one command makes the city, runs and serves; a second start finds everything, though the folder was moved; Ctrl-C ends both", async () => {
  const data = await mkdtemp(path.join(tmpdir(), "qingdan-start-"));
  const address = await start(data);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const { runs } = await (await fetch(`${address}/api/runs`)).json();
  expect(runs).toMatchObject([{ people: 400, synthetic: true }]);
  const page = await fetch(`${address}/`);
  expect(page.status).toBe(200);
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(await page.text()).toContain("<script");
  expect(await stop()).toBe(0);

  const made = await readdir(path.join(data, "runs"));
  const moved = `${data}-moved`;
  await rename(data, moved);
  const there = await start(moved);
  const again = await (await fetch(`${there}/api/runs`)).json();
  expect(again.runs).toEqual(runs);
  expect((await fetch(`${there}/api/runs/${runs[0].id}`)).status).toBe(200);
  expect(await readdir(path.join(moved, "runs"))).toEqual(made);
  await expect(readdir(data)).rejects.toThrow("ENOENT");
  expect(await stop()).toBe(0);
}, 300_000);

test("a wrong environment stops the start with every fault and makes nothing", async () => {
  const data = path.join(await mkdtemp(path.join(tmpdir(), "qingdan-start-")), "data");
  const env = { ...process.env, QINGDAN_DATA: data, QINGDAN_PEOPLE: "many", QINGDAN_PORT: "-1", QINGDAN_POTR: "1" };
  child = spawn(process.execPath, [program, "start"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let err = "";
  child.stderr?.on("data", (text) => {
    err += text;
  });
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  for (const name of ["QINGDAN_PEOPLE", "QINGDAN_PORT", "QINGDAN_POTR"]) expect(err).toContain(name);
  expect(err).not.toContain("    at ");
  await expect(readdir(data)).rejects.toThrow("ENOENT");
}, 60_000);
