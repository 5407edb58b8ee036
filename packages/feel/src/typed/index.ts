export { monthNames, weekdayNames } from "../calendar-names.ts";
export { boundOf, decidedEarly, withEarlyDecisions } from "./bounds.ts";
export { ratioParts, roundingFactors } from "./build-number.ts";
export { addMonths, civilDate, dayNumber, formatDay, monthsBetween, parseDay } from "./calendar.ts";
export { type Checked, checkCell, checkShape, checkText, type TextPlace } from "./check.ts";
export { functionNames } from "./check-call.ts";
export type { Environment, FactDeclaration, ParameterDeclaration } from "./environment.ts";
export {
  align,
  crossScales,
  evaluate,
  holds,
  keyDimension,
  lookupPosition,
  quotientOf,
  roundQuotient,
  type Situation,
  scaleOf,
  type Value,
} from "./evaluate.ts";
export { fold, momentDay } from "./fold.ts";
export * from "./node.ts";
export { nearest, type RuleError, type RuleErrorCode, ruleErrorCodes, type Words } from "./refusal.ts";
export { isNode, type Shape } from "./shape.ts";
export {
  areaType,
  booleanType,
  dateType,
  type EnumType,
  firstDay,
  lastDay,
  mostMembers,
  type NumberType,
  numberType,
  type RatioType,
  type Scaled,
  type Type,
} from "./type.ts";
export { commonUnit, parseUnit, type Unit } from "./unit.ts";
