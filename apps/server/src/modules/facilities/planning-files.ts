import type { Workbook } from "exceljs";
import type { PlacesMap } from "./places-map.ts";
import { placeColumns, planBook, planCollection, planOf, type Say } from "./plan-frame.ts";
import type { PlanningPlan, PlanningRun } from "./planning-model.ts";

/** What a plan does, as GeoJSON points. @throws {Problem} PLACES-RUN-NOT-ENDED */
export function mixGeojson(run: PlanningRun, map: PlacesMap): object {
  const points = planOf(run).years.flatMap(({ year, deeds }) =>
    deeds.map(({ site, name, street, point, deed, kinds, costFen, people }) => ({
      point,
      properties: {
        year,
        code: site,
        deed,
        kinds: kinds.map(({ code }) => code).join(";"),
        name_zh: name.zh,
        name_en: name.en,
        town: street.code,
        cost_fen: costFen,
        people_newly_near: people,
      },
    })),
  );
  return planCollection(run, map, { title: run.area.name.zh, points });
}

/** Deeds in the reader's language. */
const deedWords = {
  zh: { extend: "扩建", convert: "改建闲置用房", close: "关闭", build: "新建" },
  en: { extend: "extend", convert: "convert vacant premises", close: "close", build: "build" },
} as const;

/** A plan as a workbook: what to do when, money and people by year, and how sure it is. @throws {Problem} PLACES-RUN-NOT-ENDED */
export async function mixXlsx(run: PlanningRun, map: PlacesMap, language: "zh" | "en"): Promise<Buffer> {
  const plan = planOf(run);
  return planBook(run, map, {
    language,
    fill(book, say) {
      const place = placeColumns(say);
      const deeds = book.addWorksheet(say("做什么", "Deeds"));
      deeds.columns = [
        { header: say("年份", "Year"), key: "year", width: 8 },
        { header: say("做法", "Deed"), key: "deed", width: 22 },
        place.name,
        place.street,
        { header: say("之后的设施", "Holds afterwards"), key: "kinds", width: 36 },
        { header: say("一次性费用（元）", "Cost (yuan)"), key: "cost", width: 16, style: { numFmt: "#,##0.00" } },
        { header: say("新进入步行范围的人数", "People newly within reach"), key: "people", width: 18 },
        place.lon,
        place.lat,
      ];
      const money = book.addWorksheet(say("逐年", "Years"));
      money.columns = [
        { header: say("年份", "Year"), key: "year", width: 8 },
        { header: say("设施", "Kind"), key: "kind", width: 26 },
        { header: say("服务人数", "People served"), key: "served", width: 14 },
        { header: say("应服务人数", "People who need it"), key: "people", width: 18 },
        {
          header: say("当年支出（元）", "Spent that year (yuan)"),
          key: "spent",
          width: 20,
          style: { numFmt: "#,##0.00" },
        },
        { header: say("当年预算（元）", "Budget (yuan)"), key: "budget", width: 20, style: { numFmt: "#,##0.00" } },
      ];
      for (const { year, deeds: done, served, spentFen, budgetFen } of plan.years) {
        for (const { deed, name, street, kinds, costFen, people, point } of done) {
          deeds.addRow({
            year,
            deed: deedWords[language][deed],
            name: name[language],
            street: street.name[language],
            kinds: kinds.map((kind) => kind.name[language]).join("; "),
            cost: costFen / 100,
            people,
            lon: point[0],
            lat: point[1],
          });
        }
        const budget = budgetFen === null ? say("不限", "none") : budgetFen / 100;
        for (const { served: reached, people, kind } of served)
          money.addRow({ year, kind: kind.name[language], served: reached, people, spent: spentFen / 100, budget });
      }
      if (plan.front) fillFront(book, say, plan.front);
    },
    about: (say) => aboutOf(run, say),
  });
}

/** Every plan of the front, cheapest first. */
function fillFront(book: Workbook, say: Say, { points, isWhole }: NonNullable<PlanningPlan["front"]>): void {
  const sheet = book.addWorksheet(say("最优前沿", "Front"));
  sheet.columns = [
    { header: say("造价与运行费（元）", "Cost (yuan)"), key: "cost", width: 20, style: { numFmt: "#,##0.00" } },
    { header: say("目标值", "Value of the aim"), key: "value", width: 16 },
    { header: say("界", "Bound"), key: "bound", width: 16 },
    { header: say("已证明最优", "Proved"), key: "proved", width: 12 },
    { header: say("做几处", "Places changed"), key: "deeds", width: 14 },
  ];
  for (const { costFen, value, bound, status, isCheapest, years } of points) {
    const proved = status === "optimal" && isCheapest ? say("是", "yes") : say("否", "no");
    const deeds = years.reduce((sum, year) => sum + year.deeds.length, 0);
    sheet.addRow({ cost: costFen / 100, value, bound, proved, deeds });
  }
  const others = isWhole
    ? say("已证明没有别的最优方案", "Proved: there is no other such plan")
    : say("之间可能还有别的方案", "There may be others between");
  sheet.addRow([others]);
}

function aboutOf(run: PlanningRun, say: Say) {
  const { considered, kept } = planOf(run);
  const { area, kinds, request } = run;
  const { leastPeople, mostPeople, branch, together } = request;
  const named = (code: string) => {
    const name = kinds.find((kind) => kind.code === code)?.name;
    return name ? say(name.zh, name.en) : code;
  };
  return {
    of: [
      [say("范围", "Area"), say(area.name.zh, area.name.en)],
      [say("设施", "Kinds"), kinds.map(({ code }) => named(code)).join("; ")],
    ] as const,
    considered: [
      [
        say("现有/闲置/新建候选", "Today, vacant, new sites"),
        `${considered.today} / ${considered.vacant} / ${considered.fresh}`,
      ],
      [say("保留不动", "Kept as they are"), kept],
      [say("面积不明（不计运行费）", "Floor unknown (no running costs)"), considered.floorUnknown],
      [say("单价(分/平方米)", "Prices (fen a m²)"), JSON.stringify(request.costs)],
      [say("新建改建的每处至少服务（人）", "Least people of a new or changed place"), leastPeople ?? "—"],
      [say("每处至多服务（人）", "Most people of a place"), mostPeople ?? "—"],
      [
        say("分馆与总馆", "Branch and main"),
        branch ? `${named(branch.kind)} → ${named(branch.main)} (${branch.withinMetres} m)` : "—",
      ],
      [
        say("合建", "Under one roof"),
        together
          ? `≥ ${together.atLeast}, ${together.core.map(named).join("/") || "—"} ≥ ${together.coreAtLeast}, ≥ ${together.floorM2} m²`
          : "—",
      ],
      [say("标准", "Standard"), request.standard],
    ] as const,
  };
}
