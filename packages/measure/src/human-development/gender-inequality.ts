import { refuse } from "../errors.ts";

/** Inputs of the gender inequality index. Rates of education, seats and work in per cent. */
export interface GenderConditions {
  /** Deaths per 100,000 live births; clipped to 10..1000. */
  readonly maternalMortality: number;
  /** Births per 1,000 women of 15 to 19. */
  readonly adolescentBirths: number;
  readonly women: GenderShares;
  readonly men: GenderShares;
}

/** Share with secondary education, of seats in parliament (at least 0.1 for women), and in work or looking for it. */
export interface GenderShares {
  readonly education: number;
  readonly seats: number;
  readonly work: number;
}

/** Gender inequality index, HDR 2021/22 technical note 4: 0 equal, towards 1 unequal. */
export function genderInequality({ maternalMortality, adolescentBirths, women, men }: GenderConditions): number {
  const all = [maternalMortality, adolescentBirths, ...Object.values(women), ...Object.values(men)];
  if (!all.every(Number.isFinite))
    refuse("MEASURE-MISSING", "基础数据缺失", "every input is needed: the index of a missing one is missing");
  if (adolescentBirths <= 0) refuse("MEASURE-SIGN", "青少年生育率应大于零", "adolescent births must be above 0");
  const seats = Math.max(0.1, women.seats);
  const health = Math.sqrt(10 / Math.min(1000, Math.max(10, maternalMortality)) / adolescentBirths);
  const womenPower = Math.sqrt(seats * women.education) / 100;
  const menPower = Math.sqrt(men.seats * men.education) / 100;
  const womenMean = Math.cbrt((health * womenPower * women.work) / 100);
  const menMean = Math.cbrt((menPower * men.work) / 100);
  const harmonic = 2 / (1 / womenMean + 1 / menMean);
  const standard = Math.cbrt(((health + 1) / 2) * ((womenPower + menPower) / 2) * ((women.work + men.work) / 200));
  return 1 - harmonic / standard;
}
