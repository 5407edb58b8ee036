import type { Blocking } from "@qingdan/reach";
import type { Worksheet } from "exceljs";
import type { PlacesMap } from "./places-map.ts";
import { placeColumns, planBook, planCollection, planOf, type Say } from "./plan-frame.ts";
import type { SitingPlan, SitingRun } from "./siting-model.ts";

/** What keeps a block uncovered, in the reader's language. */
const blockingWords: Readonly<Record<"zh" | "en", Readonly<Record<Blocking, string>>>> = {
  zh: {
    "off-network": "离街道太远",
    "no-candidate": "没有可用的点位",
    distance: "所有点位都太远",
    budget: "预算不够",
    "cost-unknown": "造价不明",
    "not-chosen": "点位够近，但数量已用完",
  },
  en: {
    "off-network": "too far from a street",
    "no-candidate": "no usable site",
    distance: "every site is too far",
    budget: "beyond the budget",
    "cost-unknown": "cost unknown",
    "not-chosen": "a site is near enough, but the number is used up",
  },
};

/** A siting plan as GeoJSON points. @throws {Problem} PLACES-RUN-NOT-ENDED */
export function planGeojson(run: SitingRun, map: PlacesMap): object {
  const points = planOf(run).sites.map(({ code, name, street, point, people, clauses, runnerUp }, n) => ({
    point,
    properties: {
      number: n + 1,
      code,
      kind: run.kind.code,
      name_zh: name.zh,
      name_en: name.en,
      town: street.code,
      people_gained: people,
      clauses: clauses.join(";"),
      runner_up: runnerUp?.name.zh ?? null,
    },
  }));
  return planCollection(run, map, { title: run.kind.name.zh, points });
}

/** A siting plan as a workbook: the sites, who gains, and how sure it is. @throws {Problem} PLACES-RUN-NOT-ENDED */
export async function planXlsx(run: SitingRun, map: PlacesMap, language: "zh" | "en"): Promise<Buffer> {
  const plan = planOf(run);
  return planBook(run, map, {
    language,
    fill(book, say) {
      const place = placeColumns(say);
      const sites = book.addWorksheet(say("点位", "Sites"));
      sites.columns = [
        { header: say("序号", "No."), key: "number", width: 6 },
        place.name,
        place.street,
        place.lon,
        place.lat,
        { header: say("新增覆盖人数", "People newly covered"), key: "people", width: 14 },
        { header: say("依据条款", "Clauses"), key: "clauses", width: 16 },
        { header: say("备选点位", "Runner-up"), key: "runnerUp", width: 30 },
        { header: say("改用备选少覆盖人数", "People the runner-up would lose"), key: "loses", width: 18 },
      ];
      plan.sites.forEach(({ name, street, point: [lon, lat], people, clauses, runnerUp }, n) => {
        sites.addRow({
          number: n + 1,
          name: name[language],
          street: street.name[language],
          lon,
          lat,
          people,
          clauses: clauses.join("; "),
          runnerUp: runnerUp?.name[language] ?? "",
          loses: runnerUp?.loses ?? "",
        });
      });
      const gains = book.addWorksheet(say("受益人群", "Who gains"));
      gains.columns = [
        { header: say("点位", "Site"), key: "site", width: 36 },
        { header: say("要求", "Requirement"), key: "label", width: 26 },
        { header: say("条款", "Clause"), key: "clause", width: 14 },
        { header: say("人群", "Group"), key: "group", width: 14 },
        place.street,
        place.people,
      ];
      for (const { name, gains: own } of plan.sites) {
        for (const { label, clause, group, street, people } of own) {
          const at = street.name[language];
          gains.addRow({ site: name[language], label: label[language], clause, group, street: at, people });
        }
      }
      if (plan.front) fillFront(book.addWorksheet(say("最优前沿", "Front")), plan.front, { language, say });
      const left = book.addWorksheet(say("仍未覆盖", "Still uncovered"));
      left.columns = [
        { header: say("街坊", "Block"), key: "block", width: 30 },
        place.street,
        place.people,
        { header: say("原因", "Why"), key: "why", width: 30 },
        { header: say("到最近设施（米）", "Metres to the nearest place"), key: "metres", width: 18 },
        { header: say("到最近候选点（米）", "Metres to the nearest candidate"), key: "candidate", width: 18 },
      ];
      for (const { block, street, people, why, metres, candidateMetres } of plan.uncovered.largest ?? []) {
        left.addRow({
          block: block.name[language],
          street: street.name[language],
          people,
          why: blockingWords[language][why as Blocking] ?? why,
          metres: metres ?? "",
          candidate: candidateMetres ?? "",
        });
      }
    },
    about: (say) => ({
      of: [
        [say("设施", "Facility"), run.kind.name[language]],
        [say("范围", "Area"), run.area?.name[language] ?? map.name[language]],
      ],
      considered: [
        [
          say("候选点位(考虑/全部)", "Candidates (considered of all)"),
          `${plan.candidates.considered} / ${plan.candidates.of}`,
        ],
        [
          say("覆盖人数(前 → 后 / 应覆盖)", "Covered (before → after of)"),
          `${plan.covered.before} → ${plan.covered.after} / ${plan.covered.of}`,
        ],
        [say("指数（前 → 后）", "Index (before → after)"), `${plan.index.before} → ${plan.index.after}`],
      ],
    }),
  });
}

/** Plans of which none betters another, a row each. */
function fillFront(
  sheet: Worksheet,
  front: NonNullable<SitingPlan["front"]>,
  { language, say }: { readonly language: "zh" | "en"; readonly say: Say },
): void {
  sheet.columns = [
    { header: say("处数", "Places"), key: "count", width: 8 },
    { header: say("造价（元）", "Cost (yuan)"), key: "yuan", width: 16, style: { numFmt: "#,##0" } },
    { header: say("覆盖人数", "People covered"), key: "covered", width: 14 },
    { header: say("最远者平均距离（米）", "Mean metres of the worst off"), key: "tail", width: 22 },
    { header: say("结论", "Status"), key: "status", width: 12 },
    { header: say("证明界", "Proven bound"), key: "bound", width: 14 },
    { header: say("差距", "Gap"), key: "gap", width: 10, style: { numFmt: "0.00%" } },
    { header: say("点位", "Sites"), key: "sites", width: 80 },
  ];
  for (const { sites, count, costFen, covered, tail, status, bound, gap } of front) {
    const names = sites.map(({ name }) => name[language]).join("; ");
    sheet.addRow({
      count,
      yuan: costFen == null ? "" : costFen / 100,
      covered,
      tail,
      status,
      bound,
      gap,
      sites: names,
    });
  }
}
