import { compileRulebook, emitKernel, everyFact, type List, type Rulebook } from "@qingdan/list";
import { Problem } from "../../problem.ts";
import type { Catalogue } from "./catalogue.ts";

/** A compiled rulebook as the pages load it. */
interface ServedRulebook {
  readonly hash: string;
  readonly rulebook: Rulebook;
  readonly json: string;
  /** ES module: `export function decide(people, out, from, to)`. */
  readonly kernel: string;
}

export interface Rulebooks {
  /** @throws {Problem} API-LIST-UNKNOWN, API-LIST-FAULTY, API-AREA-UNKNOWN */
  of(list: string, area: string | undefined, date: string): Promise<ServedRulebook>;
}

/** Rulebooks are remembered by list, area and day; the least recently asked for is let go. */
export function createRulebooks(catalogue: Catalogue, remembered = 16): Rulebooks {
  let served = new Map<string, Promise<ServedRulebook>>();
  const compiledFrom = new Map<string, List>();
  return {
    async of(code, area, date) {
      const list = await catalogue.list(code);
      // A version was published: what was compiled from the one before counts no more.
      if (compiledFrom.get(code) !== list) served = new Map([...served].filter(([key]) => !key.startsWith(`${code} `)));
      compiledFrom.set(code, list);
      const key = [code, area ?? list.area, date].join(" ");
      const known = served.get(key) ?? compile(list, area ?? list.area, date);
      served.delete(key);
      served.set(key, known);
      const [oldest] = served.keys();
      if (served.size > remembered && oldest !== undefined) served.delete(oldest);
      return known;
    },
  };
}

async function compile(list: List, area: string, date: string): Promise<ServedRulebook> {
  if (!list.areas.has(area)) {
    throw new Problem("API-AREA-UNKNOWN", {
      zh: `${list.code} 没有地区 ${area}`,
      en: `${list.code} has no area ${area}`,
    });
  }
  const { rulebook, findings } = compileRulebook(list, { area, date });
  if (!rulebook) {
    const first = findings.find(({ severity }) => severity === "error");
    throw new Problem("API-LIST-FAULTY", {
      zh: first ? `${first.file}:${first.line} ${first.message.zh}` : "",
      en: first ? `${first.file}:${first.line} ${first.message.en}` : "",
    });
  }
  // A page asks one fact after the other, so any of them may be unknown.
  const kernel = emitKernel(rulebook, { unknown: everyFact(rulebook) });
  return { hash: rulebook.hash, rulebook, json: JSON.stringify(rulebook), kernel };
}
