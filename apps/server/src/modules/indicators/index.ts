export { readTable, writeTables } from "./lake-table.ts";
export { ReportError } from "./report/report-error.ts";
export { freezeSnapshot, type ReportSnapshot, readSnapshot, type SnapshotContent } from "./report-snapshot.ts";
