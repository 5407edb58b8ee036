import type { Finding } from "../finding.ts";
import type { List } from "../model/list.ts";
import { indicatorFinding } from "./finding.ts";
import type { Indicator, Target } from "./model.ts";
import type { PlaceOf, Refer, WrittenCatalogue } from "./written.ts";

/** Checks the targets of an indicator: that each can be met and can be missed, and that no two hold for the same area. */
export function checkTargets(
  indicator: Indicator,
  list: List,
  written: WrittenCatalogue,
  place: PlaceOf,
  refer: Refer,
): Finding[] {
  const seen = new Set<string>();
  return indicator.targets.flatMap((target, i) => {
    const at = (path: readonly PropertyKey[] = []) =>
      written.places.has(target) ? place(target, path) : place(indicator, ["targets", i, ...path]);
    refer(at(["plan"]), "plan", [target.plan], written.plans);
    refer(at(["area"]), "area", [target.area], list.areas);
    refer(at(["source"]), "source", [...target.source, ...(target.base?.source ?? [])], written.sources);
    const key = `${target.plan} ${target.area} ${target.year}`;
    const twice = seen.has(key);
    seen.add(key);
    return [...checkTarget(indicator, target, at), ...(twice ? [toldTwice(target, at())] : [])];
  });
}

function toldTwice(target: Target, place: ReturnType<PlaceOf>): Finding {
  return indicatorFinding(
    "INDICATOR-TARGET-TWICE",
    place,
    [
      `${target.plan} 为 ${target.area} 写了两个 ${target.year} 年目标`,
      `${target.plan} has two targets of ${target.year} for ${target.area}`,
    ],
    ["只留一个", "Keep one"],
  );
}

function checkTarget(
  indicator: Indicator,
  target: Target,
  at: (path?: readonly PropertyKey[]) => ReturnType<PlaceOf>,
): Finding[] {
  const { comparison, value, year, base, cumulative, tolerance } = target;
  const findings: Finding[] = [];
  const tell = (...finding: Parameters<typeof indicatorFinding>) => findings.push(indicatorFinding(...finding));
  if ((comparison === "all") === (value !== undefined)) {
    tell(
      "INDICATOR-TARGET-VALUE",
      at(["comparison"]),
      comparison === "all"
        ? ["“应保尽保”不写数值", "`all` takes no value"]
        : ["目标缺少数值", "The target lacks its value"],
      ["all 就是 100%；其他比较写 value", "all means 100 %; write value with the other comparisons"],
    );
  }
  if (comparison === "all" && indicator.per !== 100) {
    tell(
      "INDICATOR-TARGET-VALUE",
      at(["comparison"]),
      ["“应保尽保”只用于百分比", "`all` is for percentages"],
      ["指标写 per: 100，或换一种比较", "Give the indicator per: 100, or compare otherwise"],
    );
  }
  if ((comparison === "about") !== (tolerance !== undefined)) {
    tell(
      "INDICATOR-TARGET-VALUE",
      at(["comparison"]),
      ["“约”要写容许偏差，其他比较不写", "`about` needs a tolerance, the others take none"],
      ["如 tolerance: 0.05（上下百分之五）", "Such as tolerance: 0.05 (five per cent on each side)"],
    );
  }
  if (base && base.year >= year) {
    tell(
      "INDICATOR-TARGET-YEARS",
      at(["base", "year"]),
      ["目标年应晚于基期年", "The target year must come after the base year"],
      ["改 year 或 base.year", "Correct year or base.year"],
    );
  }
  const rises = comparison === "at-least" || comparison === "above" || comparison === "all";
  const falls = comparison === "at-most" || comparison === "below";
  if ((rises && indicator.direction === "down") || (falls && indicator.direction === "up")) {
    tell(
      "INDICATOR-TARGET-DIRECTION",
      at(["comparison"]),
      ["目标与指标的方向相反", "The target goes against the direction of the indicator"],
      ["direction 为 up 用 at-least 等，为 down 用 at-most 等", "Use at-least with direction up, at-most with down"],
    );
  }
  if (cumulative && (indicator.form !== "count" || (base && base.value !== 0))) {
    tell(
      "INDICATOR-CUMULATIVE",
      at(["cumulative"]),
      ["累计目标只用于从零起算的数量", "A cumulative target is for a count that starts from 0"],
      ["form: count，不写 base 或写 0", "form: count, and no base or a base of 0"],
    );
  }
  return findings;
}
