import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  type AgeGroup,
  ageGroups,
  type BlockOnMap,
  type CsvTable,
  type PersonGroup,
  type Points,
  parseCsv,
  personGroups,
  ReachRefusal,
  type SnapReport,
} from "@qingdan/reach";
import { type Context, Refusal, UsageError, type Values } from "../verb.ts";

/** The group of `--group`; adults unless said otherwise. */
export function groupOf(values: Values): PersonGroup {
  const name = typeof values.group === "string" ? values.group : "adult";
  const group = Object.values(personGroups).find(({ id }) => id === name);
  if (group) return group;
  const known = Object.keys(personGroups).join(", ");
  throw new UsageError({ zh: `--group 应为 ${known} 之一`, en: `--group takes one of ${known}` });
}

/** A number option, or its default. */
export function numberOf(values: Values, name: string, usual: number): number {
  const value = values[name];
  if (value === undefined) return usual;
  const number = Number(value);
  if (value !== "" && Number.isFinite(number) && number >= 0) return number;
  throw new UsageError({ zh: `--${name} 应为不小于 0 的数`, en: `--${name} takes a number of 0 or more` });
}

/** Reads a CSV file whose first line names the columns. */
export async function readTable(context: Context, file: string): Promise<CsvTable> {
  return parseCsv(await readFile(path.resolve(context.cwd, file), "utf8"), file);
}

/** A column of numbers; the refusal names row and column. */
export function numbers(table: CsvTable, name: string): Float64Array {
  return Float64Array.from(table.column(name), (text, i) => {
    const value = Number(text);
    if (text !== "" && Number.isFinite(value)) return value;
    throw new ReachRefusal(
      "reach.not-a-number",
      `${table.name}, row ${i + 2}, column ${name}`,
      `"${text}" is not a number`,
    );
  });
}

/** Points of a table with columns lon and lat. @throws Refusal `CLI-REACH-DEGREES` */
export function pointsOf(table: CsvTable) {
  const points = { lon: numbers(table, "lon"), lat: numbers(table, "lat") };
  const bad = points.lon.findIndex((lon, i) => Math.abs(lon) > 180 || Math.abs(points.lat[i]!) > 90);
  if (bad >= 0) {
    const where = `${table.name}, row ${bad + 2}`;
    const value = `${points.lon[bad]}, ${points.lat[bad]}`;
    throw new Refusal("CLI-REACH-DEGREES", {
      zh: `${where}:${value} 不是经纬度`,
      en: `${where}: ${value} are no longitude and latitude in degrees`,
    });
  }
  return points;
}

/** Names of the rows: the column id or code, else their numbers from 1. */
export function namesOf(table: CsvTable): readonly string[] {
  const column = ["id", "code"].find((name) => table.has(name));
  return column ? table.column(column) : Array.from({ length: table.rows }, (_, i) => String(i + 1));
}

/** Rows of a table by the column kind, each kind with its points and names; one kind, `place`, without that column. */
export function byKind(
  table: CsvTable,
): ReadonlyMap<string, { readonly points: Points; readonly names: readonly string[] }> {
  const { lon, lat } = pointsOf(table);
  const names = namesOf(table);
  const kinds = table.has("kind") ? table.column("kind") : undefined;
  const rows = new Map<string, number[]>();
  names.forEach((_, i) => {
    const kind = kinds?.[i] ?? "place";
    rows.set(kind, [...(rows.get(kind) ?? []), i]);
  });
  return new Map(
    [...rows].map(([kind, own]) => [
      kind,
      {
        points: { lon: Float64Array.from(own, (i) => lon[i]!), lat: Float64Array.from(own, (i) => lat[i]!) },
        names: own.map((i) => names[i]!),
      },
    ]),
  );
}

const groups = Object.keys(ageGroups) as AgeGroup[];

/** Blocks of people: points with a column of people for at least one age group, and their street. */
export function blocksOf(table: CsvTable): BlockOnMap[] {
  const { lon, lat } = pointsOf(table);
  const streets = table.has("street") ? table.column("street") : undefined;
  const people = groups.filter((group) => table.has(group)).map((group) => [group, numbers(table, group)] as const);
  if (people.length === 0) {
    throw new UsageError({
      zh: `${table.name} 至少要有一列人数：${groups.join("、")}`,
      en: `${table.name} needs at least one column of people: ${groups.join(", ")}`,
    });
  }
  return namesOf(table).map((code, i) => ({
    code,
    street: streets?.[i] || "-",
    lon: lon[i]!,
    lat: lat[i]!,
    people: Object.fromEntries(people.map(([group, count]) => [group, count[i]!])),
  }));
}

/** A snapping report with the names of the points that were not put onto the network. */
export function toldSnap({ points, snapped, unsnapped }: SnapReport, names: readonly string[]) {
  return {
    points,
    snapped,
    unsnapped: unsnapped.map(({ point, why, metres }) => ({ id: names[point]!, why, metres: metres ?? null })),
  };
}

/** Does work of the reach package; a refusal of it is told in both languages. */
export async function told<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ReachRefusal)) throw error;
    const zh = reasons[error.code] ?? "输入不能使用";
    throw new Refusal(codes[error.code] ?? error.code, { zh: `${zh}（${error.message}）`, en: error.message });
  }
}

/** Refusals that the command has its own code for. */
const codes: Readonly<Record<string, string>> = { "reach.block-unknown": "CLI-REACH-BLOCK" };

const reasons: Readonly<Record<string, string>> = {
  "reach.ascii-grid": "高程栅格有误",
  "reach.block-unknown": "没有这个地块",
  "reach.cost": "费用应为不小于 0 的数",
  "reach.costs-shape": "费用表的行列数不对",
  "reach.csv": "CSV 有误",
  "reach.datum": "不认识的坐标系",
  "reach.decay": "衰减函数的参数不对",
  "reach.degrees": "不是经纬度",
  "reach.geojson": "GeoJSON 有误",
  "reach.length": "长度应为不小于 0 的数",
  "reach.no-streets": "文件里没有可走的街道",
  "reach.node-twice": "节点编号重复",
  "reach.not-a-number": "应为数",
  "reach.option-missing": "缺少选项",
  "reach.orlib": "OR-Library 文件有误",
  "reach.osm-pbf": "OSM PBF 文件有误",
  "reach.osm-pbf-compression": "不支持这种 PBF 压缩",
  "reach.site-state": "点位状态应为 must、may 或 not",
  "reach.site-twice": "设施编号重复",
  "reach.site-unknown": "没有这个点位",
  "reach.sites-wanted": "选址个数不对",
  "reach.tail-share": "最差者的比例应大于 0、不超过 1",
  "reach.unknown-node": "节点表里没有这个节点",
  "reach.weight": "权重应为不小于 0 的数",
};
