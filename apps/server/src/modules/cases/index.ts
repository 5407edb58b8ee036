export { openCases } from "./open-cases.ts";
export { caseRoutes } from "./routes.ts";
