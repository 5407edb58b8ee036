import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onceARun } from "../../../../testing/once-a-run.ts";
import { setClock, setClockEarlier } from "./walk-clock.ts";

export interface Site {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

const qingdan = fileURLToPath(new URL("../../../cli/bin/qingdan.mjs", import.meta.url));

/** Of the city that every walk has a copy of. */
const people = 2_000;

/**
 * Starts what `npm start` starts, on the day of the walks and with a small city of its own, and waits for the address that it
 * prints. People, map and run are a copy of those that the first walk made; the store and its keys are new.
 */
export const startSite = async (): Promise<Site> => {
  const made = await onceARun("walks-city", async (folder) => (await serve(folder, setClockEarlier)).stop());
  const data = await mkdtemp(join(tmpdir(), "qingdan-walk-"));
  for (const part of ["cities", "places", "runs"]) await cp(join(made, part), join(data, part), { recursive: true });
  const { address, stop } = await serve(data, setClock);
  return {
    address,
    stop: async () => {
      await stop();
      await rm(data, { recursive: true, force: true });
    },
  };
};

/** The demonstration over a data folder, by a clock. */
const serve = async (data: string, clock: string): Promise<Site> => {
  const server = spawn(process.execPath, [qingdan, "start"], {
    env: {
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import=data:text/javascript,${encodeURIComponent(clock)}`,
      QINGDAN_DATA: data,
      QINGDAN_PEOPLE: String(people),
      QINGDAN_PORT: "0",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    let said = "";
    let log = "";
    server.stderr.on("data", (text) => {
      log += text;
    });
    server.stdout.on("data", (text) => {
      said += text;
      const found = /http:\/\/[\w.:]+/.exec(said);
      if (found) resolve(found[0]);
    });
    server.once("exit", (code) => reject(new Error(`qingdan start ended with ${code}:\n${log}`)));
  });
  return {
    address,
    stop: async () => {
      server.kill("SIGINT");
      await ended;
    },
  };
};
