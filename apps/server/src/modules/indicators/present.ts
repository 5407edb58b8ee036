import type { Indicator, Target } from "@qingdan/list/indicators";
import { nextAlarmStates, ruleRecords } from "@qingdan/measure";
import type { StoredAction } from "./action-store.ts";
import type { StoredAlarm } from "./alarm-store.ts";
import { type Cockpit, leadsOf } from "./cockpit.ts";
import type { ActionCard, AlarmCard, AlarmsPage, IndicatorPage, ProvenanceCard, TargetCard, WorkRow } from "./model.ts";
import type { RuleRecord } from "./record-rules.ts";
import { comparesAreas } from "./watch-rule.ts";

/** The only door from the cockpit to JSON. */

type Named = { readonly code: string; readonly name: { readonly zh: string; readonly en: string } };

/** A code with its name; a code that is not known any more stands for itself. */
export const named = (known: Named | undefined, code: string): Named =>
  known ? { code: known.code, name: known.name } : { code, name: { zh: code, en: code } };

export const presentArea = ({ tree }: Cockpit, at: number) => {
  const { code, name, level, children } = tree.areas[at]!;
  return { code, name, level, children: children.length };
};

/** The area and those above it within the cockpit, the first first. */
export function presentChain({ tree }: Cockpit, at: number): Named[] {
  const chain: Named[] = [];
  for (let next = at; next >= 0; next = tree.areas[next]!.parent) {
    const { code, name } = tree.areas[next]!;
    chain.unshift({ code, name });
  }
  return chain;
}

export function presentIndicator(cockpit: Cockpit, indicator: Indicator): WorkRow["indicator"] {
  const { code, name, unit, decimals, form, direction, period } = indicator;
  return {
    code,
    name,
    domain: domainOf(cockpit, indicator.domain),
    unit,
    decimals,
    form,
    direction,
    period,
    leads: leadsOf(cockpit, indicator),
  };
}

export function domainOf({ list }: Cockpit, code: string): Named {
  const domain = list.domains.find((known) => known.code === code);
  return named(domain && { code, name: { zh: domain.zh, en: domain.en } }, code);
}

export function presentTarget(cockpit: Cockpit, target: Target | undefined): TargetCard | null {
  if (!target) return null;
  const { area, number, comparison, value, year, cumulative, tolerance, nature, mark, source, note } = target;
  const { catalogue, list } = cockpit;
  const of = list.areas.get(area);
  return {
    plan: named(catalogue.plans.get(target.plan), target.plan),
    number: number ?? null,
    area: named(of && { code: area, name: { zh: of.zh, en: of.en } }, area),
    comparison,
    value: comparison === "all" ? 100 : (value ?? null),
    year,
    cumulative: cumulative ?? false,
    tolerance: tolerance ?? null,
    nature: nature?.kind ?? null,
    mark,
    sources: sourcesOf(cockpit, source),
    note: noteOf(note),
  };
}

export const sourcesOf = ({ catalogue }: Cockpit, codes: readonly string[]): { code: string; title: string }[] =>
  codes.map((code) => ({ code, title: catalogue.sources.get(code)?.title ?? code }));

export const noteOf = (note: Indicator["note"]): { zh: string; en: string } | null =>
  note === undefined ? null : typeof note === "string" ? { zh: note, en: note } : note;

/** Everything of an indicator that its page tells. */
export function presentDefinition(cockpit: Cockpit, indicator: Indicator): IndicatorPage["indicator"] {
  const {
    definition,
    numerator,
    denominator,
    per,
    interval,
    smallest,
    origin,
    lowest,
    items = [],
    mark,
    source,
    note,
  } = indicator;
  const words = (part: typeof numerator) => (part ? { zh: part.zh, en: part.en } : null);
  return {
    ...presentIndicator(cockpit, indicator),
    definition,
    numerator: words(numerator),
    denominator: words(denominator),
    per: per ?? null,
    interval,
    smallest: smallest ?? null,
    origin: origin.kind,
    lowest,
    items: (origin.kind === "run" ? [...new Set([...origin.items, ...items])] : items).flatMap((code) => {
      const item = cockpit.list.items.get(code);
      return item ? [{ code, name: { zh: item.name.zh, en: item.name.en }, list: item.list }] : [];
    }),
    mark,
    sources: sourcesOf(cockpit, source),
    note: noteOf(note),
  };
}

export const presentProvenance = ({ provenance, version }: Cockpit): ProvenanceCard => ({
  list: provenance.list,
  catalogueHash: provenance.catalogueHash,
  run: provenance.run,
  batches: [...provenance.batches],
  synthetic: provenance.synthetic,
  version,
});

const areaNamed = ({ tree }: Cockpit, code: string): Named => {
  const at = tree.at(code);
  return named(at === undefined ? undefined : tree.areas[at], code);
};

export function presentAlarm(cockpit: Cockpit, alarm: StoredAlarm): AlarmCard {
  const rule = cockpit.catalogue.warnings.get(alarm.rule);
  const { id, period, value, limit, state } = alarm;
  const { unit = { zh: "", en: "" }, decimals = 1 } = cockpit.indicators.get(alarm.indicator) ?? {};
  return {
    id,
    rule: { ...named(rule, alarm.rule), days: rule?.days ?? 0 },
    indicator: named(cockpit.indicators.get(alarm.indicator), alarm.indicator),
    area: areaNamed(cockpit, alarm.area),
    period,
    value,
    limit,
    measured: { unit, decimals },
    raisedAt: alarm.at.toISOString(),
    state,
    next: [...nextAlarmStates[state]],
    events: alarm.events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
  };
}

/** A rule with what it costs on history and what became of its alarms. */
export function presentRule(
  cockpit: Cockpit,
  { rule: code, ...record }: RuleRecord,
  alarms: readonly StoredAlarm[],
): AlarmsPage["rules"][number] {
  const rule = cockpit.catalogue.warnings.get(code)!;
  const own = alarms.filter((alarm) => alarm.rule === code);
  const { open, confirmed, false: wrong, fixed, precision, medianDays } = recordOfAlarms(code, own);
  return {
    ...named(rule, code),
    indicator: named(cockpit.indicators.get(rule.indicator), rule.indicator),
    detector: rule.detector.kind === "ears" ? `EARS ${rule.detector.method}` : detectorNames[rule.detector.kind],
    period: comparesAreas(rule.detector) ? "year" : "month",
    trial: rule.trial ?? false,
    budget: rule.budget ?? null,
    ...record,
    judged: { open, confirmed, false: wrong, fixed, precision, medianDays },
  };
}

/** As the methods are called in every language. */
const detectorNames = {
  cusum: "CUSUM",
  farrington: "Farrington",
  glr: "Poisson GLR",
  funnel: "Funnel",
  "modified-z": "Modified z",
} as const;

function recordOfAlarms(rule: string, own: readonly StoredAlarm[]) {
  const [record] = ruleRecords(
    own.map(({ area, at, events }) => ({
      rule,
      series: area,
      first: 0,
      last: 0,
      opened: at,
      steps: events.map(({ state, by, note, at: when }) => ({ to: state, by, reason: note, at: when })),
    })),
  );
  return record ?? { open: 0, confirmed: 0, false: 0, fixed: 0, precision: null, medianDays: null };
}

export function presentAction(cockpit: Cockpit, action: StoredAction): ActionCard {
  const { id, alarm, what, owner, due, by, state } = action;
  return {
    id,
    indicator: named(cockpit.indicators.get(action.indicator), action.indicator),
    area: areaNamed(cockpit, action.area),
    alarm,
    what,
    owner,
    due,
    overdue: state === "open" && due < cockpit.today,
    by,
    at: action.at.toISOString(),
    state,
    events: action.events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
  };
}
