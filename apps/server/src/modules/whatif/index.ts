export { whatifRoutes } from "./routes.ts";
export { createSavedStore } from "./saved-store.ts";
export { createWhatif } from "./whatif.ts";
