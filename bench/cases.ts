import { randomBytes, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import path from "node:path";
import { parseArgs } from "node:util";
import { compileRulebook } from "@qingdan/list";
import { readList } from "@qingdan/list/node";
import { compose } from "../apps/server/src/http/compose.ts";
import { caseRoutes, openCases } from "../apps/server/src/modules/cases/index.ts";
import { fillStore } from "../apps/server/src/modules/cases/testing/fill-store.ts";
import type { Actor } from "../apps/server/src/modules/identity/index.ts";
import { openDatabase } from "../apps/server/src/store/database.ts";

const item = "cn-31.senior-comprehensive-allowance";
const clerk: Actor = { id: "bench", kind: "staff", name: "Bench", roles: [{ role: "clerk", area: "cn-3199" }] };

/**
 * Whole life cycles of cases over HTTP (create, accept, assign, decide, read), `--connections N` (8) at a time for `--seconds N`
 * (20), beside `--stored N` (0) cases that are there already. The store is that of DATABASE_URL, else in memory.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stored: { type: "string", default: "0" },
      seconds: { type: "string", default: "20" },
      connections: { type: "string", default: "8" },
    },
  });
  const [stored, seconds, connections] = [values.stored, values.seconds, values.connections].map(Number) as [
    number,
    number,
    number,
  ];
  const server = await benchServer();
  try {
    await fillStore(server, { stored, item, facts: facts() });
    await cycles(server.address, connections, 2);
    const measured = await cycles(server.address, connections, seconds);
    const queries = await readings(server);
    return {
      store: process.env.DATABASE_URL === undefined ? "pglite" : "postgresql",
      stored,
      connections,
      ...measured,
      ...queries,
    };
  } finally {
    await server.close();
  }
}

type Server = Awaited<ReturnType<typeof benchServer>>;

async function benchServer() {
  const folder = "cities/qingping/list";
  const { list } = await readList(folder);
  if (!list) throw new Error("The demo list cannot be read");
  const { rulebook } = compileRulebook(list, { area: list.area, date: "2024-07-01" });
  if (!rulebook) throw new Error("The demo list does not compile");
  const database = await openDatabase(process.env.DATABASE_URL);
  const cases = await openCases({
    database,
    listFolders: [path.resolve("lists"), path.resolve(folder)],
    now: () => new Date("2026-02-10T02:00:00Z"),
    ruleDay: () => "2024-07-01",
    random: (bytes) => Uint8Array.from(randomBytes(bytes)),
    codeKey: new Uint8Array(32),
    list: async () => list,
    rulebook: async () => rulebook,
    areasBelow: async () => ["cn-3199", ...[...list.areas.keys()].filter((code) => code.startsWith("cn-3199"))],
    register: async () => undefined,
  });
  await cases.store.pin({ list, rulebook, guide: cases.guides.of(list, item) });
  const app = await compose({
    version: "bench",
    logger: false,
    requestsPerMinute: 100_000_000,
    pages: undefined,
    routes: [caseRoutes(cases)],
    guard: (instance) => {
      instance.decorateRequest("actor", undefined);
      instance.addHook("onRequest", async (request) => {
        request.actor = clerk;
      });
    },
  });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  const guide = cases.guides.of(list, item).hash;
  return {
    address,
    database,
    rulebook: rulebook.hash,
    guide,
    close: async () => {
      await app.close();
      await database.destroy();
    },
  };
}

function facts() {
  return {
    persons: { p1: { birthDate: "1954-03-01", sex: "female", hukouArea: "cn-319901" } },
    households: { h1: { members: ["p1"] } },
    subject: "p1",
  };
}

/** Life cycles a second over so many connections, and the time of one request that one in twenty exceeds. */
async function cycles(address: string, connections: number, seconds: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const taken: number[] = [];
  let [done, errors] = [0, 0];
  const ask = async (method: string, url: string, body?: unknown): Promise<{ id: string }> => {
    const start = performance.now();
    const { status, text } = await send(agent, method, `${address}/api${url}`, body);
    taken.push(performance.now() - start);
    if (status !== 200 && status !== 201) throw new Error(`${method} ${url}: ${status} ${text}`);
    return JSON.parse(text);
  };
  const until = performance.now() + seconds * 1000;
  const cpu = process.cpuUsage();
  const one = async () => {
    const person = String(Math.ceil(Math.random() * 500_000));
    const { id } = await ask("POST", "/cases", {
      list: "cn-3199",
      item,
      area: "cn-319901",
      channel: "window",
      person,
      facts: facts(),
    });
    const act = (seq: number, action: unknown) =>
      ask("POST", `/cases/${id}/actions`, { seq, channel: "window", action });
    await act(1, { kind: "accept" });
    await act(2, { kind: "assign", to: "bench", name: "Bench" });
    await act(3, { kind: "decide", outcome: "grant" });
    await ask("GET", `/cases/${id}`);
  };
  const start = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        try {
          await one();
          done += 1;
        } catch (error) {
          errors += 1;
          process.stderr.write(`${error}\n`);
        }
      }
    }),
  );
  agent.destroy();
  const { user, system } = process.cpuUsage(cpu);
  return {
    lifecyclesPerSecond: Math.round((done / (performance.now() - start)) * 10_000) / 10,
    p95Milliseconds: Math.round((taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.95)] ?? 0) * 10) / 10,
    /** Of this process, client and server together: it tells more than the clock where other work runs beside. */
    cpuMillisecondsPerLifecycle: Math.round((user + system) / 100 / Math.max(1, done)) / 10,
    errors,
  };
}

function send(agent: Agent, method: string, url: string, body: unknown): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "idempotency-key": randomUUID() };
    const sent = request(url, { method, agent, headers: body === undefined ? {} : headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        text += part;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** One user's search, queue and open: the time that one in twenty exceeds. */
async function readings({ address, database }: Server) {
  const rows = await database
    .selectFrom("case_view")
    .select(["id", "number", "person"])
    .orderBy("id", "desc")
    .limit(200)
    .execute();
  const p95 = async (url: (row: (typeof rows)[number], at: number) => string) => {
    const taken: number[] = [];
    for (const [at, row] of rows.entries()) {
      const start = performance.now();
      const answer = await fetch(`${address}/api${url(row, at)}`);
      await answer.text();
      if (answer.status !== 200) throw new Error(`${url(row, at)}: ${answer.status}`);
      taken.push(performance.now() - start);
    }
    return Math.round((taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.95)] ?? 0) * 10) / 10;
  };
  return {
    searchMilliseconds: await p95(({ number, person }, at) =>
      at % 2 ? `/cases?number=${number}` : `/cases?person=${person}`,
    ),
    queueMilliseconds: await p95((_, at) => `/cases?queue=${at % 2 ? "warning" : "breached"}&size=50`),
    openMilliseconds: await p95(({ id }) => `/cases/${id}`),
  };
}
