export { decomposeLakeGini, type LakeInequality, measureLakeInequality, readGroupSums } from "./lake-inequality.ts";
export { readTable, writeTables } from "./lake-table.ts";
export { newestRun } from "./newest-run.ts";
export { type CockpitHouse, createCockpitHouse, type RunToRead } from "./open-cockpit.ts";
export { annualTemplate, createReportMaker, type MadeReport, type ReportMaker } from "./report/make-report.ts";
export { ReportError } from "./report/report-error.ts";
export { freezeSnapshot, type ReportSnapshot, readSnapshot, type SnapshotContent } from "./report-snapshot.ts";
export { indicatorRoutes } from "./routes.ts";
