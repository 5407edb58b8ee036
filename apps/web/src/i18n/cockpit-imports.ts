/** Words of importing figures, spread into those of the cockpit. */
export const zh = {
  importsTitle: "导入指标数据",
  importsLead:
    "CSV(UTF-8)或 XLSX，列名 indicator, area, period, numerator, denominator, value。写错的行进隔离表并注明原因，其余照收；后一次导入覆盖前一次。",
  file: "文件",
  upload: "导入",
  accepted: "已收",
  quarantined: "隔离",
  rows: "行数",
  quarantine: "隔离的行",
  row: "行",
  column: "列",
  reason: "原因",
  noImports: "还没有导入过。",
};

export const en: typeof zh = {
  importsTitle: "Import figures",
  importsLead:
    "CSV (UTF-8) or XLSX with the columns indicator, area, period, numerator, denominator, value. Wrong rows are quarantined with their reason, the others taken; a later import stands before an earlier one.",
  file: "File",
  upload: "Import",
  accepted: "Accepted",
  quarantined: "Quarantined",
  rows: "Rows",
  quarantine: "Quarantined rows",
  row: "Row",
  column: "Column",
  reason: "Reason",
  noImports: "Nothing was imported yet.",
};
