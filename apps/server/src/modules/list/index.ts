export { openCatalogue } from "./catalogue.ts";
export { listRoutes } from "./routes.ts";
export { createRulebooks } from "./rulebooks.ts";
