export { csvOf } from "../run.ts";
export { runTck, type TckRun, type TckRunOptions } from "./run-tck.ts";
