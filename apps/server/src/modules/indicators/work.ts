import type { Indicator } from "@qingdan/list/indicators";
import { type Cockpit, seriesOf, type TrackedFigure, trackAt } from "./cockpit.ts";
import { statuses, type WorkPage, type WorkQuery, type WorkRow } from "./model.ts";
import type { OpenWork } from "./open-work.ts";
import { named, presentIndicator, presentTarget } from "./present.ts";
import { rankAreas } from "./rank.ts";
import { BEHIND, type FigureStatus } from "./track-figure.ts";

interface Tracked extends TrackedFigure {
  readonly indicator: Indicator;
}

/** The work list of an area: what is behind plan, the binding and the worst first. */
export function workList(cockpit: Cockpit, query: WorkQuery, at: number, year: number, open: OpenWork): WorkPage {
  const tracked = [...cockpit.indicators.values()]
    .filter(({ domain }) => query.domain === undefined || domain === query.domain)
    .map((indicator): Tracked => ({ indicator, ...trackAt(cockpit, indicator.code, at, year, { plan: query.plan }) }))
    .filter(({ target }) => query.nature === undefined || target?.nature?.kind === query.nature)
    .filter(({ target }) => query.plan === undefined || target !== undefined);
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<FigureStatus, number>;
  for (const { track } of tracked) counts[track.status]++;
  const wanted = tracked
    .filter(({ track }) => isWanted(track.status, query.status))
    .toSorted((a, b) => urgency(a) - urgency(b) || (a.track.ratio ?? 0) - (b.track.ratio ?? 0));
  const { code, name } = cockpit.tree.areas[at]!;
  const from = (query.page - 1) * query.size;
  return {
    area: { code, name },
    year,
    counts,
    total: wanted.length,
    page: query.page,
    size: query.size,
    rows: wanted.slice(from, from + query.size).map((row) => presentRow(cockpit, row, at, year, open, query.plan)),
  };
}

const isWanted = (status: FigureStatus, wanted: WorkQuery["status"]): boolean =>
  wanted === "all" || (wanted === "behind" ? BEHIND.includes(status) : status === wanted);

const order: readonly FigureStatus[] = [...BEHIND, "no-value", "on-track", "achieved", "no-target"];

/** Binding targets first, then the worse status. */
const urgency = ({ track, target }: Tracked): number =>
  order.indexOf(track.status) + (target?.nature?.kind === "binding" || order.indexOf(track.status) > 3 ? 0 : 10);

function presentRow(
  cockpit: Cockpit,
  { indicator, figure, target, track }: Tracked,
  at: number,
  year: number,
  open: OpenWork,
  plan: string | undefined,
): WorkRow {
  const area = cockpit.tree.areas[at]!;
  const ranks = at === 0 ? [] : rankAreas(cockpit, indicator.code, { level: area.level, year: figure.year });
  const action = open.actions.find(
    ({ state, indicator: of, area: where }) => state === "open" && of === indicator.code && where === area.code,
  );
  return {
    indicator: presentIndicator(cockpit, indicator),
    figure: { ...figure, origins: [...figure.origins] },
    target: presentTarget(cockpit, target),
    track,
    rank: ranks.find(({ area: place }) => place === at)?.rank ?? null,
    trend: seriesOf(cockpit, indicator.code, at).map(({ year: of, value }) => ({ year: of, value })),
    where: whereBehind(cockpit, indicator, at, year, plan),
    action: action
      ? { id: action.id, owner: action.owner, due: action.due, overdue: action.due < cockpit.today }
      : null,
    alarms: open.alarms.filter(({ state, indicator: of }) => state === "open" && of === indicator.code).length,
  };
}

/** Of the areas directly below, those behind, and the worst by value of those that are shown; a count tells of size, not of need. */
function whereBehind(
  cockpit: Cockpit,
  indicator: Indicator,
  at: number,
  year: number,
  plan: string | undefined,
): WorkRow["where"] {
  if (indicator.form === "count") return null;
  const sign = indicator.direction === "up" ? 1 : -1;
  let [behind, of, worst, least] = [0, 0, -1, Number.POSITIVE_INFINITY];
  for (const child of cockpit.tree.areas[at]!.children) {
    if (cockpit.tree.areas[child]!.rest) continue;
    const { figure, track } = trackAt(cockpit, indicator.code, child, year, { plan });
    if (figure.value === null) continue;
    of++;
    if (BEHIND.includes(track.status)) behind++;
    if (figure.value * sign < least) {
      least = figure.value * sign;
      worst = child;
    }
  }
  if (of === 0) return null;
  const area = cockpit.tree.areas[worst]!;
  return { behind, of, worst: named(area, area.code) };
}
