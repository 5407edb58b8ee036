export type { CaseState, Opening } from "./case-state.ts";
export { openCodeKey } from "./code-key.ts";
export { formRoutes } from "./form-routes.ts";
export { openCases } from "./open-cases.ts";
export { keyOf, madeBefore } from "./request-key.ts";
export { caseRoutes } from "./routes.ts";
export { ruledByRun } from "./ruling.ts";
export type { Cases } from "./seams.ts";
export { writeDeeds, writeOpenings } from "./write-many.ts";
