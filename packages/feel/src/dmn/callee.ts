import type { Code, Frame } from "../compile/code.ts";
import type { FunctionParameter } from "../values.ts";
import type { Known } from "./known.ts";

/** The function of a knowledge model as the model's own logic calls it: by its body, past the checks that its types prove. */
export interface Callee {
  readonly parameters: readonly FunctionParameter[];
  /** Its body over a frame of the arguments, the result converted. */
  readonly code: Code;
  readonly result: Known;
  /** Around every call: the knowledge that the body requires. */
  readonly frame: Frame;
}
