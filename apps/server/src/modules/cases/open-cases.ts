import { makeCalendar } from "@qingdan/clock";
import type { Database } from "../../store/database.ts";
import { createLooks } from "../identity/index.ts";
import { caseStands, createCaseStore } from "./case-store.ts";
import { readGuides } from "./guides.ts";
import type { CaseSources, Cases } from "./seams.ts";
import { timeId } from "./time-id.ts";
import { createCaseWriter } from "./write-action.ts";

export interface CasesOptions extends CaseSources {
  readonly database: Database;
  /** Folders that hold lists, with their guides and bundles. */
  readonly listFolders: readonly string[];
  readonly now: () => Date;
  /** The day whose rules new cases pin. */
  readonly ruleDay: () => string;
  /** Random bytes, for identifiers and codes. */
  readonly random: (bytes: number) => Uint8Array;
  /** Keys the hashes of pick-up codes: 32 bytes that stay. */
  readonly codeKey: Uint8Array;
}

/** Puts the module together. @throws {GuideFaultyError} */
export async function openCases({ listFolders, random, ...options }: CasesOptions): Promise<Cases> {
  const { database, now } = options;
  const calendar = makeCalendar();
  return {
    ...options,
    random,
    guides: await readGuides(listFolders),
    store: createCaseStore(database, now),
    writer: createCaseWriter(database, calendar),
    looks: createLooks(database, now, caseStands),
    calendar,
    newId: () => timeId(now(), random(10)),
  };
}
