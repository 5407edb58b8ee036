/** A table to be written: a row of names, then rows of cells; null is an empty cell. */
export interface ExportTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
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
