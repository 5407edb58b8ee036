import type { Finding } from "../finding.ts";
import type { Checked } from "./check.ts";
export function* parameterFormulas(_: Checked): Generator<Finding> {}
