/** What a page needs to look things up: nothing here brings the YAML reader, the schemas or the search along. */
export { areaChain } from "./area-chain.ts";
export { type Answer, decideAll, type HouseholdFacts } from "./decide.ts";
export { type Decide, decideByKernel, everyFact } from "./decide-by-kernel.ts";
export {
  type ExplainedAmount,
  type ExplainedCondition,
  type ExplainedNode,
  type Explanation,
  explain,
  explainAll,
  UnknownItemError,
} from "./explain.ts";
export type { Distance } from "./explain-distance.ts";
export {
  columnArray,
  columnOf,
  type FactsFile,
  FactsFileError,
  type FactsFileProblem,
  factsToPeople,
  holdFact,
  type ReadFacts,
  readFacts,
  writeFact,
} from "./facts-file.ts";
export { type ImpliedFact, withImplied } from "./imply-facts.ts";
export { itemsInForce } from "./items-in-force.ts";
export { allocateDecisions, emitKernel, instantiateKernel, type Kernel, type RulebookDecisions } from "./kernel.ts";
export { lookupParameter, type NoValue, type ParameterAnswer, type ParameterQuery } from "./lookup-parameter.ts";
export { factsReadBy, narrowRulebook } from "./narrow-rulebook.ts";
export type { QuestionTree } from "./questions/question-tree.ts";
export type * from "./rulebook.ts";
export {
  type EntitledItem,
  type MissingFact,
  type NextQuestion,
  nextQuestion,
  type ScreenedItem,
  type Screening,
  type ScreenReason,
  type SituationAsked,
  screen,
  type UndeterminedItem,
} from "./screen.ts";
export { type Payment, type PaymentShare, splitPayment } from "./split-payment.ts";
export { unitName } from "./unit-name.ts";
export { type ChangedAnswer, type ShortAnswer, type Supposition, whatIf } from "./what-if.ts";
