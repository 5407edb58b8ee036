/** A table as CSV (RFC 4180), with a byte-order mark so that spreadsheet programs read it as UTF-8. */
export function csvText(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.join(","), ...rows.map((row) => row.map(cell).join(","))];
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

/** A text that a spreadsheet would take for a formula is kept a text by a leading apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
