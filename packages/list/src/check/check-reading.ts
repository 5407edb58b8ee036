import type { Finding } from "../finding.ts";
import type { List } from "../model/list.ts";
import type { Reading } from "../reading.ts";
import { areaParents, areaValidity, parentArea } from "./areas.ts";
import type { Check } from "./check.ts";
import { codesOfFiles, duplicateCodes, duplicateValues, takenNames } from "./codes.ts";
import { factTypes } from "./facts.ts";
import { parameterFormulas } from "./formulas.ts";
import { emptyIntervals, overlappingNames, parameterIntervals } from "./intervals.ts";
import { amountForms, itemCounts, refinementCycles, tableCells } from "./items.ts";
import { countedMarks, markSources } from "./marks.ts";
import { parameterDefinitions, parameterKeys, parameterKeyWords, parameterValues, valueAreas } from "./parameters.ts";
import { shareSums } from "./payers.ts";
import {
  areaReferences,
  categoryReferences,
  factReferences,
  itemReferences,
  lifeStageReferences,
  parameterReferences,
  payerReferences,
  sourceReferences,
  unitReferences,
} from "./references.ts";

const CHECKS: readonly Check[] = [
  duplicateCodes,
  duplicateValues,
  codesOfFiles,
  takenNames,
  emptyIntervals,
  overlappingNames,
  parameterIntervals,
  parentArea,
  areaParents,
  areaValidity,
  sourceReferences,
  unitReferences,
  payerReferences,
  areaReferences,
  factReferences,
  itemReferences,
  lifeStageReferences,
  parameterReferences,
  categoryReferences,
  factTypes,
  parameterDefinitions,
  parameterKeys,
  parameterKeyWords,
  parameterValues,
  valueAreas,
  parameterFormulas,
  shareSums,
  amountForms,
  tableCells,
  refinementCycles,
  itemCounts,
  markSources,
  countedMarks,
];

/** Runs every check over one list of a chain. */
export function checkReading(own: Reading, list: List, parent: List | undefined): Finding[] {
  return CHECKS.flatMap((check) => [...check({ own, list, parent })]);
}
