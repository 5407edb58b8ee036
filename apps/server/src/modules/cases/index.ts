export type { CaseState } from "./case-state.ts";
export { openCodeKey } from "./code-key.ts";
export { formRoutes } from "./form-routes.ts";
export { openCases } from "./open-cases.ts";
export { keyOf, madeBefore } from "./request-key.ts";
export { caseRoutes } from "./routes.ts";
export type { Cases } from "./seams.ts";
