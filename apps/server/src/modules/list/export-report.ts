import { csvText } from "./csv-text.ts";
import type { CheckReportPage } from "./studio-model.ts";

const columns = [
  "severity",
  "kind",
  "code",
  "list",
  "file",
  "line",
  "column",
  "item",
  "parameter",
  "message_zh",
  "hint_zh",
  "message_en",
  "hint_en",
] as const;

/** The report as CSV, one line a finding. */
export function exportReport({ findings }: CheckReportPage): string {
  return csvText(
    columns,
    findings.map(({ severity, kind, code, list, file, line, column, item, parameter, message, hint }) => [
      severity,
      kind,
      code,
      list,
      file,
      String(line),
      String(column),
      item ?? "",
      parameter ?? "",
      message.zh,
      hint.zh,
      message.en,
      hint.en,
    ]),
  );
}
