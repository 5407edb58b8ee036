/** Refusals of the indicators module; docs/errors.md tells of them. */
export const indicatorProblems = {
  "COCKPIT-EMPTY": { status: 404, title: { zh: "还没有指标目录", en: "There is no catalogue of indicators" } },
  "COCKPIT-INDICATOR-UNKNOWN": { status: 404, title: { zh: "没有这个指标", en: "No such indicator" } },
  "COCKPIT-AREA-UNKNOWN": { status: 404, title: { zh: "没有这个地区", en: "No such area" } },
  "COCKPIT-INDEX-UNKNOWN": { status: 404, title: { zh: "没有这个指数", en: "No such index" } },
  "COCKPIT-YEAR-UNKNOWN": { status: 404, title: { zh: "没有这一年的数据", en: "No data of this year" } },
  "COCKPIT-ALARM-UNKNOWN": { status: 404, title: { zh: "没有这条预警", en: "No such alarm" } },
  "COCKPIT-ACTION-UNKNOWN": { status: 404, title: { zh: "没有这项任务", en: "No such action" } },
  "COCKPIT-SNAPSHOT-UNKNOWN": { status: 404, title: { zh: "没有这份快照", en: "No such snapshot" } },
  "COCKPIT-BATCH-UNKNOWN": { status: 404, title: { zh: "没有这次导入", en: "No such import" } },
  "COCKPIT-STATE-CLOSED": { status: 409, title: { zh: "目前不能这样改", en: "This change is not possible now" } },
  "COCKPIT-DUE-PAST": { status: 400, title: { zh: "期限已过", en: "The due date has passed" } },
  "COCKPIT-FILE-UNREADABLE": { status: 400, title: { zh: "文件读不出来", en: "The file cannot be read" } },
  "COCKPIT-FILE-COLUMNS": { status: 400, title: { zh: "文件缺少列", en: "The file lacks columns" } },
  "COCKPIT-FILE-EMPTY": { status: 400, title: { zh: "文件没有数据行", en: "The file has no rows" } },
  "COCKPIT-FILE-KNOWN": { status: 409, title: { zh: "这个文件已导入过", en: "The file was imported before" } },
  "COCKPIT-REPORT-REFUSED": { status: 409, title: { zh: "报告未能生成", en: "The report is not made" } },
} as const;
