import {
  areaType,
  childrenOf,
  type Environment,
  type FactNode,
  keyDimension,
  type LookupNode,
  momentDay,
  type Node,
  type ParameterNode,
  withChildren,
} from "@qingdan/feel/typed";
import { areaChain } from "../area-chain.ts";
import { keyWords } from "../key-words.ts";
import { lookupParameter } from "../lookup-parameter.ts";
import type { List, Parameter } from "../model/list.ts";
import type { ReadParameter } from "../rulebook.ts";
import { heldValue, isWithin, parameterScale } from "./environment.ts";

/** The day, area and knowledge for which parameters are looked up. */
export interface Standpoint {
  readonly list: List;
  readonly environment: Environment;
  readonly area: string;
  readonly date: string;
  readonly knownOn?: string;
}

/** Looks parameters up for one rulebook, and remembers what was read. */
export interface Resolver {
  /** The node with dates of the answer and parameters in place, without places in the text. */
  readonly resolve: (node: Node, areaFact: string) => Node;
  readonly read: () => readonly ReadParameter[];
}

interface Values {
  /** Whether areas differ, so that the values stand by area first. */
  readonly differ: boolean;
  readonly values: LookupNode["values"];
}

type ReadValue = ReadParameter["values"][number];

export function resolver(standpoint: Standpoint): Resolver {
  const read = new Map<string, Map<string, ReadValue>>();
  const [year = 0, month = 0, day = 0] = standpoint.date.split("-").map(Number);
  const areas = standpoint.environment.areas.map((area) => areaChain(standpoint.list, area, standpoint.date));
  const lookups = new Map<string, Values>();

  const resolve = (node: Node, areaFact: string): Node => {
    const inner = withChildren(
      node,
      childrenOf(node).map((child) => resolve(child, areaFact)),
    );
    const { at: _, ...plain } = inner;
    if (plain.op === "moment") return { ...plain, value: momentDay(plain.moment, year, month, day) };
    return plain.op === "parameter" ? lookup(plain, areaFact) : (plain as Node);
  };

  const byArea = areas.map((chain) => chain.map((area) => area.code));
  const inside = standpoint.environment.areas.map((area) => isWithin(standpoint.list, area, standpoint.area));

  const lookup = (node: ParameterNode, areaFact: string): Node => {
    const keys = keyTuples(node.keys);
    const id = `${node.parameter} ${keys.map((key) => key.join(" ")).join(",")}`;
    const found = lookups.get(id) ?? valuesOf(node.parameter, keys);
    lookups.set(id, found);
    const area: FactNode = { op: "fact", fact: areaFact, entity: "person", row: 0, type: areaType };
    const { type, parameter } = node;
    return { op: "lookup", type, parameter, keys: node.keys, area: found.differ ? area : null, values: found.values };
  };

  /** One row of values where all areas of the rulebook agree, otherwise a row for each area. */
  const valuesOf = (code: string, keys: readonly (readonly string[])[]): Values => {
    const parameter = standpoint.list.parameters.get(code);
    if (parameter === undefined) throw new Error(`Parameter ${code} was typed and is not in the list`);
    const values = table(parameter, keys, byArea);
    const row = (at: number) => values.slice(at * keys.length, (at + 1) * keys.length);
    const own = areas.flatMap((chain, at) => (inside[at] === true && chain.length > 0 ? [at] : []));
    const first = row(own[0] ?? 0);
    const differ =
      own.length === 0 || own.some((at) => first.some((value, key) => value !== values[at * keys.length + key]));
    return { differ, values: differ ? values : first };
  };

  /** Values by area, then by key; areas under the same holders of values share their answers. */
  const table = (
    parameter: Parameter,
    keys: readonly (readonly string[])[],
    chains: readonly (readonly string[])[],
  ) => {
    const scale = parameterScale(parameter);
    const holders = new Set(parameter.values.map((value) => value.area));
    const seen = new Map<string, readonly (number | null)[]>();
    return standpoint.environment.areas.flatMap((area, at) => {
      const chain = chains[at] ?? [];
      const id = chain.filter((code) => holders.has(code)).join(" ");
      const found = seen.get(id) ?? keys.map((key) => (id === "" ? null : valueAt(parameter, scale, key, area)));
      seen.set(id, found);
      return found;
    });
  };

  const valueAt = (parameter: Parameter, scale: number, key: readonly string[], area: string): number | null => {
    const { date, knownOn } = standpoint;
    const answer = lookupParameter(standpoint.list, {
      code: parameter.code,
      key,
      area,
      date,
      ...(knownOn !== undefined && { knownOn }),
    });
    if (answer.kind === "none") return null;
    const { entry } = answer;
    const value = heldValue(parameter, scale, entry);
    const values = read.get(parameter.code) ?? new Map<string, ReadValue>();
    read.set(parameter.code, values);
    const { from, mark, source } = entry;
    values.set(`${entry.area} ${entry.key.join(" ")}`, {
      area: entry.area,
      key: entry.key,
      value,
      from,
      document: entry.document ?? null,
      mark,
      source,
    });
    return value;
  };

  return {
    resolve,
    read: () =>
      [...read].map(([code, values]) => {
        const parameter = standpoint.list.parameters.get(code) as Parameter;
        const { zh, en, unit } = parameter;
        const words = keyWords(standpoint.list, parameter);
        const keys = parameter.keys.map(({ name }, at) => ({
          name,
          labels: [...(words[at] ?? [])].map(([code, label]) => ({ code, zh: label.zh, en: label.en })),
        }));
        const scale = parameterScale(parameter);
        const named = { code, zh, en, unit: unit ?? null, scale, ...(keys.length > 0 && { keys }) };
        return { ...named, values: [...values.values()] };
      }),
  };
}

/** Every combination of the values that the key expressions can take, last key fastest. */
function keyTuples(keys: readonly Node[]): readonly (readonly string[])[] {
  return keys.reduce<readonly (readonly string[])[]>(
    (tuples, { type }) => {
      const { size, first } = keyDimension(type);
      const values = type.kind === "enum" ? type.values : Array.from({ length: size }, (_, at) => String(first + at));
      return tuples.flatMap((tuple) => values.map((value) => [...tuple, value]));
    },
    [[]],
  );
}
