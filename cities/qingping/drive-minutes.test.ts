import { expect, it } from "vitest";
import { driveMinutes } from "./drive-minutes.ts";

// A degree of latitude is 111.195 km on the sphere that the roads are measured on: 0.04 degrees are 4,448 m.
const main = { tags: { highway: "secondary" }, points: [[120, 30] as const, [120, 30.04] as const] };
const lane = { tags: { highway: "residential" }, points: [[120, 30.04] as const, [120, 30.06] as const] };
const steps = { tags: { highway: "steps" }, points: [[120, 30.06] as const, [120, 30.07] as const] };
const field = { tags: { highway: "residential" }, points: [[121, 30] as const, [121, 30.01] as const] };
const hospital = (code: string, lat: number) => ({ code, kind: "hospital", at: [120, lat] as const });
const blocks = [
  { code: "near", at: [120, 30] as const },
  { code: "lane", at: [120, 30.06] as const },
  { code: "steps", at: [120, 30.07] as const },
  { code: "island", at: [121, 30] as const },
];

it("a main street is driven at 40 km/h, a lane at 20, nobody drives up steps, and where no road leads there is no way", () => {
  const found = driveMinutes({ roads: [main, lane, steps, field], blocks, places: [hospital("h1", 30)] });
  // 4.448 km at 40 km/h are 6.7 minutes, 2.224 km at 20 km/h as many; 5 at both ends. From the steps cars leave at the lane's end.
  expect(found.map(({ minutes }) => minutes)).toEqual([5, 18.3, 18.3, undefined]);
  expect(found.map(({ place }) => place)).toEqual(["h1", "h1", "h1", undefined]);
});

it("the nearest of several counts; without any there is no way", () => {
  const places = [hospital("h1", 30), hospital("h2", 30.06), { ...hospital("h3", 30.04), kind: "clinic" }];
  const found = driveMinutes({ roads: [main, lane], blocks: blocks.slice(0, 2), places });
  expect(found).toEqual([
    { block: "near", kind: "hospital", place: "h1", minutes: 5 },
    { block: "lane", kind: "hospital", place: "h2", minutes: 5 },
  ]);
  const none = driveMinutes({ roads: [main, lane], blocks: blocks.slice(0, 1), places: [] });
  expect(none).toEqual([{ block: "near", kind: "hospital", place: undefined, minutes: undefined }]);
});
