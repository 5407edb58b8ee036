export { makeDemoPayees, payeesOf } from "./payees.ts";
export { financeRoutes } from "./routes.ts";
