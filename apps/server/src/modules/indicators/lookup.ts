import { Problem } from "../../problem.ts";
import type { Actor } from "../identity/index.ts";
import { authorise } from "../identity/index.ts";
import type { Cockpit } from "./cockpit.ts";

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** @throws Problem `COCKPIT-AREA-UNKNOWN` */
export function areaAt({ tree }: Cockpit, code: string | undefined): number {
  const at = code === undefined ? 0 : tree.at(code);
  if (at !== undefined) return at;
  const root = tree.areas[0]?.code;
  throw new Problem("COCKPIT-AREA-UNKNOWN", {
    zh: `没有地区 ${code}；用 ${root} 及其以下的编码`,
    en: `There is no area ${code}; use ${root} or an area below it`,
  });
}

/** @throws Problem `COCKPIT-YEAR-UNKNOWN` */
export function yearAt({ years }: Cockpit, year: number | undefined): number {
  const newest = years.at(-1);
  if (newest !== undefined && (year === undefined || years.includes(year))) return year ?? newest;
  const range = newest === undefined ? "–" : `${years[0]}–${newest}`;
  throw new Problem("COCKPIT-YEAR-UNKNOWN", { zh: `有数据的年份：${range}`, en: `There are data of ${range}` });
}

/** A page of a list under a name of its own. */
export function pageOf<T, R, K extends string>(
  all: readonly T[],
  { page, size }: { readonly page: number; readonly size: number },
  name: K,
  present: (entry: T) => R,
): { total: number; page: number; size: number } & Record<K, R[]> {
  const rows = all.slice((page - 1) * size, page * size).map(present);
  return { total: all.length, page, size, ...({ [name]: rows } as Record<K, R[]>) };
}

/** Who may change the plan's work in an area: their name is written beside the deed. Throws where they may not. */
export function planner(actor: Actor | undefined, area: string): string {
  authorise(actor, "plan.edit", { type: "plan", area });
  return actor!.name;
}
