import { Problem } from "../../problem.ts";
import type { PlacesMap } from "./places-map.ts";
import type { PlanningPlan, PlanningRun } from "./planning-model.ts";

/** The plan of a run. @throws {Problem} PLACES-RUN-NOT-ENDED */
function planOf({ plan, id }: PlanningRun): PlanningPlan {
  if (plan) return plan;
  throw new Problem("PLACES-RUN-NOT-ENDED", { zh: `${id} 还没有方案`, en: `${id} has no plan yet` });
}

/** What a plan does, as GeoJSON points. @throws {Problem} PLACES-RUN-NOT-ENDED */
export function mixGeojson(run: PlanningRun, map: PlacesMap): object {
  const { years, status, value, bound, gap } = planOf(run);
  return {
    type: "FeatureCollection",
    name: `${run.area.name.zh} ${run.startedAt.slice(0, 10)}`,
    properties: {
      run: run.id,
      inputs: run.inputs,
      datum: "wgs84",
      fictitious: map.fictitious,
      status,
      value,
      bound,
      gap,
    },
    features: years.flatMap(({ year, deeds }) =>
      deeds.map(({ site, name, street, point, deed, kinds, costFen, people }) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: point },
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
    ),
  };
}

/** Deeds in the reader's language. */
const deedWords = {
  zh: { extend: "扩建", convert: "改建闲置用房", close: "关闭", build: "新建" },
  en: { extend: "extend", convert: "convert vacant premises", close: "close", build: "build" },
} as const;

/** A plan as a workbook: what to do when, money and people by year, and how sure it is. @throws {Problem} PLACES-RUN-NOT-ENDED */
export async function mixXlsx(run: PlanningRun, map: PlacesMap, language: "zh" | "en"): Promise<Buffer> {
  const plan = planOf(run);
  const say = (zh: string, en: string) => (language === "zh" ? zh : en);
  const { default: ExcelJS } = await import("exceljs");
  const book = new ExcelJS.Workbook();
  book.created = new Date(run.startedAt);
  const deeds = book.addWorksheet(say("做什么", "Deeds"));
  deeds.columns = [
    { header: say("年份", "Year"), key: "year", width: 8 },
    { header: say("做法", "Deed"), key: "deed", width: 22 },
    { header: say("名称", "Name"), key: "name", width: 36 },
    { header: say("街镇", "Street office or town"), key: "street", width: 22 },
    { header: say("之后的设施", "Holds afterwards"), key: "kinds", width: 36 },
    { header: say("一次性费用（元）", "Cost (yuan)"), key: "cost", width: 16, style: { numFmt: "#,##0.00" } },
    { header: say("新进入步行范围的人数", "People newly within reach"), key: "people", width: 18 },
    { header: say("经度", "Longitude"), key: "lon", width: 14 },
    { header: say("纬度", "Latitude"), key: "lat", width: 14 },
  ];
  const money = book.addWorksheet(say("逐年", "Years"));
  money.columns = [
    { header: say("年份", "Year"), key: "year", width: 8 },
    { header: say("设施", "Kind"), key: "kind", width: 26 },
    { header: say("服务人数", "People served"), key: "served", width: 14 },
    { header: say("应服务人数", "People who need it"), key: "people", width: 18 },
    { header: say("当年支出（元）", "Spent that year (yuan)"), key: "spent", width: 20, style: { numFmt: "#,##0.00" } },
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
    for (const one of served) {
      const budget = budgetFen === null ? say("不限", "none") : budgetFen / 100;
      const { served: reached, people, kind } = one;
      money.addRow({ year, kind: kind.name[language], served: reached, people, spent: spentFen / 100, budget });
    }
  }
  const about = book.addWorksheet(say("说明", "About"));
  about.columns = [{ width: 30 }, { width: 70 }];
  about.addRows(aboutRows(run, plan, map, say));
  for (const sheet of book.worksheets) if (sheet !== about) sheet.getRow(1).font = { bold: true };
  return Buffer.from(await book.xlsx.writeBuffer());
}

function aboutRows(run: PlanningRun, plan: PlanningPlan, map: PlacesMap, say: (zh: string, en: string) => string) {
  const { considered } = plan;
  const { area, kinds, request } = run;
  return [
    [say("范围", "Area"), say(area.name.zh, area.name.en)],
    [say("设施", "Kinds"), kinds.map(({ name }) => say(name.zh, name.en)).join("; ")],
    [say("结论(就考虑的点位而言)", "Status (of the sites considered)"), plan.status],
    [say("目标值", "Value"), plan.value],
    [say("证明界", "Proven bound"), plan.bound],
    [say("差距", "Gap"), plan.gap],
    [
      say("现有/闲置/新建候选", "Today, vacant, new sites"),
      `${considered.today} / ${considered.vacant} / ${considered.fresh}`,
    ],
    [say("保留不动", "Kept as they are"), plan.kept],
    [say("面积不明(不计运行费)", "Floor unknown (no running costs)"), considered.floorUnknown],
    [say("单价(分/平方米)", "Prices (fen a m²)"), JSON.stringify(request.costs)],
    [say("标准", "Standard"), request.standard],
    [say("数据日期", "Data of"), map.date],
    [say("坐标系", "Datum"), map.fictitious ? say("WGS 84,虚构地图", "WGS 84, invented map") : "WGS 84"],
    [say("审图号", "Map review number"), map.mapReview ?? say("无:平地底图", "none: plain ground")],
    [say("输入指纹", "Inputs"), JSON.stringify(run.inputs)],
  ];
}
