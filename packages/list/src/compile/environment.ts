import {
  areaType,
  booleanType,
  dateType,
  type Environment,
  type FactDeclaration,
  numberType,
  type ParameterDeclaration,
  parseDay,
  parseUnit,
  type Type,
} from "@qingdan/feel/typed";
import { scaled } from "../exact-decimal.ts";
import type { List, ListFact, Parameter, ParameterValue } from "../model/list.ts";

/** What the names of a list mean in its rules. */
export function environmentOf(list: List): Environment {
  const areas = [...list.areas.keys()];
  return {
    facts: new Map([...list.facts.values()].map((fact) => [fact.name, declarationOf(fact)])),
    parameters: new Map([...list.parameters.values()].map((parameter) => [parameter.code, parameterOf(parameter)])),
    areas,
    areasWithin: (code) => areasWithin(list, areas, code),
    typed: new Map(),
    parsed: new Map(),
  };
}

function areasWithin(list: List, areas: readonly string[], code: string): readonly number[] | null {
  if (!list.areas.has(code)) return null;
  return areas.flatMap((area, position) => (isWithin(list, area, code) ? [position] : []));
}

/** Whether an area is another or lies below it, whatever the day. */
export function isWithin(list: Pick<List, "areas">, area: string, code: string): boolean {
  let next: string | undefined = area;
  for (let steps = 0; next !== undefined && steps <= list.areas.size; steps += 1) {
    if (next === code) return true;
    next = list.areas.get(next)?.parent;
  }
  return false;
}

function declarationOf(fact: ListFact): FactDeclaration {
  const { name, entity, formula } = fact;
  return { name, entity, type: factTypeOf(fact), ...(formula !== undefined && { formula }) };
}

/** Decimals that a fact or parameter is held with. */
export function factScale(fact: Pick<ListFact, "type" | "decimals">): number {
  if (fact.type === "money") return 2;
  return fact.type === "decimal" ? (fact.decimals ?? 1) : 0;
}

export function factTypeOf(fact: ListFact): Type | null {
  switch (fact.type) {
    case "boolean":
      return booleanType;
    case "date":
      return dateType;
    case "area":
      return areaType;
    case "enum":
      return { kind: "enum", values: (fact.values ?? []).map((value) => value.code) };
    case "text":
    case "id":
      return null;
    default: {
      const scale = factScale(fact);
      const bound = (value: number | undefined) => scaled(value ?? 0, scale) ?? 0;
      return numberType(parseUnit(fact.unit ?? "1"), scale, bound(fact.range?.min), bound(fact.range?.max));
    }
  }
}

/** Decimals of a parameter: fen for money, the most that any of its values is written with for other numbers. */
export function parameterScale(parameter: Parameter): number {
  if (parameter.type === "money") return 2;
  if (parameter.type === "integer" || parameter.type === "date") return 0;
  return Math.max(0, ...parameter.values.map(({ value }) => (String(value ?? "").split(".")[1] ?? "").length));
}

/** A value as the kernels hold it: fen, an integer scaled by the parameter's decimals, or a day. */
export function heldValue(parameter: Parameter, scale: number, { value }: ParameterValue): number | null {
  if (value === null) return null;
  if (parameter.type === "date") return parseDay(String(value));
  if (parameter.type === "money") return Number(value);
  return scaled(Number(value), scale) ?? null;
}

function parameterOf(parameter: Parameter): ParameterDeclaration {
  const { code, keys } = parameter;
  if (parameter.type === "date") return { name: code, type: dateType, keys };
  const scale = parameterScale(parameter);
  const held = parameter.values.map((value) => heldValue(parameter, scale, value)).filter((value) => value !== null);
  const [min, max] = held.length > 0 ? [Math.min(...held), Math.max(...held)] : [1, 1];
  return { name: code, type: numberType(parseUnit(parameter.unit ?? "1"), scale, min, max), keys };
}
