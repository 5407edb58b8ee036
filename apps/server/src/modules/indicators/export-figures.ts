import { within } from "./area-tree.ts";
import { type Cockpit, trackAt } from "./cockpit.ts";
import type { ReportSnapshot } from "./report-snapshot.ts";

/** A table to be written: a row of names, then rows of cells; null is an empty cell. */
export interface ExportTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

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

/** A table as CSV (RFC 4180), with a byte-order mark so that spreadsheet programs read it as UTF-8. */
export function writeCsv({ columns, rows }: ExportTable): string {
  const lines = [columns, ...rows].map((row) => row.map(cell).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

/** A text that a spreadsheet would take for a formula is kept a text by a leading apostrophe. */
function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as XLSX: one sheet, the first row stays in sight. */
export async function writeXlsx({ columns, rows }: ExportTable): Promise<Buffer> {
  const { default: ExcelJS } = await import("exceljs");
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet("figures", { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.addRow([...columns]).font = { bold: true };
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
