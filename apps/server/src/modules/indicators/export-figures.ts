import { within } from "./area-tree.ts";
import { type Cockpit, trackAt } from "./cockpit.ts";
import type { ReportSnapshot } from "./report-snapshot.ts";
import type { ExportTable } from "./write-table.ts";

/** Figures of an area and those directly below, with the parts from which every total can be computed again. */
export function figuresTable(cockpit: Cockpit, at: number, year: number): ExportTable {
  const areas = [at, ...within(cockpit.tree, at).filter((area) => cockpit.tree.areas[area]!.parent === at)];
  const rows = [...cockpit.indicators.values()].flatMap(({ code, name, unit }) =>
    areas.map((area) => {
      const { figure, target, track } = trackAt(cockpit, code, area, year);
      const place = cockpit.tree.areas[area]!;
      return [
        code,
        name.zh,
        name.en,
        place.code,
        place.name.zh,
        place.name.en,
        figure.year,
        figure.numerator,
        figure.denominator,
        figure.value,
        unit.zh,
        figure.low,
        figure.high,
        figure.suppressed ?? (figure.value === null ? "missing" : "ok"),
        figure.origins.join(" "),
        target ? `${target.plan} ${target.comparison} ${target.value ?? 100}` : "",
        track.status,
        cockpit.version,
      ];
    }),
  );
  return { name: `qingdan-indicators-${cockpit.tree.areas[at]!.code}-${year}`, columns: FIGURES, rows };
}

const FIGURES = [
  "indicator",
  "name_zh",
  "name_en",
  "area",
  "area_zh",
  "area_en",
  "period",
  "numerator",
  "denominator",
  "value",
  "unit",
  "low",
  "high",
  "state",
  "origin",
  "target",
  "status",
  "version",
] as const;

/** All figures of a snapshot. */
export function snapshotTable({ hash, indicators, areas, values }: ReportSnapshot): ExportTable {
  const indicatorOf = new Map(indicators.map((indicator) => [indicator.code, indicator]));
  const areaOf = new Map(areas.map((area) => [area.code, area]));
  return {
    name: `qingdan-snapshot-${hash.slice(0, 12)}`,
    columns: [
      "indicator",
      "name_zh",
      "name_en",
      "area",
      "area_zh",
      "area_en",
      "period",
      "value",
      "unit",
      "low",
      "high",
      "state",
      "snapshot",
    ],
    rows: values.map(({ indicator, area, period, value, low, high, status }) => {
      const [what, where] = [indicatorOf.get(indicator), areaOf.get(area)];
      return [
        indicator,
        what?.name.zh ?? "",
        what?.name.en ?? "",
        area,
        where?.name.zh ?? "",
        where?.name.en ?? "",
        period,
        value,
        what?.unit.zh ?? "",
        low ?? null,
        high ?? null,
        status,
        hash,
      ];
    }),
  };
}
