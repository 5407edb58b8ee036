import type { Workbook, Worksheet } from "exceljs";
import { Problem } from "../../problem.ts";
import type { PlacesMap } from "./places-map.ts";
import type { SitingRun } from "./siting-model.ts";

/** What the plans of both sorts of runs have. */
interface Proved {
  readonly status: string;
  readonly value: number | null;
  readonly bound: number | null;
  readonly gap: number | null;
}

interface PlannedRun<Plan extends Proved> extends Pick<SitingRun, "id" | "inputs" | "startedAt"> {
  readonly plan: Plan | null;
}

export type Say = (zh: string, en: string) => string;

/** Columns of a place, alike in the sheets of both sorts of plan. */
export const placeColumns = (say: Say) => ({
  name: { header: say("名称", "Name"), key: "name", width: 36 },
  street: { header: say("街镇", "Street office or town"), key: "street", width: 22 },
  lon: { header: say("经度", "Longitude"), key: "lon", width: 14 },
  lat: { header: say("纬度", "Latitude"), key: "lat", width: 14 },
  people: { header: say("人数", "People"), key: "people", width: 10 },
});

/** The plan of a run. @throws {Problem} PLACES-RUN-NOT-ENDED */
export function planOf<Plan extends Proved>({ plan, id }: PlannedRun<Plan>): Plan {
  if (plan) return plan;
  throw new Problem("PLACES-RUN-NOT-ENDED", { zh: `${id} 还没有方案`, en: `${id} has no plan yet` });
}

/** A point of a plan with what is told about it. */
export interface PlanPoint {
  readonly point: readonly [number, number];
  readonly properties: Readonly<Record<string, string | number | null>>;
}

/** A plan as GeoJSON points, with how sure it is and what went in. @throws {Problem} PLACES-RUN-NOT-ENDED */
export function planCollection(
  run: PlannedRun<Proved>,
  map: PlacesMap,
  { title, points }: { readonly title: string; readonly points: readonly PlanPoint[] },
): object {
  const { status, value, bound, gap } = planOf(run);
  return {
    type: "FeatureCollection",
    name: `${title} ${run.startedAt.slice(0, 10)}`,
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
    features: points.map(({ point, properties }) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: point },
      properties,
    })),
  };
}

type AboutRow = readonly [string, string | number | null];

export interface BookParts {
  readonly language: "zh" | "en";
  readonly fill: (book: Workbook, say: Say) => void;
  /** What the last sheet tells first: about what the plan is; then, beside how sure it is, what was looked at. */
  readonly about: (say: Say) => { readonly of: readonly AboutRow[]; readonly considered: readonly AboutRow[] };
}

/** A plan as a workbook, whose last sheet tells how sure it is and what went in. @throws {Problem} PLACES-RUN-NOT-ENDED */
export async function planBook(
  run: PlannedRun<Proved>,
  map: PlacesMap,
  { language, fill, about }: BookParts,
): Promise<Buffer> {
  const plan = planOf(run);
  const say: Say = (zh, en) => (language === "zh" ? zh : en);
  const { default: ExcelJS } = await import("exceljs");
  const book = new ExcelJS.Workbook();
  book.created = new Date(run.startedAt);
  fill(book, say);
  for (const sheet of book.worksheets) sheet.getRow(1).font = { bold: true };
  const last: Worksheet = book.addWorksheet(say("说明", "About"));
  last.columns = [{ width: 30 }, { width: 70 }];
  const { of, considered } = about(say);
  const proof: readonly AboutRow[] = [
    [say("结论（就考虑的点位而言）", "Status (of the sites considered)"), plan.status],
    [say("目标值", "Value"), plan.value],
    [say("证明界", "Proven bound"), plan.bound],
    [say("差距", "Gap"), plan.gap],
  ];
  const source: readonly AboutRow[] = [
    [say("数据日期", "Data of"), map.date],
    [say("坐标系", "Datum"), map.fictitious ? say("WGS 84，虚构地图", "WGS 84, invented map") : "WGS 84"],
    [say("审图号", "Map review number"), map.mapReview ?? say("无：平地底图", "none: plain ground")],
    [say("输入指纹", "Inputs"), JSON.stringify(run.inputs)],
  ];
  last.addRows([...of, ...proof, ...considered, ...source].map((row) => [...row]));
  return Buffer.from(await book.xlsx.writeBuffer());
}
