import type { Environment } from "@qingdan/feel/typed";
import { compileItem, type DraftItem } from "../compile/compile-item.ts";
import { interactionSteps } from "../compile/interactions.ts";
import { resolver, type Standpoint } from "../compile/resolve.ts";
import { typeRule } from "../compile/type-rule.ts";
import type { Finding } from "../finding.ts";
import type { Item, List } from "../model/list.ts";
import type { RulebookItem } from "../rulebook.ts";

/** Executable items compiled for a day, with what compiling finds; items whose rules cannot be typed are left out. */
export interface CompiledItems {
  readonly items: ReadonlyMap<string, RulebookItem>;
  readonly findings: readonly Finding[];
}

/** Compiles items as a rulebook does, without making one: nothing is hashed, and texts read before are not read again. */
export function compileItems(
  list: List,
  items: readonly Item[],
  date: string,
  environment: Environment,
): CompiledItems {
  const standpoint: Standpoint = { list, environment, area: list.area, date };
  const parameters = resolver(standpoint);
  const findings: Finding[] = [];
  const drafts: DraftItem[] = [];
  for (const item of items) {
    const { rule } = item;
    const typed = rule && typeRule(item, rule, environment).rule;
    if (!rule || !typed) continue;
    const compiled = compileItem(item, rule, typed, standpoint, (node) => parameters.resolve(node, rule.area));
    findings.push(...compiled.findings);
    drafts.push(compiled.draft);
  }
  findings.push(...interactionSteps(drafts).findings);
  const done = drafts.map(({ item, book }): RulebookItem => ({ ...item, reasons: book.all() }));
  return { items: new Map(done.map((item) => [item.code, item])), findings };
}
