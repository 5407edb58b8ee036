import { childrenOf, type Environment, fold, type Node } from "@qingdan/feel/typed";
import { checkList } from "../check-list.ts";
import { environmentOf } from "../compile/environment.ts";
import { resolver } from "../compile/resolve.ts";
import { type TypedRule, typeRule } from "../compile/type-rule.ts";
import type { Finding } from "../finding.ts";
import { itemsInForce } from "../items-in-force.ts";
import type { LoadedList } from "../load-list.ts";
import type { Item, List } from "../model/list.ts";
import { floorFindings } from "../refine/floor.ts";
import { basisFindings } from "./bases.ts";
import { compileItems } from "./compile-items.ts";
import { interactionFindings } from "./interaction-kinds.ts";
import { parameterFindings } from "./parameter-age.ts";
import { unreachableRules } from "./reachability.ts";
import { kindOfCode } from "./report-codes.ts";
import { type CheckReport, type CheckRequest, checkKinds, type ReportedFinding } from "./report-model.ts";
import { responsibilityFindings } from "./responsibility.ts";
import { tableFindings } from "./table-coverage.ts";
import { unusedParameters } from "./unused-parameters.ts";

/**
 * Everything that the checks find in a list on a day: its files, types and units, tables and conditions, the floor of the
 * lists above, items that touch each other, bases, the age of numbers, and who is responsible. What depends on the day
 * is judged only where the list has no other errors.
 */
export function checkReport(loaded: LoadedList, request: CheckRequest): CheckReport {
  return createListChecker()(loaded, request);
}

/** `checkReport` for several lists: expressions that they share are read once. */
export function createListChecker(): (loaded: LoadedList, request: CheckRequest) => CheckReport {
  const parsed: NonNullable<Environment["parsed"]> = new Map();
  return (loaded, request) => {
    const environment = loaded.draft && { ...environmentOf(loaded.draft), parsed };
    return reportOf(loaded, request, environment);
  };
}

function reportOf(
  loaded: LoadedList,
  { date, beside = [] }: CheckRequest,
  environment: Environment | undefined,
): CheckReport {
  const { draft, list } = loaded;
  const byFile = new Map([...(draft?.items.values() ?? [])].map((item) => [item.origin.file, item.code]));
  const plain = checkList(loaded, environment);
  const sound = list !== undefined && plain.every(({ severity }) => severity === "warning");
  const further = sound && environment ? [...dayFindings(list, date, environment)] : [];
  const findings = [...plain, ...further, ...beside]
    .map((finding) => classified(finding, byFile))
    .sort((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code, b.code));
  const items = [...(draft?.items.values() ?? [])];
  return {
    list: draft?.code ?? null,
    date,
    ...counted(findings),
    kinds: checkKinds.map((kind) => ({ kind, ...counted(findings.filter((finding) => finding.kind === kind)) })),
    findings,
    items: items.length,
    executable: items.filter(({ rule }) => rule !== undefined).length,
  };
}

function counted(findings: readonly ReportedFinding[]) {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: findings.length - errors };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function classified(finding: Finding & Partial<ReportedFinding>, byFile: ReadonlyMap<string, string>): ReportedFinding {
  const item = finding.item ?? byFile.get(finding.file);
  return { ...finding, kind: finding.kind ?? kindOfCode(finding.code), ...(item !== undefined && { item }) };
}

/** What depends on the day. */
function* dayFindings(list: List, date: string, environment: Environment): Generator<Finding> {
  const items = itemsInForce(list, date);
  const compiled = compileItems(list, items, date, environment);
  yield* compiled.findings;
  const typed = new Map<string, TypedRule>();
  for (const item of [...items, ...list.replaced.values()]) {
    const rule = item.rule && typeRule(item, item.rule, environment).rule;
    if (rule) typed.set(item.code, rule);
  }
  yield* ruleFindings(list, items, typed, environment, date);
  yield* interactionFindings(list, items, date);
  yield* basisFindings(list, items, date);
  const read = ({ code }: Item) => parametersOf(typed.get(code));
  const readNow = new Set(items.flatMap((item) => [...read(item)]));
  const stated = new Set(items.flatMap(({ parameters = [] }) => parameters));
  yield* parameterFindings(list, { read: readNow, stated }, date);
  yield* unusedParameters(list, (item) =>
    parametersOf(typed.get(item.code) ?? (item.rule && (typeRule(item, item.rule, environment).rule ?? undefined))),
  );
  yield* responsibilityFindings(list, items, date);
  yield* floorFindings({ list, items, date, environment, read });
}

function* ruleFindings(
  list: List,
  items: readonly Item[],
  typed: ReadonlyMap<string, TypedRule>,
  environment: Environment,
  date: string,
): Generator<ReportedFinding> {
  const parameters = resolver({ list, environment, area: list.area, date });
  for (const item of items) {
    const [rule, types] = [item.rule, typed.get(item.code)];
    if (rule === undefined || types === undefined) continue;
    const ready = (node: Node) => fold(parameters.resolve(node, rule.area));
    const conditions = types.conditions.map(ready);
    yield* unreachableRules(item, rule, conditions);
    if (rule.table === undefined) continue;
    const rows = types.rows.map((row) => ({ cells: row.cells.map(ready), amount: row.amount }));
    yield* tableFindings(list, item, rule.table, types.inputs.map(ready), rows, conditions);
  }
}

/** Codes of the parameters that a rule reads. */
function parametersOf(rule: TypedRule | undefined): ReadonlySet<string> {
  const read = new Set<string>();
  const visit = (node: Node): void => {
    if (node.op === "parameter") read.add(node.parameter);
    for (const child of childrenOf(node)) visit(child);
  };
  if (rule === undefined) return read;
  const { conditions, amount, parts, rows, timesPerYear } = rule;
  const others = [amount, timesPerYear].filter((node) => node !== null);
  for (const node of [...conditions, ...parts, ...others, ...rows.flatMap((row) => [...row.cells, row.amount])])
    visit(node);
  return read;
}
