import { randomBytes } from "node:crypto";
import { type Cases, openCases, openCodeKey } from "./modules/cases/index.ts";
import { type Lake, type RunStore, registerEntry } from "./modules/entitlements/index.ts";
import type { Catalogue, Rulebooks } from "./modules/list/index.ts";
import type { Database } from "./store/database.ts";

interface DeskOptions {
  readonly database: Database;
  readonly dataDir: string | undefined;
  readonly listFolders: readonly string[];
  readonly catalogue: Catalogue;
  readonly rulebooks: Rulebooks;
  readonly runs: RunStore;
  readonly lake: Lake;
  readonly date: () => string;
  readonly now: () => Date;
}

/** Cases over the server's lists, rulebooks and people: the registers are the snapshot of the newest run. */
export async function openDesk({
  catalogue,
  rulebooks,
  runs,
  lake,
  date,
  dataDir,
  ...options
}: DeskOptions): Promise<Cases> {
  return openCases({
    ...options,
    ruleDay: date,
    random: (bytes) => Uint8Array.from(randomBytes(bytes)),
    codeKey: await openCodeKey(dataDir),
    list: catalogue.list,
    rulebook: async (list, area, day) => (await rulebooks.of(list, area, day)).rulebook,
    areasBelow: (area) => areasBelow(catalogue, area),
    async register(person) {
      const [newest] = await runs.all();
      return newest && registerEntry(lake, newest, person);
    },
  });
}

/** Codes of an area and of all below it, in every list; undefined for the nation. */
async function areasBelow(catalogue: Catalogue, area: string): Promise<readonly string[] | undefined> {
  const lists = await catalogue.sound();
  const below = new Set([area]);
  for (const { areas } of lists) {
    if (areas.get(area)?.level === "nation") return undefined;
    for (let before = 0; before !== below.size; ) {
      before = below.size;
      for (const { code, parent } of areas.values()) if (parent !== undefined && below.has(parent)) below.add(code);
    }
  }
  return [...below];
}
