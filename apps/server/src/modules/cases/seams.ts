import type { Calendar } from "@qingdan/clock";
import type { FactsFile, List, Rulebook } from "@qingdan/list";
import type { Database } from "../../store/database.ts";
import type { Looks } from "../identity/index.ts";
import type { CaseStore } from "./case-store.ts";
import type { Guides } from "./guides.ts";
import type { CaseWriter } from "./write-action.ts";

/** What the registers hold on a person's household, and since when. */
export interface RegisterEntry {
  readonly facts: FactsFile;
  /** The day of the snapshot. */
  readonly date: string;
}

/** What cases take from outside. */
export interface CaseSources {
  list(code: string): Promise<List>;
  rulebook(list: string, area: string | undefined, date: string): Promise<Rulebook>;
  /** An area and those below it; undefined: every area. */
  areasBelow(area: string): Promise<readonly string[] | undefined>;
  /** undefined: the registers know nobody of that number. */
  register(person: string): Promise<RegisterEntry | undefined>;
}

/** The module at work. */
export interface Cases extends CaseSources {
  readonly database: Database;
  readonly store: CaseStore;
  readonly writer: CaseWriter;
  readonly looks: Looks;
  readonly guides: Guides;
  readonly calendar: Calendar;
  readonly now: () => Date;
  /** The day whose rules new cases pin. */
  readonly ruleDay: () => string;
  readonly newId: () => string;
  readonly random: (bytes: number) => Uint8Array;
  /** Keys the hashes of pick-up codes. */
  readonly codeKey: Uint8Array;
}
