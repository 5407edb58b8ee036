export { ReportError } from "./report/report-error.ts";
export { freezeSnapshot, type ReportSnapshot, readSnapshot, type SnapshotContent } from "./report-snapshot.ts";
