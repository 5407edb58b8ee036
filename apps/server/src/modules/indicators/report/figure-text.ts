import type { SnapshotIndicator } from "../report-snapshot.ts";
import type { Figure } from "./figure-lookup.ts";
import type { ReportLanguage } from "./template.ts";

/** One for each number of decimals: to make one takes longer than to use it a thousand times. */
const FORMATS = Array.from(
  { length: 10 },
  (_, digits) => new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

/** A figure as it is published: its decimals, thousands apart, and its unit. */
export function formatFigure({ indicator, value }: Figure, language: ReportLanguage, { unit = true } = {}): string {
  const number = numberText(value.value, indicator);
  return unit ? withUnit(number, indicator.unit[language], language) : number;
}

/** How a figure changed, in words of direction only: 上升 2.3 个百分点, up 2.3 percentage points. */
export function changeText(then: Figure, now: Figure, language: ReportLanguage): string {
  const { indicator } = now;
  const zh = language === "zh";
  const risen = hasRisen(then, now);
  if (risen === 0) {
    const measured = spreadOf(then) + spreadOf(now) > 0 && then.value.value !== now.value.value;
    if (measured) return zh ? "变化在误差范围内" : "no change beyond the margin of error";
    return zh ? "持平" : "unchanged";
  }
  const unit = indicator.unit[language] === "%" ? (zh ? "个百分点" : "percentage points") : indicator.unit[language];
  const size = withUnit(numberText(Math.abs(now.value.value - then.value.value), indicator), unit, language);
  if (zh) return `${risen > 0 ? "上升" : "下降"}${size}`;
  return `${risen > 0 ? "up" : "down"} ${size}`;
}

/** 1 when the figure rose, -1 when it fell, 0 when the change does not show at its decimals or lies inside the interval of the difference. */
export function hasRisen(then: Figure, now: Figure): 1 | 0 | -1 {
  const change = now.value.value - then.value.value;
  if (Number(Math.abs(change).toFixed(now.indicator.decimals)) === 0) return 0;
  if (Math.abs(change) <= Math.hypot(spreadOf(then), spreadOf(now))) return 0;
  return change > 0 ? 1 : -1;
}

/** Half of the interval; 0 without one. */
function spreadOf({ value: { low, high } }: Figure): number {
  return low === undefined || high === undefined ? 0 : (high - low) / 2;
}

function numberText(value: number, { decimals }: SnapshotIndicator): string {
  return FORMATS[decimals]!.format(value);
}

function withUnit(number: string, unit: string, language: ReportLanguage): string {
  if (unit === "") return number;
  return language === "zh" || unit === "%" ? `${number}${unit}` : `${number} ${unit}`;
}
