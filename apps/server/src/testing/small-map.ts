import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const metresPerLat = (Math.PI / 180) * 6_371_008.8;
const metresPerLon = metresPerLat * Math.cos((30.3 * Math.PI) / 180);

/** A point some metres east and north of 123.3 E, 30.3 N, in the open sea. */
export const at = (east: number, north: number): [lon: number, lat: number] => [
  123.3 + east / metresPerLon,
  30.3 + north / metresPerLat,
];

const registerHeader =
  "code,kind,name_zh,name_en,town,lon,lat,functions,floor_m2,capacity,capacity_unit,opening_hours,step_free,operator,state";

/** Lines of a register: code, kind, metres east and north, then floor, hours, step-free and state. */
export const registerOf = (
  ...rows: readonly (readonly [string, string, number, number, string?, string?, string?, string?])[]
): string =>
  [
    registerHeader,
    ...rows.map(([code, kind, east, north, floor = "900", hours = "24/7", steps = "yes", state = "open"]) =>
      [code, kind, `名${code}`, code, "t1", ...at(east, north), "", floor, "", "", hours, steps, "public", state].join(
        ",",
      ),
    ),
  ].join("\n");

const street = (points: readonly (readonly [number, number])[], tags: Readonly<Record<string, string>>) => ({
  type: "Feature",
  properties: tags,
  geometry: { type: "LineString", coordinates: points.map(([east, north]) => at(east, north)) },
});

/**
 * A map of two streets of 3,000 m with a river between them, 50 m south of the northern one. Steps cross it at 1,000 m, a bridge
 * at 3,000 m. Three blocks: A (100 people) and B (80) north, C (50) south.
 */
export async function smallMap(register: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "qingdan-map-"));
  const plain = { highway: "residential" };
  const over = { bridge: "yes", layer: "1" };
  const roads = [
    street(
      [
        [0, 0],
        [1000, 0],
        [3000, 0],
      ],
      plain,
    ),
    street(
      [
        [0, -200],
        [1000, -200],
        [3000, -200],
      ],
      plain,
    ),
    street(
      [
        [1000, 0],
        [1000, -200],
      ],
      { highway: "steps", ...over },
    ),
    street(
      [
        [3000, 0],
        [3000, -200],
      ],
      { ...plain, ...over },
    ),
    street(
      [
        [-500, -50],
        [3500, -50],
      ],
      { waterway: "river" },
    ),
  ];
  const block = (code: string, town: string, place: readonly [number, number], everyone: number) => {
    const [lon, lat] = at(...place);
    const people = { everyone, age0to2: 3, age3to5: 4, age6to11: 6, age12to14: 3, age60up: everyone / 5 };
    return {
      type: "Feature",
      properties: { code, town, name_zh: `街坊${code}`, name_en: `Block ${code}`, lon, lat, ...people },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [lon, lat],
            [lon + 0.001, lat],
            [lon, lat + 0.001],
            [lon, lat],
          ],
        ],
      },
    };
  };
  const blocks = [block("A", "t1", [0, 20], 100), block("B", "t1", [2000, 20], 80), block("C", "t2", [0, -180], 50)];
  const name = { zh: "小城", en: "Small town" };
  const district = { code: "d1", name };
  const about = {
    format: "qingdan-places",
    version: 1,
    id: "small",
    area: "cn-3199",
    name,
    date: "2025-06-01",
    datum: "wgs84",
    fictitious: true,
    mapReview: null,
    towns: [
      { code: "t1", name: { zh: "北街", en: "North Street" }, district, point: at(500, 20) },
      { code: "t2", name: { zh: "南街", en: "South Street" }, district, point: at(500, -180) },
    ],
    files: {},
  };
  const collection = (features: readonly unknown[]) => JSON.stringify({ type: "FeatureCollection", features });
  await writeFile(path.join(folder, "places.json"), JSON.stringify(about));
  await writeFile(path.join(folder, "roads.geojson"), collection(roads));
  await writeFile(path.join(folder, "ground.geojson"), collection([]));
  await writeFile(path.join(folder, "blocks.geojson"), collection(blocks));
  await writeFile(path.join(folder, "facilities.csv"), register);
  return folder;
}
