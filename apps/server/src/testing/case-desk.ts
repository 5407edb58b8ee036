import { randomBytes, randomUUID } from "node:crypto";
import path from "node:path";
import { compileRulebook, type FactsFile, type List, type Rulebook } from "@qingdan/list";
import { readList } from "@qingdan/list/node";
import type { FastifyInstance, InjectOptions } from "fastify";
import { compose, type Routes } from "../http/compose.ts";
import { formRoutes } from "../modules/cases/form-routes.ts";
import { openCases } from "../modules/cases/open-cases.ts";
import { caseRoutes } from "../modules/cases/routes.ts";
import type { Cases, RegisterEntry } from "../modules/cases/seams.ts";
import { type Actor, systemActor } from "../modules/identity/index.ts";
import { guardAs, testActors } from "./actors.ts";
import { demoListFolder } from "./small-city.ts";
import { testDatabase } from "./test-database.ts";

export const actors = {
  ...testActors,
  system: systemActor,
  secondChecker: { ...testActors.checker, id: "a-checker-2" },
  /** The neighbour, acting for person 1 in the allowance alone. */
  helper: {
    ...testActors.neighbour,
    person: "1",
    actingFor: {
      id: "m-1",
      name: testActors.resident.name,
      relation: "close-relative",
      items: ["cn-31.senior-comprehensive-allowance"],
      disposes: false,
      until: "2026-12-31",
    },
  },
  elsewhere: { ...testActors.clerk, id: "a-clerk-elsewhere", roles: [{ role: "clerk", area: "cn-3301" }] },
} as const satisfies Record<string, Actor>;
export type ActorName = keyof typeof actors;

const listsFolder = path.resolve(demoListFolder, "../../../lists");

/** The demo city's list and its rulebook of 2024-07-01, read once a test file. */
let demo: Promise<{ list: List; rulebook: Rulebook }> | undefined;
export function demoList() {
  demo ??= readList(demoListFolder).then(({ list, findings }) => {
    if (!list) throw new Error(JSON.stringify(findings[0]));
    const { rulebook } = compileRulebook(list, { area: list.area, date: "2024-07-01" });
    if (!rulebook) throw new Error("the demo list does not compile");
    return { list, rulebook };
  });
  return demo;
}

/** A server with the desk's routes over a store of its own, and a clock that the test sets. */
export interface CaseDesk {
  readonly app: FastifyInstance;
  readonly cases: Cases;
  /** Sets the time; it stands still between. */
  at(instant: string): void;
  ask(
    actor: ActorName | null,
    method: "GET" | "POST" | "PUT" | "DELETE",
    url: string,
    body?: unknown,
    key?: string,
  ): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown> & { readonly code?: string };
  readonly text: string;
}

export interface DeskOptions {
  readonly register?: (person: string) => Promise<RegisterEntry | undefined>;
  readonly more?: (cases: Cases) => readonly Routes[];
  /** Folders of guides, bundles and local handling beside those of the lists. */
  readonly folders?: readonly string[];
}

export async function caseDesk({
  register = async () => undefined,
  more = () => [],
  folders = [],
}: DeskOptions = {}): Promise<CaseDesk> {
  const { list, rulebook } = await demoList();
  const { database, close } = await testDatabase();
  let now = new Date("2026-02-10T02:00:00Z");
  const cases = await openCases({
    database,
    listFolders: [listsFolder, demoListFolder, ...folders],
    now: () => now,
    ruleDay: () => "2024-07-01",
    random: (bytes) => Uint8Array.from(randomBytes(bytes)),
    codeKey: new Uint8Array(32).fill(7),
    list: async () => list,
    rulebook: async () => rulebook,
    areasBelow: async (area) => [...list.areas.keys()].filter((code) => code.startsWith(area)),
    register,
  });
  const app = await compose({
    version: "0.0.0",
    logger: { level: "error" },
    requestsPerMinute: 1_000_000,
    pages: undefined,
    routes: [caseRoutes(cases), ...more(cases)],
    guard: guardAs(actors),
  });
  return {
    app,
    cases,
    at: (instant) => {
      now = new Date(instant);
    },
    async ask(actor, method, url, body, key = randomUUID()) {
      const request: InjectOptions = {
        method,
        url: `/api${url}`,
        headers: { "accept-language": "en", "idempotency-key": key, ...(actor && { "x-test-actor": actor }) },
        ...(body === undefined ? {} : { payload: body as Record<string, unknown> }),
      };
      const answer = await app.inject(request);
      const isJson = String(answer.headers["content-type"]).includes("json");
      return { status: answer.statusCode, json: isJson ? answer.json() : {}, text: answer.body };
    },
    async close() {
      await app.close();
      await close();
    },
  };
}

/** A desk that takes forms too; person 1 is in the registers, nobody else is. */
export const formDesk = () =>
  caseDesk({
    register: async (person) => (person === "1" ? { facts: seniorFacts(), date: "2024-07-01" } : undefined),
    more: (cases) => [formRoutes(cases)],
  });

/** Somebody of 70 with hukou in the city: owed the senior comprehensive allowance, 150 yuan a month (沪府发〔2016〕24号). */
export function seniorFacts(birthDate = "1954-03-01"): FactsFile {
  return {
    persons: { p1: { birthDate, sex: "female", hukouArea: "cn-3199", residenceArea: "cn-3199" } },
    households: { h1: { members: ["p1"] } },
    subject: "p1",
  };
}

export const allowance = "cn-31.senior-comprehensive-allowance";

/** What opens a case on the allowance for person 1. */
export function application(facts: FactsFile = seniorFacts(), item = allowance) {
  return { list: "cn-3199", item, channel: "web", person: "1", facts };
}
