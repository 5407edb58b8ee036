import type { AmountTable, Rule } from "./model/list.ts";
import type { Basis, WrittenRule } from "./model/rule.ts";

type Written<K extends keyof WrittenRule> = NonNullable<WrittenRule[K]>;

/** The rule of an item with every expression as text and every list there. */
export function ruleOf(written: WrittenRule): Rule {
  const { subject, area, per, timesPerYear, conditions, define, amount, parts, table, frequency } = written;
  return {
    subject,
    area,
    per,
    ...(timesPerYear !== undefined && { timesPerYear: String(timesPerYear) }),
    conditions: conditions.map((condition) => ({
      ...condition,
      test: String(condition.test),
      basis: listOf<Basis>(condition.basis),
    })),
    define: Object.fromEntries(Object.entries(define ?? {}).map(([name, text]) => [name, String(text)])),
    ...(amount !== undefined && { amount: String(amount) }),
    ...(parts && {
      parts: parts.map((part) => ({ ...part, amount: String(part.amount), basis: listOf<Basis>(part.basis) })),
    }),
    ...(table && { table: tableOf(table) }),
    frequency: listOf(frequency),
  };
}

function tableOf(table: Written<"table">): AmountTable {
  return {
    ...table,
    inputs: table.inputs.map((input) => ({ ...input, expression: String(input.expression) })),
    rules: table.rules.map((rule) => ({
      ...rule,
      when: rule.when.map(String),
      amount: String(rule.amount),
      basis: listOf<Basis>(rule.basis),
    })),
  };
}

/** Paths of the expressions of a rule, for the positions of its item. */
export function expressionPaths(written: WrittenRule): (string | number)[][] {
  const { timesPerYear, conditions, define = {}, amount, parts = [], table } = written;
  const paths: (string | number)[][] = [
    ...(timesPerYear === undefined ? [] : [["timesPerYear"]]),
    ...conditions.map((_, at) => ["conditions", at, "test"]),
    ...Object.keys(define).map((name) => ["define", name]),
    ...(amount === undefined ? [] : [["amount"]]),
    ...parts.map((_, at) => ["parts", at, "amount"]),
    ...(table?.inputs ?? []).map((_, at) => ["table", "inputs", at, "expression"]),
    ...(table?.rules ?? []).flatMap(({ when }, at) => [
      ...when.map((_, cell) => ["table", "rules", at, "when", cell]),
      ["table", "rules", at, "amount"],
    ]),
  ];
  return paths.map((path) => ["rule", ...path]);
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
