import { convertPoints, type Datum, type SnapReport } from "@qingdan/reach";
import type { Words } from "../../problem.ts";
import { kinds } from "./kinds.ts";
import { states } from "./model.ts";
import { faultOfHours } from "./opening.ts";
import type { PlacesMap } from "./places-map.ts";
import type { RegisterColumn, RegisterRow } from "./register-rows.ts";
import type { FacilityTables } from "./tables.ts";

/** Why a row of a register is quarantined; the codes are stable. */
export const quarantineReasons = {
  "value-missing": { zh: "这一栏不能空", en: "This field must not be empty" },
  "code-repeated": { zh: "编码重复；保留第一行", en: "The code occurs before; the first row is kept" },
  "kind-unknown": { zh: "没有这类设施", en: "There is no such kind of facility" },
  "town-unknown": { zh: "地图上没有这个街镇", en: "The map has no such street office or town" },
  "not-a-number": { zh: "应为不小于 0 的数", en: "A number of 0 or more is wanted" },
  "not-degrees": { zh: "应为经纬度", en: "Longitude and latitude in degrees are wanted" },
  "hours-unreadable": {
    zh: "营业时间不能读；写法如 Mo-Fr 08:00-17:00",
    en: "The hours cannot be read; write them as Mo-Fr 08:00-17:00",
  },
  "value-unknown": { zh: "不是可用的值", en: "Not one of the known values" },
  "off-the-streets": { zh: "200 米内没有街道", en: "No street within 200 m" },
  "behind-barrier": {
    zh: "最近的街道在河、铁路或快速路对面",
    en: "The nearest streets are behind water, rails or a motorway",
  },
} as const satisfies Record<string, Words>;
type QuarantineReason = keyof typeof quarantineReasons;

export interface Fault {
  /** Row of the file, the first after the header being 2 (of GeoJSON: feature, from 1). */
  readonly row: number;
  readonly column: RegisterColumn;
  readonly reason: QuarantineReason;
  readonly value: string;
}

/** A row that was accepted, its values as they are stored. */
export type CheckedFacility = Omit<FacilityTables["facility"], "map" | "import">;

export interface CheckedRegister {
  readonly accepted: readonly CheckedFacility[];
  readonly faults: readonly Fault[];
  /** Points of all rows whose degrees can be read, as given. */
  readonly points: { readonly lon: Float64Array; readonly lat: Float64Array };
}

/** Checks every row against the map: it is accepted, or its first fault in each column is told. Never half a row. */
export function checkRegister(
  rows: readonly RegisterRow[],
  { map, datum, firstRow }: { readonly map: PlacesMap; readonly datum: Datum; readonly firstRow: number },
): CheckedRegister {
  const faults: Fault[] = [];
  const sound: { readonly row: number; readonly lon: number; readonly lat: number; readonly fields: RegisterRow }[] =
    [];
  const codes = new Set<string>();
  const points: (readonly [number, number])[] = [];
  rows.forEach((fields, index) => {
    const row = firstRow + index;
    const own = plainFaults(fields, map).map((fault) => ({ ...fault, row, value: fields[fault.column] }));
    if (fields.code !== "" && codes.has(fields.code))
      own.push({ row, column: "code", reason: "code-repeated", value: fields.code });
    codes.add(fields.code);
    const at = degreesOf(fields);
    if (at) points.push(at);
    if (own.length === 0 && at) sound.push({ row, lon: at[0], lat: at[1], fields });
    faults.push(...own);
  });
  const given = { lon: Float64Array.from(sound, ({ lon }) => lon), lat: Float64Array.from(sound, ({ lat }) => lat) };
  const placed = convertPoints(given, datum, "wgs84");
  const { report } = map.ways(true).snapper.snap(placed, 200);
  const off = offStreets(report);
  const accepted: CheckedFacility[] = [];
  sound.forEach(({ row, fields }, n) => {
    const why = off.get(n);
    if (why) faults.push({ row, column: "lon", reason: why, value: `${fields.lon}, ${fields.lat}` });
    else accepted.push(storedOf(fields, { lon: placed.lon[n]!, lat: placed.lat[n]! }, map));
  });
  return {
    accepted,
    faults: faults.sort((a, b) => a.row - b.row),
    points: { lon: Float64Array.from(points, ([lon]) => lon), lat: Float64Array.from(points, ([, lat]) => lat) },
  };
}

function offStreets({ unsnapped }: SnapReport): ReadonlyMap<number, QuarantineReason> {
  return new Map(
    unsnapped.map(({ point, why }) => [point, why === "too-far" ? "off-the-streets" : "behind-barrier"] as const),
  );
}

const stepWords = new Map<string, boolean | null>([
  ["yes", true],
  ["no", false],
  ["", null],
]);

function plainFaults(fields: RegisterRow, { towns }: PlacesMap): Pick<Fault, "column" | "reason">[] {
  const faults: Pick<Fault, "column" | "reason">[] = [];
  const check = (column: RegisterColumn, isFaulty: boolean, reason: QuarantineReason) => {
    if (isFaulty && !faults.some((fault) => fault.column === column)) faults.push({ column, reason });
  };
  for (const column of ["code", "kind", "name_zh", "lon", "lat"] as const)
    check(column, fields[column] === "", "value-missing");
  check("kind", !kinds.has(fields.kind), "kind-unknown");
  check("town", fields.town !== "" && !towns.some(({ code }) => code === fields.town), "town-unknown");
  check("lon", degreesOf(fields) === undefined, "not-degrees");
  for (const column of ["floor_m2", "capacity"] as const)
    check(
      column,
      fields[column] !== "" && !(Number(fields[column]) >= 0 && Number.isFinite(Number(fields[column]))),
      "not-a-number",
    );
  check(
    "opening_hours",
    fields.opening_hours !== "" && faultOfHours(fields.opening_hours) !== undefined,
    "hours-unreadable",
  );
  check("step_free", !stepWords.has(fields.step_free), "value-unknown");
  check("state", fields.state !== "" && !states.some((state) => state === fields.state), "value-unknown");
  return faults;
}

function degreesOf({ lon, lat }: RegisterRow): readonly [number, number] | undefined {
  const [x, y] = [Number(lon), Number(lat)];
  return lon !== "" && lat !== "" && Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : undefined;
}

function storedOf(fields: RegisterRow, at: { lon: number; lat: number }, map: PlacesMap): CheckedFacility {
  const number = (text: string) => (text === "" ? null : Number(text));
  const orNull = (text: string) => (text === "" ? null : text);
  return {
    code: fields.code,
    kind: fields.kind,
    name_zh: fields.name_zh,
    name_en: fields.name_en || fields.name_zh,
    town: fields.town || nearestTown(at, map),
    ...at,
    functions: fields.functions,
    floor_m2: number(fields.floor_m2),
    capacity: number(fields.capacity),
    capacity_unit: orNull(fields.capacity_unit),
    opening_hours: orNull(fields.opening_hours),
    step_free: stepWords.get(fields.step_free) ?? null,
    operator: orNull(fields.operator),
    state: states.find((state) => state === fields.state) ?? "open",
  };
}

/** The town whose middle is nearest, where the register names none. */
function nearestTown({ lon, lat }: { lon: number; lat: number }, { towns }: PlacesMap): string {
  const far = ({ point: [x, y] }: PlacesMap["towns"][number]) =>
    ((x - lon) * Math.cos((lat * Math.PI) / 180)) ** 2 + (y - lat) ** 2;
  return towns.reduce((best, town) => (far(town) < far(best) ? town : best)).code;
}
