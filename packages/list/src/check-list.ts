import type { Environment } from "@qingdan/feel/typed";
import { checkRules } from "./compile/check-rules.ts";
import type { Finding } from "./finding.ts";
import type { LoadedList } from "./load-list.ts";

/** Every finding about a list: of its files, and of the types and units of its rules, in the order of the files. */
export function checkList({ draft, findings }: LoadedList, environment?: Environment): readonly Finding[] {
  const all = [...findings, ...(draft ? checkRules(draft, environment) : [])];
  return all.sort((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
