import { type Environment, formatDay } from "@qingdan/feel/typed";
import type { CompiledItems } from "../check/compile-items.ts";
import { itemPlace } from "../check/item-place.ts";
import type { Probe } from "../check/probe.ts";
import { reportFinding } from "../check/report-codes.ts";
import type { ReportedFinding } from "../check/report-model.ts";
import { type Answer, decideItem } from "../decide.ts";
import type { Area } from "../model/area.ts";
import type { Item, List } from "../model/list.ts";
import type { RulebookItem } from "../rulebook.ts";
import { compileFloor, compileLocal, type FloorPair, floorPairs, readsOwnValues } from "./floor-list.ts";
import { type Pool, type PoolFact, poolOf, promised, situationFor, type Witness } from "./witness.ts";

export interface FloorRequest {
  readonly list: List;
  /** The items in force on the day. */
  readonly items: readonly Item[];
  readonly date: string;
  readonly environment: Environment;
  /** Codes of the parameters that the rule of an item reads. */
  readonly read: (item: Item) => ReadonlySet<string>;
}

/**
 * A list against the lists above it, on a day: what they promise is kept, to nobody narrower and with no sum lower, and
 * what goes beyond says so and on which basis. Narrower and lower are told with a person for whom it is so; people are
 * searched for along the bounds of both rules, so that silence is no proof. Facts and numbers that are not known on
 * either side settle nothing.
 */
export function* floorFindings({ list, items, date, environment, read }: FloorRequest): Generator<ReportedFinding> {
  if (list.chain.length < 2) return;
  const pairs = floorPairs(list, items, date);
  for (const { floor, local } of pairs) if (local.length === 0) yield missing(list, floor);
  yield* excess(list, items);
  const changed = pairs.filter(
    ({ floor, local }) => local.some((item) => item.list === list.code) || readsOwnValues(list, read(floor)),
  );
  const executable = changed.filter(({ floor, local }) => floor.rule && local.some((item) => item.rule));
  yield* notCompared(list, changed);
  if (executable.length === 0) return;
  const above = compileFloor(list, unique(executable.map(({ floor }) => floor)), date, environment);
  const here = compileLocal(list, unique(executable.flatMap(({ local }) => local)), date, environment);
  for (const pair of executable) yield* compared(list, pair, above, here);
}

type Words = readonly [zh: string, en: string];

const unique = (items: readonly Item[]): readonly Item[] => [
  ...new Map(items.map((item) => [item.code, item])).values(),
];

function missing(list: List, floor: Item): ReportedFinding {
  const standing = [...list.items.values()].find((item) => item.refines.some(({ item: code }) => code === floor.code));
  return reportFinding(
    "FLOOR-ITEM-MISSING",
    itemPlace(standing ?? floor),
    [
      `上级清单的“${floor.name.zh}”（${floor.code}）在本清单中没有现行的项目`,
      `"${floor.name.en}" (${floor.code}) of the list above has no item in force here`,
    ],
    ["让承接它的项目生效，或不要替代它", "Bring the item that stands for it into force, or let it stand"],
    { item: standing?.code ?? floor.code },
  );
}

/** What goes beyond the lists above stands on a document of its own. */
function* excess(list: List, inForce: readonly Item[]): Generator<ReportedFinding> {
  for (const item of inForce) {
    if (item.list !== list.code) continue;
    const beyond =
      item.refines.length === 0 || item.refines.some(({ relation }) => relation === "above" || relation === "wider");
    const documents = item.basis.filter(({ source }) => list.sources.get(source)?.kind !== "page");
    if (!beyond || documents.length > 0) continue;
    yield reportFinding(
      "FLOOR-EXCESS-UNAPPROVED",
      itemPlace(item, "basis"),
      [
        `“${item.name.zh}”超出上级清单，依据里没有批准它的文件`,
        `"${item.name.en}" goes beyond the list above; its basis names no document that allows it`,
      ],
      ["写上批准或备案的文件", "Name the document that approves or registers it"],
      { item: item.code },
    );
  }
}

function* notCompared(list: List, changed: readonly FloorPair[]): Generator<ReportedFinding> {
  const open = changed.filter(({ floor, local }) => !(floor.rule && local.some((item) => item.rule)));
  const own = open.flatMap(({ local }) => local).find((item) => item.list === list.code);
  if (own === undefined) return;
  const names = open.map(({ floor }) => floor.code).join(", ");
  yield reportFinding(
    "FLOOR-NOT-COMPARED",
    itemPlace(own),
    [
      `${open.length} 项与上级之间没有可执行的规则可比，由人核对：${names}`,
      `${open.length} items have no rules on both sides to compare and are left to people: ${names}`,
    ],
    ["两边都写成规则后自动比较", "They are compared once both sides are rules"],
    { item: own.code },
  );
}

function* compared(
  list: List,
  { floor, local }: FloorPair,
  above: CompiledItems,
  here: CompiledItems,
): Generator<ReportedFinding> {
  const promise = above.items.get(floor.code);
  const kept = local.flatMap(({ code }) => here.items.get(code) ?? []);
  const own = local.find((item) => item.list === list.code && item.rule) ?? floor;
  const [onlyKeeper] = kept;
  if (promise === undefined || onlyKeeper === undefined) return;
  // A promise to households is kept by items of households, and the other way round; anything else is not comparable.
  if (kept.some(({ subject }) => subject !== promise.subject)) return;
  const pool = poolOf(list, [promise, ...kept]);
  const relation = own.refines.find(({ item }) => item === floor.code)?.relation;
  let more = false;
  for (const witness of promised(pool, promise)) {
    const promisedFen = yearly(promise, decideItem(promise, situationFor(promise, witness)));
    const answers = kept.map((item) => ({ item, answer: decideItem(item, situationFor(item, witness)) }));
    if (answers.some(({ answer }) => answer.outcome === 2)) continue;
    const held = answers.filter(({ answer }) => answer.outcome === 1);
    if (held.length === 0) {
      yield narrower(floor, own, kept, describe(promise, pool, witness, list));
      return;
    }
    const sums = held.map(({ item, answer }) => yearly(item, answer));
    if (promisedFen === null || sums.includes(null)) continue;
    const sum = sums.reduce<number>((total, fen) => total + (fen ?? 0), 0);
    if (sum < promisedFen) {
      yield lower(floor, own, promisedFen, sum, describe(promise, pool, witness, list));
      return;
    }
    more ||= sum > promisedFen;
  }
  if (more && relation === "same") yield undeclared(floor, own);
}

/** Fen a year; null where the period does not repeat by the year; a service is nothing. */
function yearly(item: RulebookItem, { fen }: Answer): number | null {
  if (item.amount.kind === "service") return 0;
  return item.timesPerYear === null ? null : fen * item.timesPerYear;
}

function narrower(floor: Item, own: Item, kept: readonly RulebookItem[], [zh, en]: Words): ReportedFinding {
  const items = kept.map(({ name }) => name);
  return reportFinding(
    "FLOOR-OBJECT-NARROWER",
    itemPlace(own, "rule.conditions.0.test"),
    [
      `上级清单的“${floor.name.zh}”管到这样的人，这里的“${items.map((name) => name.zh).join("”“")}”没有：${zh}`,
      `"${floor.name.en}" of the list above is owed to this person, "${items.map((name) => name.en).join('", "')}" here is not: ${en}`,
    ],
    ["放宽对象，或说明由哪一项承接", "Widen the object, or say which item takes it over"],
    { item: own.code },
  );
}

function lower(floor: Item, own: Item, promisedFen: number, fen: number, [zh, en]: Words): ReportedFinding {
  const yuan = (sum: number) => (sum / 100).toFixed(2);
  return reportFinding(
    "FLOOR-AMOUNT-LOWER",
    itemPlace(own, "rule.amount"),
    [
      `每年 ${yuan(fen)} 元，低于上级“${floor.name.zh}”的 ${yuan(promisedFen)} 元：${zh}`,
      `${yuan(fen)} yuan a year, below the ${yuan(promisedFen)} of "${floor.name.en}" above: ${en}`,
    ],
    ["标准不低于上级", "Keep the standard at or above that of the list above"],
    { item: own.code },
  );
}

function undeclared(floor: Item, own: Item): ReportedFinding {
  return reportFinding(
    "FLOOR-EXCESS-UNDECLARED",
    itemPlace(own, "refines.0"),
    [
      `写作与“${floor.name.zh}”相同（same），算出来却高于它`,
      `This says it is the same as "${floor.name.en}" and comes out above it`,
    ],
    ["relation 写 above，并写批准的文件", "Write the relation above, and the document that allows it"],
    { item: own.code },
  );
}

/** The facts of a person that the rules of both sides read. */
function describe(promise: RulebookItem, pool: Pool, witness: Witness, list: List): Words {
  const areas = [...list.areas.values()];
  const parts = [...pool.facts.values()].map((fact): Words => {
    const [zh, en] = valueWords(fact, witness.get(fact.name) ?? 0, areas);
    return [`${fact.zh} ${zh}`, `${fact.en}: ${en}`];
  });
  const alone = promise.subject === "household" ? (["独居；", "living alone; "] as const) : (["", ""] as const);
  return [alone[0] + parts.map(([zh]) => zh).join("，"), alone[1] + parts.map(([, en]) => en).join(", ")];
}

function valueWords({ type, values }: PoolFact, value: Probe, areas: readonly Area[]): Words {
  if (typeof value === "boolean") return value ? ["是", "yes"] : ["否", "no"];
  switch (type.kind) {
    case "enum":
      return [values[value]?.zh ?? "", values[value]?.en ?? ""];
    case "area":
      return [areas[value]?.zh ?? "", areas[value]?.en ?? ""];
    case "date":
      return [formatDay(value), formatDay(value)];
    default: {
      const text = (value / 10 ** (type.kind === "number" ? type.scale : 0)).toString();
      return [text, text];
    }
  }
}
