export { type Catalogue, openCatalogue } from "./catalogue.ts";
export { listRoutes } from "./routes.ts";
export { createRulebooks, type Rulebooks } from "./rulebooks.ts";
