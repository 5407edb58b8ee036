import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setClock } from "./walk-clock.ts";

export interface Site {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

const qingdan = fileURLToPath(new URL("../../../cli/bin/qingdan.mjs", import.meta.url));

/** Starts what `npm start` starts, on the day of the walks and with a small city of its own, and waits for the address that it prints. */
export const startSite = async (people: number): Promise<Site> => {
  const data = await mkdtemp(join(tmpdir(), "qingdan-walk-"));
  const server = spawn(process.execPath, [qingdan, "start"], {
    env: {
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import=data:text/javascript,${encodeURIComponent(setClock)}`,
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
      await rm(data, { recursive: true, force: true });
    },
  };
};
