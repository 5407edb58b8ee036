import { Problem, type Words } from "../../problem.ts";
import type { caseProblems } from "./problems.ts";

/** Throws a problem of this module; `zh` and `en` say what would be right. */
export function refuse(code: keyof typeof caseProblems, zh: string, en: string): never {
  const words: Words = { zh, en };
  throw new Problem(code, words);
}

/** The deed does not hold as things stand. */
export function wrong(zh: string, en: string): never {
  return refuse("CASE-DEED-WRONG", zh, en);
}
