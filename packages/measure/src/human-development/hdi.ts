import { refuse } from "../errors.ts";

/** Life expectancy (years), expected and mean years of schooling, gross national income per head (2017 PPP dollars). */
export interface HumanDevelopment {
  readonly lifeExpectancy: number;
  readonly expectedSchooling: number;
  readonly meanSchooling: number;
  readonly income: number;
}

/** Percentage lost to inequality in each dimension: Atkinson's index with aversion 1, in per cent. */
export interface DimensionLosses {
  readonly life: number;
  readonly education: number;
  readonly income: number;
}

const INCOME = { least: 100, greatest: 75000 };
const SCHOOLING = { expected: 18, mean: 15 };

/** Human development index, HDR 2021/22 technical note 1: geometric mean of three dimensions between fixed goalposts. */
export function humanDevelopment(country: HumanDevelopment): number {
  return between(country, { least: 20, greatest: 85 });
}

/** Inequality-adjusted index: the index times the geometric mean of what each dimension keeps (technical note 2). */
export function inequalityAdjusted(index: number, { life, education, income }: DimensionLosses): number {
  const kept = [life, education, income].map((loss) => {
    if (!(loss >= 0 && loss <= 100))
      refuse("MEASURE-PARAMETER", "损失应在 0 与 100 之间", "a loss must be from 0 to 100 per cent");
    return 1 - loss / 100;
  });
  return index * Math.cbrt(kept[0]! * kept[1]! * kept[2]!);
}

/** Gender development index: women's index over men's, with life goalposts five years apart (technical note 3). */
export function genderDevelopment(women: HumanDevelopment, men: HumanDevelopment): number {
  return between(women, { least: 22.5, greatest: 87.5 }) / between(men, { least: 17.5, greatest: 82.5 });
}

function between(country: HumanDevelopment, life: { readonly least: number; readonly greatest: number }): number {
  const { lifeExpectancy, expectedSchooling, meanSchooling, income } = country;
  if (![lifeExpectancy, expectedSchooling, meanSchooling, income].every(Number.isFinite)) {
    refuse(
      "MEASURE-MISSING",
      "四项基础数据缺一不可",
      "all four inputs are needed: the index of a missing one is missing",
    );
  }
  const health = (Math.min(lifeExpectancy, life.greatest) - life.least) / (life.greatest - life.least);
  const education =
    (Math.min(meanSchooling, SCHOOLING.mean) / SCHOOLING.mean +
      Math.min(expectedSchooling, SCHOOLING.expected) / SCHOOLING.expected) /
    2;
  const capped = Math.min(income, INCOME.greatest);
  const standard = Math.log(capped / INCOME.least) / Math.log(INCOME.greatest / INCOME.least);
  if (health <= 0 || standard <= 0)
    refuse("MEASURE-SIGN", "数值低于下限", "an input lies at or below its lower goalpost");
  return Math.cbrt(health * education * standard);
}
