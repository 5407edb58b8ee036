import type { Finding } from "../finding.ts";
import type { InteractionStep } from "../rulebook.ts";
import type { DraftItem } from "./compile-item.ts";
import { ruleFinding } from "./rule-findings.ts";

type Kind = "exclusive" | "higher" | "offset";
interface Edge {
  readonly kind: Kind;
  readonly item: number;
  readonly other: number;
}

/**
 * The steps that settle items which touch each other, in an order without circles: what an item yields to is settled
 * before it. Of items that take the higher, those linked to each other form one group.
 */
export function interactionSteps(drafts: readonly DraftItem[]): {
  steps: readonly InteractionStep[];
  findings: Finding[];
} {
  const findings: Finding[] = [];
  const edges = edgesOf(drafts).filter((edge) => isSound(edge, drafts, findings));
  const groups = higherGroups(drafts.length, edges);
  const directed = dropMirrors(edges.filter((edge) => edge.kind !== "higher"));
  const order = groupOrder(groups, directed);
  if (order === null) {
    findings.push(cycleFinding(drafts, directed));
    return { steps: [], findings };
  }
  const steps = order.flatMap((group) => [
    ...group.flatMap((item) => directed.filter((edge) => edge.item === item)).map((edge) => yieldStep(edge, drafts)),
    ...(group.length > 1 ? [higherStep(group, drafts)] : []),
  ]);
  return { steps, findings };
}

function edgesOf(drafts: readonly DraftItem[]): Edge[] {
  const positions = new Map(drafts.map((draft, at) => [draft.item.code, at]));
  return drafts.flatMap(({ written }, item) =>
    written.interactions.flatMap(({ item: code, kind }) => {
      const other = positions.get(code);
      return other === undefined || other === item || kind === "together" ? [] : [{ kind, item, other }];
    }),
  );
}

/** Both sides must be decided for one and the same subject before the item can yield, and amounts be comparable. */
function isSound({ kind, item, other }: Edge, drafts: readonly DraftItem[], findings: Finding[]): boolean {
  const [a, b] = [drafts[item]?.item, drafts[other]?.item];
  if (a === undefined || b === undefined) return false;
  const problem = fault(kind, a, b);
  if (problem === null) return true;
  const origin = drafts[item]?.written.origin;
  if (origin !== undefined)
    findings.push(ruleFinding("RULE-INTERACTION", origin, "interactions", problem[0], problem[1]));
  return false;
}

type Faulty = readonly [{ zh: string; en: string }, { zh: string; en: string }];

function fault(kind: Kind, a: DraftItem["item"], b: DraftItem["item"]): Faulty | null {
  const household = a.subject === "household" && b.subject === "person";
  if (household || (kind === "higher" && a.subject !== b.subject)) {
    return [
      {
        zh: `${a.code} 与 ${b.code} 的对象不同（个人、家庭）`,
        en: `${a.code} and ${b.code} are decided for different subjects`,
      },
      { zh: "改为同一对象", en: "Decide both for persons or both for households" },
    ];
  }
  if (kind === "higher" && a.per !== b.per && (a.timesPerYear === null || b.timesPerYear === null)) {
    return [
      {
        zh: `${a.code} 与 ${b.code} 的金额无法按年比较`,
        en: `The amounts of ${a.code} and ${b.code} cannot be compared by the year`,
      },
      { zh: "写明 timesPerYear", en: "Give timesPerYear" },
    ];
  }
  if (kind === "offset" && (a.per !== b.per || a.amount.kind === "parts" || a.amount.kind === "service")) {
    return [
      { zh: `${a.code} 不能直接减去 ${b.code}`, en: `${b.code} cannot be taken off ${a.code}` },
      { zh: "两者应为同一周期的金额", en: "Both should be amounts of one period, without parts" },
    ];
  }
  return null;
}

/** Items linked by "higher", each group in list order; items by themselves are groups of one. */
function higherGroups(count: number, edges: readonly Edge[]): number[][] {
  const leader = Array.from({ length: count }, (_, at) => at);
  const find = (at: number): number => (leader[at] === at ? at : find(leader[at] ?? at));
  for (const { kind, item, other } of edges) {
    if (kind !== "higher") continue;
    const [a, b] = [find(item), find(other)];
    leader[Math.max(a, b)] = Math.min(a, b);
  }
  const groups = new Map<number, number[]>();
  for (let at = 0; at < count; at += 1) groups.set(find(at), [...(groups.get(find(at)) ?? []), at]);
  return [...groups.values()];
}

/** When both items name each other, the later one yields. */
function dropMirrors(edges: readonly Edge[]): Edge[] {
  return edges.filter(
    ({ kind, item, other }) =>
      item > other || !edges.some((mirror) => mirror.kind === kind && mirror.item === other && mirror.other === item),
  );
}

/** Groups so that every edge points back; null when there is a circle. */
function groupOrder(groups: readonly number[][], edges: readonly Edge[]): number[][] | null {
  const groupOf = new Map(groups.flatMap((group, at) => group.map((item) => [item, at] as const)));
  const waits = edges.map(({ item, other }) => [groupOf.get(item) ?? -1, groupOf.get(other) ?? -1] as const);
  const left = new Set(groups.keys());
  const order: number[][] = [];
  while (left.size > 0) {
    const next = [...left].find((at) => waits.every(([group, on]) => group !== at || !left.has(on)));
    if (next === undefined) return null;
    left.delete(next);
    order.push(groups[next] ?? []);
  }
  return order;
}

function cycleFinding(drafts: readonly DraftItem[], edges: readonly Edge[]): Finding {
  const names = [...new Set(edges.flatMap(({ item, other }) => [drafts[item]?.item.code, drafts[other]?.item.code]))];
  const path = names.join(", ");
  const origin = drafts[edges[0]?.item ?? 0]?.written.origin;
  if (origin === undefined) throw new Error("A circle of interactions without items");
  return ruleFinding(
    "RULE-INTERACTION-CYCLE",
    origin,
    "interactions",
    { zh: `互斥、就高、抵扣关系成环：${path}`, en: `Interactions form a circle: ${path}` },
    { zh: "去掉其中一条", en: "Drop one of them" },
  );
}

const nameOf = (drafts: readonly DraftItem[], at: number) => drafts[at]?.item.name ?? { zh: "", en: "" };
const codeOf = (drafts: readonly DraftItem[], at: number) => drafts[at]?.item.code ?? "";

function yieldStep({ kind, item, other }: Edge, drafts: readonly DraftItem[]): InteractionStep {
  const name = nameOf(drafts, other);
  const code = `${kind}:${codeOf(drafts, other)}`;
  const book = drafts[item]?.book;
  const lost =
    kind === "exclusive"
      ? { zh: `与${name.zh}不能同时享受`, en: `Not held together with ${name.en}` }
      : { zh: `已由${name.zh}抵扣完`, en: `Fully offset by ${name.en}` };
  const unknown = { zh: `要看能否享受${name.zh}`, en: `Depends on ${name.en}` };
  return {
    kind: kind === "exclusive" ? "exclusive" : "offset",
    item,
    other,
    lost: book?.add(code, 0, lost) ?? 0,
    unknown: book?.add(code, 2, unknown) ?? 0,
  };
}

function higherStep(group: readonly number[], drafts: readonly DraftItem[]): InteractionStep {
  const members = group.map((item) => ({
    item,
    reasons: group.map((other): readonly [number, number] => {
      if (other === item) return [0, 0];
      const book = drafts[item]?.book;
      const name = nameOf(drafts, other);
      const code = `higher:${codeOf(drafts, other)}`;
      const lost = book?.add(code, 0, { zh: `就高享受${name.zh}`, en: `The higher ${name.en} is held instead` });
      const unknown = book?.add(code, 2, { zh: `要看能否享受${name.zh}`, en: `Depends on ${name.en}` });
      return [lost ?? 0, unknown ?? 0];
    }),
  }));
  return { kind: "higher", members };
}
