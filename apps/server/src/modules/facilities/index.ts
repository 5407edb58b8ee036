export { createFacilities, type Facilities } from "./facilities.ts";
export { facilityRoutes } from "./routes.ts";
