import { randomBytes, randomUUID } from "node:crypto";
import path from "node:path";
import { compileRulebook } from "@qingdan/list";
import { readList } from "@qingdan/list/node";
import { openDatabase } from "../../../store/database.ts";
import { actors, application } from "../../../testing/case-desk.ts";
import { demoListFolder } from "../../../testing/small-city.ts";
import { actOnCase } from "../act-on-case.ts";
import { openRequest } from "../model.ts";
import { openCase } from "../open-case.ts";
import { openCases } from "../open-cases.ts";

/** A process that opens and handles cases without end and tells every acknowledged action on standard output: `<case> <seq>`. */
const { list } = await readList(demoListFolder);
const { rulebook } = list ? compileRulebook(list, { area: list.area, date: "2024-07-01" }) : {};
if (!list || !rulebook) throw new Error("the demo list does not compile");
const cases = await openCases({
  database: await openDatabase(process.argv[2]),
  listFolders: [path.resolve(demoListFolder, "../../../lists")],
  now: () => new Date("2026-02-10T02:00:00Z"),
  ruleDay: () => "2024-07-01",
  random: (bytes) => Uint8Array.from(randomBytes(bytes)),
  codeKey: new Uint8Array(32),
  list: async () => list,
  rulebook: async () => rulebook,
  areasBelow: async () => undefined,
  register: async () => undefined,
});
process.stdout.write("ready\n");
for (;;) {
  const key = { actor: actors.clerk.id, key: randomUUID(), asked: {}, at: cases.now() };
  const { id } = await openCase(cases, actors.clerk, openRequest.parse({ ...application(), channel: "window" }), key);
  process.stdout.write(`${id} 1\n`);
  for (const [seq, action] of [
    [1, { kind: "accept" }],
    [2, { kind: "note", text: "写入" }],
    [3, { kind: "decide", outcome: "grant" }],
  ] as const) {
    await actOnCase(cases, actors.clerk, id, { seq, channel: "window", evidence: [], action }, randomUUID());
    process.stdout.write(`${id} ${seq + 1}\n`);
  }
}
