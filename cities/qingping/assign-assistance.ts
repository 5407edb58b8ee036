import { householdIncome } from "./assign-money.ts";
import { type City, codesOf } from "./city.ts";
import type { Part } from "./part.ts";

/** Who has been determined to live in need; those who never applied, and records that no longer hold, are part of it. */
export function assignAssistance(city: City, part: Part): void {
  const { assistance } = city.marginals;
  const status = codesOf(
    city,
    "assistanceStatus",
    "none",
    "subsistence",
    "near-threshold",
    "extremely-poor",
    "expense-hardship",
  );
  const applied = city.random.draw("assistance.applied");
  const stale = city.random.draw("assistance.stale");
  const hardship = city.random.draw("assistance.student");
  const student = codesOf(city, "schoolStage", "none").none;
  const c = part.columns;
  for (let h = 0; h < part.households; h++) {
    const start = part.start[h]!;
    const end = part.start[h + 1]!;
    const number = part.first + start;
    const income = householdIncome(part, h) / (end - start) / 100;
    const assets = c.householdAssets!.data[h]! / (end - start) / 100;
    const u = applied(number);
    let found: number = status.none;
    if (income < assistance.line && assets < assistance.assets && u < assistance.takeUp) found = status.subsistence;
    else if (income < 2 * assistance.line && assets < assistance.edgeAssets && u < assistance.edgeTakeUp)
      found = status["near-threshold"];
    // Income has risen since the last review, or savings have grown.
    else if (income < 3 * assistance.line && stale(number) < assistance.stale) found = status.subsistence;
    else if (costs(part, h) > income * 12 * 0.4 * 100 && income < 5000 && u < 0.25) found = status["expense-hardship"];
    const poor = found !== status.none;
    for (let row = start; row < end; row++) {
      if (part.local[row] === 1) {
        const alone = found === status.subsistence && c.hasSupporter!.data[row] === 0 && needy(city, part, row);
        c.assistanceStatus!.data[row] = alone ? status["extremely-poor"] : found;
      }
      if (c.schoolStage!.data[row] === student) continue;
      const need = poor ? 0.93 : income < 2 * assistance.line ? 0.4 : income < 4000 ? 0.06 : 0.002;
      c.studentInHardship!.data[row] = hardship(part.first + row) < need ? 1 : 0;
    }
  }
}

/** Old, severely disabled or a child: without ability to work (社会救助暂行办法第十四条). */
function needy({ facts }: City, part: Part, row: number): boolean {
  const none = facts.find(({ name }) => name === "workAbility")?.values?.findIndex(({ code }) => code === "none");
  return part.columns.workAbility!.data[row] === none;
}

/** What the household paid for hospitals this year, in fen. */
function costs(part: Part, h: number): number {
  let sum = 0;
  for (let row = part.start[h]!; row < part.start[h + 1]!; row++) sum += part.columns.medicalCostsBorne!.data[row]!;
  return sum;
}
