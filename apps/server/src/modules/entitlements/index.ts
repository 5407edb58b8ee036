export { areasOfPeopleSql, type Lake, openLake } from "./lake.ts";
export { offerRoutes } from "./offers/routes.ts";
export { registerEntry } from "./register-entry.ts";
export { entitlementRoutes } from "./routes.ts";
export type { RunKey } from "./run-folder.ts";
export { type RunOptions, runKey, runList } from "./run-list.ts";
export { type RunRecord, runId } from "./run-record.ts";
export { createRunStore, type RunStore, type RunToRecord, type StoredRun } from "./run-store.ts";
export { engineNames, rowByRowItems } from "./sql-engine.ts";
