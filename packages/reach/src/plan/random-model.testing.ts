import type { PlanningModel, SiteOption } from "./planning-model.ts";

/** Three sites, two services, two years, four blocks; whatever can be switched is, at random. */
export function randomModel(random: () => number): PlanningModel {
  const some = <T>(share: number, value: T): T | undefined => (random() < share ? value : undefined);
  const whole = (most: number) => Math.floor(random() * (most + 1));
  const only = <T extends object>(parts: T) =>
    Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== undefined)) as {
      [K in keyof T]: Exclude<T[K], undefined>;
    };
  const use = (id: string) =>
    only({ service: id, places: some(0.5, 10 + whole(60)), floorM2: some(0.5, 20 + whole(80)) });
  const services = ["main", "branch"].map((id, n) =>
    only({
      id,
      group: n === 0 ? ("everyone" as const) : ("age60up" as const),
      withinMetres: 300 + whole(500),
      m2PerThousand: some(0.4, 800 + whole(800)),
      people: some(0.5, only({ least: some(0.5, whole(25)), most: some(0.5, 25 + whole(60)) })),
      main: n === 1 ? some(0.6, { service: "main", withinMetres: 300 + whole(700) }) : undefined,
      weight: some(0.3, 1 + whole(2)),
      leastShare: some(0.2, random() / 2),
    }),
  );
  const option = (n: number): SiteOption =>
    only({
      id: `o${n}`,
      deed: "build" as const,
      functions: services.flatMap(({ id }) =>
        random() < 0.7 ? [only({ ...use(id), optional: some(0.5, true), costFen: some(0.5, whole(5)) })] : [],
      ),
      costFen: whole(10),
      yearlyFen: some(0.5, whole(3)),
      floorM2: some(0.4, 80 + whole(100)),
      addsFloorM2: some(0.5, whole(100)),
      fromYear: some(0.3, 2027),
      together: some(0.2, { floorM2: 100, atLeast: 1 + whole(1), core: ["main"], coreAtLeast: whole(1) }),
    });
  const sites = Array.from({ length: 3 }, (_, j) =>
    only({
      id: `s${j}`,
      now: some(0.4, only({ functions: [use(services[whole(1)]!.id)], yearlyFen: some(0.5, whole(4)) })),
      options: Array.from({ length: whole(2) }, (_, n) => option(n)),
    }),
  );
  const blocks = Array.from({ length: 4 }, (_, i) => ({
    code: `b${i}`,
    street: `s${i % 2}`,
    people: only({ everyone: whole(40), age60up: some(0.9, whole(20)) }),
  }));
  return only({
    services,
    sites,
    blocks,
    metres: Float64Array.from({ length: 12 }, () => (random() < 0.1 ? Infinity : whole(1000))),
    siteMetres: Float64Array.from({ length: 9 }, (_, n) => (n % 4 === 0 ? 0 : 200 + whole(800))),
    years: [2026, 2027].map((year) => only({ year, budgetFen: some(0.8, whole(22)) })),
    carryOver: some(0.4, true),
    newFloorM2: some(0.3, whole(150)),
    noneLoses: some(0.3, true),
    todayMayStay: some(0.4, true),
    aims: some(0.3, ["cost", "people"] as const),
  });
}
