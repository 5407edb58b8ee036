import { afterAll, beforeAll, expect, test } from "vitest";
import { type FacilitiesApp, openFacilitiesApp } from "../../testing/facilities-app.ts";
import { registerOf } from "../../testing/small-map.ts";

let city: FacilitiesApp;
beforeAll(async () => {
  // Markets at 400 m (with steps) and 2,500 m (without) on the northern street, and one that is closed.
  const register = registerOf(
    ["m1", "market", 400, 10, "900", "24/7", "no"],
    ["m2", "market", 2500, 10],
    ["m3", "market", 2400, 10, "900", "24/7", "yes", "closed"],
  );
  city = await openFacilitiesApp(register);
});
afterAll(() => city?.close());

const of = async (code: string, query = "") => (await city.get(`/facilities/${code}/catchment${query}`)).json;
const everyone = (page: { groups: { group: string }[] }) => page.groups.find(({ group }) => group === "everyone");

test("everybody walks to the nearest open market: A and, over the steps, C to m1, B to m2", async () => {
  // A walks 430 m, C 1,830: (100 x 430 + 50 x 1,830) / 150 at 60 m a minute. B walks 500 m and two doors, 30 m.
  const near = await of("m1");
  expect(near).toMatchObject({ counted: true, blocks: 2, farthestMetres: 1830 });
  expect(everyone(near)).toMatchObject({ people: 150, minutes: Math.round((10 * (43_000 + 91_500)) / 150 / 60) / 10 });
  expect(everyone(await of("m2"))).toMatchObject({ people: 80, minutes: 8.8 });
});

test("without steps m2 serves all, C by the bridge at 3,000 m; what is closed, or has steps, is counted for nobody", async () => {
  const all = await of("m2", "?stepFree=true");
  expect(everyone(all)).toMatchObject({ people: 230 });
  expect(all.farthestMetres).toBe(20 + 3000 + 200 + 500 + 10);
  const nobody = { counted: false, blocks: 0, farthestMetres: null, groups: [] };
  expect(await of("m1", "?stepFree=true")).toEqual(nobody);
  expect(await of("m3")).toEqual(nobody);
  expect((await of("m9")).code).toBe("PLACES-PLACE-UNKNOWN");
});
