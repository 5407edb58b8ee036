export { openCodeKey } from "./code-key.ts";
export { formRoutes } from "./form-routes.ts";
export { openCases } from "./open-cases.ts";
export { caseRoutes } from "./routes.ts";
export type { Cases } from "./seams.ts";
