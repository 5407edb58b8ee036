import { parseCsv, ReachRefusal } from "@qingdan/reach";
import { Problem } from "../../problem.ts";

/** Columns of a register; those of `needed` must be there. */
export const registerColumns = [
  "code",
  "kind",
  "name_zh",
  "name_en",
  "town",
  "lon",
  "lat",
  "functions",
  "floor_m2",
  "capacity",
  "capacity_unit",
  "opening_hours",
  "step_free",
  "operator",
  "state",
] as const;
export type RegisterColumn = (typeof registerColumns)[number];
const needed: readonly RegisterColumn[] = ["code", "kind", "name_zh", "lon", "lat"];

/** A row as it came: texts by column, empty where the register leaves it open. */
export type RegisterRow = Readonly<Record<RegisterColumn, string>>;

/**
 * Reads a register from CSV with these columns, or from GeoJSON points with these properties.
 *
 * @throws {Problem} PLACES-REGISTER-FAULTY where the file as a whole cannot be read; single wrong rows are quarantined later
 */
export function readRegister(format: "csv" | "geojson", text: string): readonly RegisterRow[] {
  return format === "csv" ? fromCsv(text) : fromGeojson(text);
}

function fromCsv(text: string): readonly RegisterRow[] {
  try {
    const table = parseCsv(text, "register");
    const missing = needed.filter((name) => !table.has(name));
    if (missing.length > 0) throw faulty(`缺少列 ${missing.join("、")}`, `columns missing: ${missing.join(", ")}`);
    const columns = registerColumns.map((name) => [name, table.has(name) ? table.column(name) : undefined] as const);
    return Array.from({ length: table.rows }, (_, row) =>
      rowOf((name) => columns.find(([own]) => own === name)?.[1]?.[row]),
    );
  } catch (error) {
    if (error instanceof ReachRefusal) throw faulty(`CSV 有误：${error.message}`, error.message);
    throw error;
  }
}

function fromGeojson(text: string): readonly RegisterRow[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw faulty(`不是 JSON:${why}`, `not JSON: ${why}`);
  }
  const features = isObject(document) ? document.features : undefined;
  if (!Array.isArray(features)) throw faulty("应为 GeoJSON FeatureCollection", "expected a GeoJSON FeatureCollection");
  return features.map((feature: unknown) => {
    const { properties, geometry } = isObject(feature) ? feature : {};
    const coordinates: unknown = isObject(geometry) && geometry.type === "Point" ? geometry.coordinates : undefined;
    const [lon, lat]: readonly unknown[] = Array.isArray(coordinates) ? coordinates : [];
    return rowOf((name) => {
      if (name === "lon") return textOf(lon);
      return name === "lat" ? textOf(lat) : textOf(isObject(properties) ? properties[name] : undefined);
    });
  });
}

function rowOf(value: (name: RegisterColumn) => string | undefined): RegisterRow {
  return Object.fromEntries(registerColumns.map((name) => [name, value(name)?.trim() ?? ""])) as Record<
    RegisterColumn,
    string
  >;
}

function textOf(value: unknown): string {
  if (value === true) return "yes";
  if (value === false) return "no";
  if (Array.isArray(value)) return value.join(";");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function faulty(zh: string, en: string): Problem {
  return new Problem("PLACES-REGISTER-FAULTY", { zh, en });
}
