import { type Finding, listFinding } from "../finding.ts";
import { inInterval } from "../interval.ts";
import type { WrittenItem } from "../model/item.ts";
import { placeOf } from "../reading.ts";
import type { Checked } from "./check.ts";

/** The amount of a rule is written in one way: as an expression, as parts or as a table; a money rule says per what. */
export function* amountForms({ own }: Checked): Generator<Finding> {
  for (const entry of own.items) {
    const { rule } = entry.value;
    const forms = (["amount", "parts", "table"] as const).filter((form) => rule?.[form] !== undefined);
    const second = forms[1];
    if (second !== undefined) {
      yield listFinding(
        "LIST-RULE-AMOUNT",
        placeOf(entry, ["rule", second], "key"),
        [`金额写了两种：${forms.join("、")}`, `The amount is written in two ways: ${forms.join(", ")}`],
        ["amount、parts、table 只写一种", "Write one of amount, parts and table"],
      );
    } else if (rule && forms.length > 0 && rule.per === "none") {
      yield listFinding(
        "LIST-RULE-AMOUNT",
        placeOf(entry, ["rule", "per"]),
        ["有金额而 per 是 none", "There is an amount, but per is none"],
        ["写明每月、每年、每次……", "Say per month, per year, once, ..."],
      );
    }
  }
}

/** Each row of a table has a cell for each input; an aggregation belongs to the hit policy C. */
export function* tableCells({ own }: Checked): Generator<Finding> {
  for (const entry of own.items) {
    const table = entry.value.rule?.table;
    if (!table) continue;
    for (const [at, { when }] of table.rules.entries()) {
      if (when.length === table.inputs.length) continue;
      yield listFinding(
        "LIST-TABLE-CELLS",
        placeOf(entry, ["rule", "table", "rules", at, "when"]),
        [`这一行有 ${when.length} 格`, `This row has ${when.length} cells`],
        [`应有 ${table.inputs.length} 格，每个输入一格`, `It should have ${table.inputs.length}, one for each input`],
      );
    }
    if ((table.hitPolicy === "C") === (table.aggregation !== undefined)) continue;
    yield listFinding(
      "LIST-TABLE-CELLS",
      placeOf(entry, ["rule", "table", "hitPolicy"]),
      [
        `hitPolicy ${table.hitPolicy} ${table.aggregation === undefined ? "缺少" : "不能有"} aggregation`,
        `The hit policy ${table.hitPolicy} ${table.aggregation === undefined ? "needs an" : "has no"} aggregation`,
      ],
      ["aggregation 只与 C 同写", "Write an aggregation with C, and only there"],
    );
  }
}

/** No item refines itself, be it over others. */
export function* refinementCycles({ own, list }: Checked): Generator<Finding> {
  const written = new Map(own.items.map((entry) => [entry.value.code, entry]));
  const refined = (code: string): readonly { item: string }[] =>
    written.get(code)?.value.refines ?? list.items.get(code)?.refines ?? list.replaced.get(code)?.refines ?? [];
  for (const entry of own.items) {
    const circle = circleFrom(entry.value.code, refined);
    if (!circle) continue;
    yield listFinding(
      "LIST-REFINES-CYCLE",
      placeOf(entry, ["refines"], "key"),
      [`细化成环：${circle.join(" → ")}`, `The refinements form a circle: ${circle.join(" → ")}`],
      ["项目只细化上级清单的项目", "An item refines items of the lists above"],
    );
  }
}

function circleFrom(start: string, refined: (code: string) => readonly { item: string }[]): string[] | undefined {
  const seen = new Set<string>();
  const open: string[][] = [[start]];
  for (let path = open.pop(); path; path = open.pop()) {
    for (const { item } of refined(path.at(-1)!)) {
      if (item === start) return [...path, item];
      if (!seen.has(item)) open.push([...path, item]);
      seen.add(item);
    }
  }
  return undefined;
}

/** The list holds as many items as its version was published with. */
export function* itemCounts({ own, list }: Checked): Generator<Finding> {
  if (!own.header || own.broken.size > 0) return;
  const versions = own.header.value.versions;
  const at = versions.findLastIndex(({ status }) => status === "in-force");
  const version = versions[at];
  if (version?.items === undefined) return;
  const day = version.from;
  const held = own.items.filter(({ value }) => value.status !== "draft" && lastsOn(value, day, version.until)).length;
  if (held === version.items) return;
  yield listFinding(
    "LIST-ITEM-COUNT",
    placeOf(own.header, ["versions", at, "items"]),
    [
      `版本 ${version.version} 公布 ${version.items} 项，${list.code} 有 ${held} 项`,
      `Version ${version.version} was published with ${version.items} items; ${list.code} holds ${held}`,
    ],
    ["补上缺的项目，或说明为何不同", "Add the missing items, or say why the numbers differ"],
  );
}

/** Whether an item is owed on some day of [from, until). */
function lastsOn({ effective }: WrittenItem, from: string, until: string | undefined): boolean {
  return inInterval(effective, from) || (effective.from > from && (until === undefined || effective.from < until));
}
