import { areaChain } from "../area-chain.ts";
import { contentHash } from "../compile/canonical-json.ts";
import { compileRulebook } from "../compile/compile-rulebook.ts";
import type { Finding } from "../finding.ts";
import type { List } from "../model/list.ts";
import type { Split } from "../model/payer.ts";
import { nodesOf } from "../nodes-of.ts";
import type { Rulebook, RulebookItem } from "../rulebook.ts";
import { settledWith } from "../settled-with.ts";
import type { PlannedReform, Reform, SimulationPlan } from "./model.ts";
import { type Overlaid, overlay, reformFinding } from "./overlay.ts";
import { payersOf } from "./split-sums.ts";
import { readBy, subsetRulebook } from "./subset.ts";

export interface Planned {
  /** Absent when a reform cannot be compiled. */
  readonly plan?: SimulationPlan;
  readonly findings: readonly Finding[];
}

/**
 * Makes reforms of a compiled list ready to be tried on people. Of each reform only the items that it touches are
 * compiled: those that read a parameter it changes, those it changes, and those settled with either.
 */
export function planReforms(list: List, base: Rulebook, reforms: readonly Reform[]): Planned {
  const findings: Finding[] = [];
  const planned: PlannedReform[] = [];
  for (const [at, reform] of reforms.entries()) {
    if (reforms.findIndex(({ code }) => code === reform.code) < at) {
      const message = [`有两个改革方案叫“${reform.code}”`, `Two reforms are called "${reform.code}"`] as const;
      findings.push(reformFinding("REFORM-CODE", reform.code, "", message, ["换一个编码", "Choose another code"]));
      continue;
    }
    const ready = planOne(list, base, reform);
    findings.push(...ready.findings);
    if (ready.reform !== undefined) planned.push(ready.reform);
  }
  if (findings.some(({ severity }) => severity === "error")) return { findings };
  const splits = splitsOf(list, planned);
  const plan: SimulationPlan = {
    base: { list: base.list, area: base.area, date: base.date, hash: base.hash },
    reforms: planned,
    splits,
    payers: payersOf(Object.values(splits)),
    tiers: base.areas.map(({ code }) => {
      const tier = areaChain(list, code, base.date).find(({ payerTier }) => payerTier !== undefined)?.payerTier;
      return tier ?? 0;
    }),
  };
  return { plan, findings };
}

function planOne(list: List, base: Rulebook, reform: Reform): { reform?: PlannedReform; findings: readonly Finding[] } {
  const date = reform.date ?? base.date;
  const overlaid = overlay(list, reform, { area: base.area, date });
  if (overlaid.findings.length > 0) return { findings: overlaid.findings };
  const touched = touchedItems(list, base, overlaid, date !== base.date);
  const { rulebook: after, findings } = compileRulebook(overlaid.list, {
    area: base.area,
    date,
    ...(base.knownOn !== null && { knownOn: base.knownOn }),
    items: [...touched],
  });
  if (after === undefined) return { findings };
  const before = subsetRulebook(base, touched);
  const { code, name } = reform;
  const hash = contentHash({ base: base.hash, reform: withoutOrigins(reform) });
  return { reform: { code, name, hash, touched: [...touched].sort(), before, after }, findings };
}

/** Where an item of a reform is written says nothing about what it does. */
function withoutOrigins(reform: Reform): Reform {
  if (reform.items === undefined) return reform;
  const items = reform.items.map((change) => {
    if (!("put" in change)) return change;
    const { origin: _, ...item } = change.put;
    return { put: item };
  });
  return { ...reform, items } as Reform;
}

function touchedItems(list: List, base: Rulebook, overlaid: Overlaid, otherDay: boolean): ReadonlySet<string> {
  if (otherDay) return new Set([...base.items, ...executable(overlaid.list)].map(({ code }) => code));
  const touched = new Set(overlaid.items);
  for (const item of base.items) if (readsAny(list, item, overlaid.parameters)) touched.add(item.code);
  return settledWith([list, overlaid.list], touched);
}

const executable = (list: List) => [...list.items.values()].filter(({ rule }) => rule !== undefined);

function readsAny(list: List, item: RulebookItem, parameters: ReadonlySet<string>): boolean {
  const read = readBy(nodesOf(item)).parameters;
  const times = list.items.get(item.code)?.rule?.timesPerYear ?? "";
  return [...parameters].some((code) => read.has(code) || new RegExp(`\\b${code}\\b`).test(times));
}

function splitsOf(list: List, reforms: readonly PlannedReform[]): Readonly<Record<string, Split>> {
  const codes = new Set<string>();
  for (const { before, after } of reforms) {
    for (const { payer, amount } of [...before.items, ...after.items]) {
      codes.add(payer.split);
      if (amount.kind === "parts") for (const part of amount.parts) codes.add(part.split);
    }
  }
  return Object.fromEntries(
    [...codes].sort().flatMap((code) => {
      const payer = list.payers.get(code);
      return payer === undefined ? [] : [[code, payer.split] as const];
    }),
  );
}
