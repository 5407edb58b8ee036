import { existsSync } from "node:fs";
import path from "node:path";
import { type CheckReport, checkReport, compileRulebook, type Finding, type List, type Rulebook } from "@qingdan/list";
import { readIndicators } from "@qingdan/list/indicators/node";
import { type ListReader, readList } from "@qingdan/list/node";
import { type Context, Refusal } from "./verb.ts";
import type { Language } from "./words.ts";

/**
 * Reads a list that must be sound, by a reader that others go on with where one is given.
 * @throws Refusal `CLI-LIST-FAULTY` with the first error, `CLI-LIST-MISSING`
 */
export async function openList(context: Context, folder: string, reader?: ListReader): Promise<List> {
  const dir = path.resolve(context.cwd, folder);
  requireList(dir);
  const { list, findings } = await (reader?.load(dir) ?? readList(path.relative(context.cwd, dir) || "."));
  if (!list) throw faulty(findings, folder);
  return list;
}

/** Compiles a list that must compile. @throws Refusal `CLI-LIST-FAULTY`, `CLI-AREA-UNKNOWN` */
export function compileList(list: List, area: string | undefined, date: string): Rulebook {
  if (area !== undefined && !list.areas.has(area)) {
    throw new Refusal("CLI-AREA-UNKNOWN", { zh: `清单没有地区 ${area}`, en: `The list has no area ${area}` });
  }
  const { rulebook, findings } = compileRulebook(list, { area: area ?? list.area, date });
  if (!rulebook) throw faulty(findings, list.code);
  return rulebook;
}

/** Everything that the checks of a list, and of the indicators beside it, find on a day. */
export async function reportOnList(context: Context, folder: string, date: string): Promise<CheckReport> {
  const dir = path.resolve(context.cwd, folder);
  requireList(dir);
  const shown = path.relative(context.cwd, dir) || ".";
  const loaded = await readList(shown);
  // Indicators speak of the list's entries, areas and units: what they say is judged where those are sound.
  const beside = loaded.list && (await readIndicators(loaded.list, dir)).findings;
  return checkReport(loaded, { date, ...(beside && { beside }) });
}

export function describeFinding({ file, line, column, code, message, hint }: Finding, language: Language): string {
  return `${file}:${line}:${column} ${code} ${message[language]}${hint[language] ? ` → ${hint[language]}` : ""}`;
}

function requireList(dir: string) {
  if (existsSync(path.join(dir, "list.yaml"))) return;
  throw new Refusal(
    "CLI-LIST-MISSING",
    { zh: `${dir} 不是清单文件夹（没有 list.yaml）`, en: `${dir} is no list: there is no list.yaml in it` },
    { zh: "例：lists/cn-31", en: "For example lists/cn-31" },
  );
}

function faulty(findings: readonly Finding[], folder: string): Refusal {
  const errors = findings.filter(({ severity }) => severity === "error");
  const [first] = errors;
  return new Refusal(
    "CLI-LIST-FAULTY",
    {
      zh: `清单有 ${errors.length} 处错误${first ? `，第一处：${describeFinding(first, "zh")}` : ""}`,
      en: `The list has ${errors.length} errors${first ? `, the first: ${describeFinding(first, "en")}` : ""}`,
    },
    { zh: `运行 qingdan list check ${folder} 查看全部`, en: `Run qingdan list check ${folder} to see them all` },
  );
}
