import type { Item, List, Rule } from "@qingdan/list";

/** Facts and parameters that a rule reads, with those behind derived facts. */
export interface RuleNames {
  readonly facts: readonly string[];
  readonly parameters: readonly string[];
}

/** Parameters of an entry: those that its rule reads, and those whose numbers it states. */
export function parametersOfItem(list: List, { rule, parameters = [] }: Item): readonly string[] {
  const read = rule ? ruleNames(list, rule).parameters : [];
  return [...new Set([...read, ...parameters])];
}

/** Finds the names in the rule's expressions; rules write facts and parameters as plain identifiers. */
export function ruleNames(list: List, rule: Rule): RuleNames {
  const facts = new Set<string>();
  const parameters = new Set<string>();
  const pending = [...expressions(rule), rule.area];
  for (let text = pending.pop(); text !== undefined; text = pending.pop()) {
    for (const name of identifiers(text)) {
      const fact = list.facts.get(name);
      if (fact && !facts.has(name)) {
        facts.add(name);
        if (fact.formula !== undefined) pending.push(fact.formula);
      }
      if (list.parameters.has(name)) parameters.add(name);
    }
  }
  return { facts: [...facts].toSorted(), parameters: [...parameters].toSorted() };
}

function expressions(rule: Rule): string[] {
  const { table } = rule;
  return [
    ...rule.conditions.map(({ test }) => test),
    ...Object.values(rule.define),
    ...(rule.parts ?? []).map(({ amount }) => amount),
    ...(table?.inputs ?? []).map(({ expression }) => expression),
    ...(table?.rules ?? []).flatMap(({ when, amount }) => [...when, amount]),
    ...[rule.amount, rule.timesPerYear].filter((text) => text !== undefined),
  ];
}

function identifiers(expression: string): readonly string[] {
  return expression.replaceAll(/"(\\.|[^"\\])*"/g, '""').match(/[A-Za-z_]\w*/g) ?? [];
}
