export { type Catalogue, openCatalogue } from "./catalogue.ts";
export { listRoutes } from "./routes.ts";
export { createRulebooks, type Rulebooks } from "./rulebooks.ts";
export { createStudio } from "./studio.ts";
export { type StudioGuard, studioRoutes } from "./studio-routes.ts";
export { versionRoutes } from "./version-routes.ts";
export { createVersionStore } from "./version-store.ts";
