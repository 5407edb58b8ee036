export { clawBackRoutes } from "./claw-backs/routes.ts";
export { makeDemoPayees, payeesOf } from "./payees.ts";
export { makeDemoPayer } from "./payers.ts";
export { financeRoutes } from "./routes.ts";
