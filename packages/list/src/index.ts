export * from "./browser.ts";
export { checkReport, createListChecker } from "./check/report.ts";
export {
  type CheckKind,
  type CheckReport,
  type CheckRequest,
  checkKinds,
  mayPublish,
  type ReportedFinding,
} from "./check/report-model.ts";
export { checkList } from "./check-list.ts";
export { compareLists } from "./compare/compare-lists.ts";
export { addEffects, type Comparer, createComparer } from "./compare/effect.ts";
export type * from "./compare/model.ts";
export { checkRules } from "./compile/check-rules.ts";
export { type CompiledRulebook, compileRulebook, type RulebookRequest } from "./compile/compile-rulebook.ts";
export { editYaml, type YamlEdit, YamlEditError, type YamlPath, yamlValue } from "./edit-yaml.ts";
export { type Finding, LIST_FINDINGS, type ListFindingCode, type Place } from "./finding.ts";
export {
  type GoldenFile,
  type GoldenRefusal,
  type GoldenResult,
  type GoldenRunner,
  goldenRunner,
  type PlacedCase,
  readGolden,
} from "./golden.ts";
export { householdFacts } from "./household-facts.ts";
export { keyWords } from "./key-words.ts";
export { type LoadedList, loadList } from "./load-list.ts";
export type { Area, AreaLevel } from "./model/area.ts";
export type { Fact, FactType } from "./model/fact.ts";
export { form } from "./model/form.ts";
export type { GoldenAnswer, GoldenCase } from "./model/golden-case.ts";
export type { LifeStage } from "./model/life-stage.ts";
export type {
  AmountPart,
  AmountTable,
  Condition,
  Item,
  List,
  ListFact,
  Origin,
  Parameter,
  ParameterValue,
  Rule,
} from "./model/list.ts";
export type { Domain } from "./model/list-header.ts";
export type { Mark } from "./model/mark.ts";
export type { ParameterType } from "./model/parameter.ts";
export type { Payer, PayerLevel, Split } from "./model/payer.ts";
export type { Basis, Times } from "./model/rule.ts";
export type { Source } from "./model/source.ts";
export type { Status } from "./model/status.ts";
export type { Unit } from "./model/unit.ts";
export type { Words } from "./model/words.ts";
export { nearestName } from "./nearest-name.ts";
export type { Column, Decisions, People, Relation } from "./people.ts";
export { learnQuestions } from "./questions/learn-questions.ts";
export { type Fault, faultLine, type ReadValue, readValue } from "./read-value.ts";
export { isListFile, type ListSource } from "./reading.ts";
export { type DecisionToRecord, recordDecision } from "./replay/decision-record.ts";
export { factsAsOf } from "./replay/facts-as-of.ts";
export { listHash } from "./replay/list-hash.ts";
export type * from "./replay/model.ts";
export { replayDecision } from "./replay/replay-decision.ts";
export {
  districtDimension,
  householdTypeDimension,
  incomeBounds,
  incomeDecileDimension,
} from "./simulate/dimensions.ts";
export type * from "./simulate/model.ts";
export { overlay, type ReformFindingCode, reformFindingCodes } from "./simulate/overlay.ts";
export { type Planned, planReforms } from "./simulate/plan.ts";
export { reformSchema } from "./simulate/reform-schema.ts";
export { createSimulator, type Simulator } from "./simulate/simulator.ts";
export { addTallies, finishSimulation } from "./simulate/tally.ts";
export { decideRefused } from "./sql/decide-refused.ts";
export { asRows, type EmittedSql, emitSql, type RefusedItem } from "./sql/emit-sql.ts";
export { duckdb, postgres, type SqlEngine } from "./sql/engine.ts";
export { type PeopleTables, peopleTables } from "./sql/people-tables.ts";
export type { SqlRefusalCode } from "./sql/refusal.ts";
