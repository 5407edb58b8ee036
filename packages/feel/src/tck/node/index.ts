export { isExpected } from "../compare.ts";
export { readTckFile, type TckCase, type TckValue } from "../read.ts";
export { csvOf } from "../run.ts";
export { toFeelValue } from "../values.ts";
export { runTck, type TckRun, type TckRunOptions } from "./run-tck.ts";
