import type { Finding, Place } from "../finding.ts";
import { listFinding } from "../finding.ts";
import type { List } from "../model/list.ts";
import { nearestName } from "../nearest-name.ts";
import type { Entry } from "../reading.ts";
import { checkTargets } from "./check-targets.ts";
import { indicatorFinding } from "./finding.ts";
import type { IndexDefinition, Indicator, Plan, WarningRule } from "./model.ts";
import type { PlaceOf, Refer, WrittenCatalogue } from "./written.ts";

/** Checks a catalogue as a whole: what it refers to exists, and what it says can be computed. */
export function checkCatalogue(list: List, written: WrittenCatalogue): Finding[] {
  const place: PlaceOf = (of, path = []) => {
    const entry = written.places.get(of) as Entry<unknown>;
    return entry.file.place([...entry.path, ...path]);
  };
  const findings: Finding[] = [];
  const refer = referTo(findings);
  for (const indicator of written.indicators.values()) {
    refer(place(indicator), "source", indicator.source, written.sources);
    checkReferences(indicator, list, place, written, refer);
    findings.push(...checkForm(indicator, place), ...checkTargets(indicator, list, written, place, refer));
  }
  for (const plan of written.plans.values()) {
    refer(place(plan), "source", plan.source, written.sources);
    refer(place(plan, ["area"]), "area", [plan.area], list.areas);
    findings.push(...checkPlanCount(plan, written, place));
  }
  for (const index of written.indexes.values()) {
    refer(place(index), "source", index.source, written.sources);
    findings.push(...checkIndex(index, written, place, refer));
  }
  for (const rule of written.warnings.values()) {
    refer(place(rule), "source", rule.source, written.sources);
    refer(place(rule, ["indicator"]), "indicator", [rule.indicator], written.indicators);
    findings.push(...checkDetector(rule, written, place));
  }
  return findings;
}

const KINDS = {
  source: ["LIST-UNKNOWN-SOURCE", "来源", "source"],
  area: ["LIST-UNKNOWN-AREA", "辖区", "area"],
  unit: ["LIST-UNKNOWN-UNIT", "单位", "unit"],
  item: ["LIST-UNKNOWN-ITEM", "项目", "item"],
  domain: ["LIST-UNKNOWN-DOMAIN", "领域", "domain"],
  indicator: ["INDICATOR-UNKNOWN", "指标", "indicator"],
  plan: ["INDICATOR-UNKNOWN-PLAN", "规划", "plan"],
} as const;

function referTo(findings: Finding[]): Refer {
  return (place, kind, codes, known) => {
    const [code, zh, en] = KINDS[kind];
    for (const name of codes) {
      if (known.has(name)) continue;
      const near = nearestName(name, known.keys());
      const message = [`没有${zh}“${name}”`, `There is no ${en} "${name}"`] as const;
      const hint = near
        ? ([`是不是“${near}”？`, `Did you mean "${near}"?`] as const)
        : ([`先写明这个${zh}`, `Write the ${en} first`] as const);
      findings.push(
        code === "INDICATOR-UNKNOWN" || code === "INDICATOR-UNKNOWN-PLAN"
          ? indicatorFinding(code, place, message, hint)
          : listFinding(code, place, message, hint),
      );
    }
  };
}

function checkReferences(
  indicator: Indicator,
  list: List,
  place: PlaceOf,
  written: WrittenCatalogue,
  refer: Refer,
): void {
  const { domain, lead, items = [], origin, published = [] } = indicator;
  const domains = new Map(list.domains.map((one) => [one.code, one]));
  refer(place(indicator, ["domain"]), "domain", [domain], domains);
  refer(written.places.has(lead) ? place(lead) : place(indicator, ["lead"]), "unit", lead, list.units);
  const known = new Map([...list.items, ...list.replaced]);
  refer(place(indicator, ["items"]), "item", items, known);
  if (origin.kind === "run") refer(place(indicator, ["origin", "items"]), "item", origin.items, known);
  for (const [i, figure] of published.entries()) {
    const at = written.places.has(figure) ? place(figure) : place(indicator, ["published", i]);
    refer(at, "area", [figure.area], list.areas);
    refer(at, "source", figure.source, written.sources);
  }
}

function checkForm(indicator: Indicator, place: PlaceOf): Finding[] {
  const { form, numerator, denominator, per, interval, smallest, origin } = indicator;
  const findings: Finding[] = [];
  const told = (path: readonly PropertyKey[], message: [string, string], hint: [string, string]) =>
    findings.push(indicatorFinding("INDICATOR-FORM", place(indicator, path), message, hint));
  if (form === "ratio" && !(numerator && denominator && per !== undefined)) {
    told(
      ["form"],
      ["比率缺少分子、分母或倍数", "A ratio lacks its numerator, denominator or `per`"],
      [
        "写 numerator、denominator 和 per（百分比写 100）",
        "Write numerator, denominator and per (100 for a percentage)",
      ],
    );
  }
  if (form !== "ratio" && (denominator || per !== undefined)) {
    told(
      ["form"],
      ["只有比率才有分母和倍数", "Only a ratio has a denominator and `per`"],
      ["form 写 ratio，或去掉 denominator、per", "Write form: ratio, or drop denominator and per"],
    );
  }
  if (interval === "wilson" && (form !== "ratio" || per !== 100)) {
    told(
      ["interval"],
      ["wilson 区间只适用于百分比", "A wilson interval needs a percentage"],
      ["form: ratio 且 per: 100，或 interval: none", "form: ratio with per: 100, or interval: none"],
    );
  }
  if (origin.kind === "run" && (form !== "ratio" || per !== 100)) {
    told(
      ["origin"],
      ["测算得出的覆盖率是百分比", "The coverage that a run gives is a percentage"],
      ["form: ratio, per: 100", "form: ratio, per: 100"],
    );
  }
  if (smallest !== undefined && !numerator?.people && !denominator?.people) {
    findings.push(
      indicatorFinding(
        "INDICATOR-SUPPRESSION",
        place(indicator, ["smallest"]),
        ["没有哪一部分是人数，无从抑制", "Neither part counts people: there is nothing to suppress"],
        [
          "在计人的分子或分母写 people: true，或去掉 smallest",
          "Write people: true with the part that counts people, or drop smallest",
        ],
      ),
    );
  }
  return findings;
}

function checkPlanCount(plan: Plan, { indicators }: WrittenCatalogue, place: PlaceOf): Finding[] {
  const numbers = new Set(
    [...indicators.values()].flatMap(({ targets }) =>
      targets.flatMap((target) => (target.plan === plan.code && target.number !== undefined ? [target.number] : [])),
    ),
  );
  if (plan.indicators === undefined || numbers.size === plan.indicators) return [];
  return [
    indicatorFinding(
      "INDICATOR-PLAN-COUNT",
      place(plan, ["indicators"]),
      [
        `规划有 ${plan.indicators} 项指标，目录里写了 ${numbers.size} 项`,
        `The plan has ${plan.indicators} indicators, the catalogue holds ${numbers.size} of them`,
      ],
      ["补上缺的，或改 indicators", "Add what is missing, or correct `indicators`"],
    ),
  ];
}

function checkIndex(index: IndexDefinition, written: WrittenCatalogue, place: PlaceOf, refer: Refer): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  refer(place(index, ["people"]), "indicator", [index.people], written.indicators);
  for (const [g, group] of index.groups.entries()) {
    for (const [i, leaf] of group.indicators.entries()) {
      const path = ["groups", g, "indicators", i] as const;
      refer(place(index, [...path, "indicator"]), "indicator", [leaf.indicator], written.indicators);
      const indicator = written.indicators.get(leaf.indicator);
      const rising = leaf.best > leaf.worst;
      if (leaf.best === leaf.worst || (indicator && rising !== (indicator.direction === "up"))) {
        findings.push(
          indicatorFinding(
            "INDICATOR-GOALPOSTS",
            place(index, [...path, "best"]),
            [`${leaf.indicator} 的两端与方向不符`, `The goalposts of ${leaf.indicator} contradict its direction`],
            ["方向 up 时 best 大于 worst,down 时相反", "With direction up best is above worst, with down below it"],
          ),
        );
      }
      if (seen.has(leaf.indicator)) {
        findings.push(
          indicatorFinding(
            "INDICATOR-DUPLICATE",
            place(index, [...path, "indicator"]),
            [`${leaf.indicator} 在指数里出现两次`, `${leaf.indicator} stands in the index twice`],
            ["只留一处", "Keep it in one place"],
          ),
        );
      }
      seen.add(leaf.indicator);
    }
    if (group.indicators.every(({ weight }) => weight === 0)) findings.push(noWeight(place(index, ["groups", g])));
  }
  if (index.groups.every(({ weight }) => weight === 0)) findings.push(noWeight(place(index, ["groups"])));
  return findings;
}

function noWeight(place: Place): Finding {
  return indicatorFinding(
    "INDICATOR-WEIGHTS",
    place,
    ["权数全为零", "All weights are zero"],
    ["至少一个大于零", "At least one must be above 0"],
  );
}

function checkDetector(rule: WarningRule, { indicators }: WrittenCatalogue, place: PlaceOf): Finding[] {
  const indicator = indicators.get(rule.indicator);
  if (!indicator) return [];
  const { kind } = rule.detector;
  if (fits(kind, indicator)) return [];
  return [
    indicatorFinding(
      "INDICATOR-DETECTOR",
      place(rule, ["detector"]),
      [`${kind} 不适用于 ${rule.indicator}`, `${kind} does not fit ${rule.indicator}`],
      [
        "funnel 需要 interval: wilson 的百分比；modified-z 需要不是 count 的按年指标；其余需要按月的 count",
        "funnel needs a percentage with interval: wilson; modified-z a yearly indicator that is no count; the others a monthly count",
      ],
    ),
  ];
}

function fits(kind: WarningRule["detector"]["kind"], { interval, period, form }: Indicator): boolean {
  if (kind === "funnel") return interval === "wilson";
  if (kind === "modified-z") return period === "year" && form !== "count";
  return period === "month" && form === "count";
}
