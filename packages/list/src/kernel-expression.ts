import {
  crossScales,
  type FactNode,
  keyDimension,
  type NumberType,
  type PartNode,
  type RatioType,
  ratioParts,
  roundingFactors,
  scaleOf,
} from "@qingdan/feel/typed";
import { aggregates } from "./kernel-aggregate.ts";
import {
  allOf,
  anyOf,
  type Block,
  bracketed,
  computedIn,
  type Emitted,
  type EmittedBoolean,
  type EmittedNumber,
  type EmittedQuotient,
  flipped,
  isBoolean,
  isNumber,
  loopBlock,
  nearestLoop,
  negated,
  noOf,
  ownBlock,
  type Places,
  scaledBy,
  seldomAround,
  tested,
  times,
} from "./kernel-block.ts";
import { comparisons } from "./kernel-compare.ts";
import { childAt, householderRow, type Vertex } from "./kernel-graph.ts";
import { roundingHelpers } from "./kernel-helpers.ts";

export interface Expressions {
  readonly boolean: (vertex: Vertex, at: Block) => EmittedBoolean;
  readonly number: (vertex: Vertex, at: Block) => EmittedNumber;
  /** Name of a table of the module, made by this source. */
  readonly constant: (source: string) => string;
  /** When a parameter read outside of loops is missing at its source; "0" when none can be. */
  readonly missing: (vertex: Vertex, at: Block) => string;
  /** Declarations at the top of the function, and what the module must hold. */
  readonly variables: readonly string[];
  readonly columns: ReadonlyMap<string, "person" | "household">;
  readonly constants: ReadonlyMap<string, string>;
  readonly helpers: ReadonlySet<string>;
}

export function expressions(places: Places, unknown: ReadonlySet<string>, constants: Map<string, string>): Expressions {
  const variables: string[] = [];
  const columns = new Map<string, "person" | "household">();
  const helpers = new Set<string>();
  let names = 0;
  const fresh = (prefix: string) => {
    names += 1;
    return `${prefix}${names}`;
  };
  const constant = (source: string): string => {
    const found = constants.get(source) ?? `K${constants.size}`;
    constants.set(source, found);
    return found;
  };

  const helper = (name: string): string => {
    if (!name.startsWith("Math.")) helpers.add(name);
    return name;
  };

  /**
   * The block where a vertex is computed: those that items share as far out as their facts allow, those of one item where
   * it first asks for them, since a condition that fails spares the rest; none inside a loop that it does not depend on.
   */
  const homeOf = (vertex: Vertex, at: Block): Block => {
    const within = seldomAround(at);
    if (within !== null) {
      const needed = within.loops.find(({ row }) => row !== null && vertex.rows.has(row));
      return vertex.uses < 2 && needed === within.loops[0] ? at : (needed ?? within.seldom);
    }
    if (vertex.rows.size === 0) {
      const own = vertex.users.size === 1 ? ownBlock(at, places, vertex.level < 2 ? "household" : "person") : null;
      if (own !== null) return vertex.uses < 2 ? at : own;
      if (vertex.level < 2) return vertex.hasAggregate ? places.late : places.early;
    }
    const around = nearestLoop(at);
    const loops = [...vertex.rows].map((row) => loopBlock(at, row)).filter((found) => found !== null);
    const own = loops.find((candidate) => [...vertex.rows].every((row) => loopBlock(candidate, row) !== null)) ?? null;
    return vertex.uses < 2 && around === own ? at : (own ?? places.person);
  };

  const keep = (text: string, prefix: string, home: Block): string => {
    if (/^(?:\w+|-?\d+)$/.test(text)) return text;
    const name = fresh(prefix);
    if (home.outlives) {
      variables.push(`${name} = 0`);
      home.lines.push(`${name} = ${text};`);
    } else home.lines.push(`const ${name} = ${text};`);
    return name;
  };

  const kept = (emitted: Emitted, home: Block): Emitted => {
    switch (emitted.kind) {
      case "boolean":
        return { kind: "boolean", yes: keep(emitted.yes, "y", home), no: emitted.no && keep(emitted.no, "n", home) };
      case "number":
        return {
          kind: "number",
          value: keep(emitted.value, "v", home),
          known: emitted.known && keep(emitted.known, "k", home),
        };
      case "quotient": {
        const { num, den, known } = emitted;
        return {
          kind: "quotient",
          num: keep(num, "v", home),
          den: keep(den, "v", home),
          known: known && keep(known, "k", home),
        };
      }
    }
  };

  const emit = (vertex: Vertex, at: Block): Emitted => {
    const found = computedIn(at, vertex.id);
    if (found !== undefined) return found;
    if (vertex.node.op === "constant") return raw(vertex, at);
    const home = homeOf(vertex, at);
    const emitted = raw(vertex, home);
    if (home === at && vertex.uses < 2 && !vertex.mayBeUnknown) return emitted;
    const names = kept(emitted, home);
    home.computed.set(vertex.id, names);
    return names;
  };

  const boolean = (vertex: Vertex, at: Block): EmittedBoolean => {
    const emitted = emit(vertex, at);
    if (emitted.kind !== "boolean") throw new Error(`${vertex.node.op} is no condition`);
    return emitted;
  };
  const number = (vertex: Vertex, at: Block): EmittedNumber => {
    const emitted = emit(vertex, at);
    if (emitted.kind !== "number") throw new Error(`${vertex.node.op} is no number`);
    return emitted;
  };
  const quotient = (vertex: Vertex, at: Block): EmittedQuotient => {
    const emitted = emit(vertex, at);
    if (emitted.kind === "quotient") return emitted;
    if (emitted.kind === "boolean") throw new Error(`${vertex.node.op} is no number`);
    return { kind: "quotient", num: emitted.value, den: "1", known: emitted.known };
  };

  /** The value of anything that is compared or looked up as an integer. */
  const integer = (vertex: Vertex, at: Block): { value: string; known: string | null } => {
    const emitted = emit(vertex, at);
    if (emitted.kind === "number") return emitted;
    if (emitted.kind === "quotient") throw new Error(`${vertex.node.op} is a quotient`);
    const known = emitted.no === null ? null : anyOf([emitted.yes, emitted.no]);
    return { value: emitted.yes, known };
  };

  const raw = (vertex: Vertex, at: Block): Emitted => {
    const { node } = vertex;
    switch (node.op) {
      case "constant":
        return typeof node.value === "boolean"
          ? isBoolean(node.value ? "1" : "0", null)
          : isNumber(String(node.value), null);
      case "moment":
      case "parameter":
        throw new Error(`${node.op} is left in a rulebook`);
      case "fact":
        return fact(node, at);
      case "lookup":
        return lookup(vertex, at);
      case "map":
        return mapped(vertex, at);
      case "within":
      case "one-of": {
        const of = integer(childAt(vertex, 0), at);
        return tested(memberOf(of.value, node.values), of.known);
      }
      case "compare":
        return compare(vertex, at);
      case "and":
      case "or":
        return junction(
          node.op === "and",
          vertex.children.map((item) => boolean(item, at)),
        );
      case "not": {
        const of = boolean(childAt(vertex, 0), at);
        return isBoolean(noOf(of), of.no === null ? null : of.yes);
      }
      case "if":
        return choice(vertex, at);
      case "otherwise":
        return otherwise(childAt(vertex, 0), node.value, at);
      case "aggregate":
        return aggregate(vertex, at);
      case "negate":
      case "add":
      case "subtract":
      case "multiply":
      case "divide":
        return node.type.kind === "ratio" ? ratio(vertex, at) : arithmetic(vertex, at);
      default:
        return arithmetic(vertex, at);
    }
  };

  const fact = (node: FactNode, at: Block): Emitted => {
    columns.set(node.fact, node.entity);
    const row =
      node.entity === "household" ? "g" : node.row === 0 ? "i" : node.row === householderRow ? "head" : `m${node.row}`;
    if (node.row > 0 && loopBlock(at, node.row) === null) throw new Error(`${node.fact} is read outside of its loop`);
    const value = `c_${node.fact}[${row}]`;
    const known = unknown.has(node.fact)
      ? keep(`(u_${node.fact}[${row} >> 3] >> (${row} & 7) & 1) ^ 1`, "k", at)
      : null;
    return node.type.kind === "boolean" ? tested(value, known) : isNumber(value, known);
  };

  /** A set of small integers as a bit mask, a larger one as a table. */
  const memberOf = (value: string, values: readonly number[]): string => {
    const [only] = values;
    const largest = Math.max(-1, ...values);
    if (only === undefined) return "0";
    if (largest < 31) return `${values.reduce((mask, bit) => mask | (1 << bit), 0)} >>> ${bracketed(value)} & 1`;
    // As long as any position can be: reading past the end of a table makes the engine give up what it compiled.
    const length = 256 * Math.ceil((largest + 1) / 256);
    const bits = Array.from({ length }, (_, bit) => (values.includes(bit) ? 1 : 0));
    return `${constant(`new Uint8Array([${bits.join(",")}])`)}[${value}]`;
  };

  const position = (vertex: Vertex, at: Block): { index: string; known: string | null } => {
    if (vertex.node.op !== "lookup") throw new Error("No lookup");
    const [areaVertex, keys] =
      vertex.node.area === null ? [null, vertex.children] : [childAt(vertex, 0), vertex.children.slice(1)];
    const area = areaVertex === null ? null : integer(areaVertex, at);
    return keyPosition(keys, area, at);
  };

  const keyPosition = (keys: readonly Vertex[], area: { value: string; known: string | null } | null, at: Block) => {
    let index = area?.value ?? "";
    const known = [area?.known ?? null];
    for (const key of keys) {
      const { size, first } = keyDimension(key.node.type);
      const of = integer(key, at);
      known.push(of.known);
      const digit = first === 0 ? of.value : `${bracketed(of.value)} - ${first}`;
      index = index === "" ? digit : `${bracketed(index)} * ${size} + ${bracketed(digit)}`;
    }
    return { index: index === "" ? "0" : index, known: allOf(known) };
  };

  const lookup = (vertex: Vertex, at: Block): Emitted => {
    if (vertex.node.op !== "lookup") throw new Error("No lookup");
    const { values } = vertex.node;
    const { index, known } = position(vertex, at);
    if (values.every((value) => value === null)) return isNumber("0", "0");
    const table = tableOf(values.map((value) => value ?? 0));
    if (!values.includes(null)) return isNumber(`${table}[${index}]`, known);
    const there = constant(`new Uint8Array([${values.map((value) => (value === null ? 0 : 1)).join(",")}])`);
    return isNumber(`${table}[${index}]`, allOf([known, `${there}[${index}]`]));
  };

  const tableOf = (numbers: readonly number[]): string => {
    const small = numbers.every((value) => Math.abs(value) < 2 ** 31);
    return constant(`new ${small ? "Int32Array" : "Float64Array"}([${numbers.join(",")}])`);
  };

  const mapped = (vertex: Vertex, at: Block): Emitted => {
    if (vertex.node.op !== "map") throw new Error("No map");
    const { index, known } = keyPosition(vertex.children, null, at);
    return isNumber(`${tableOf(vertex.node.values)}[${index}]`, known);
  };

  const missing = (vertex: Vertex, at: Block): string => {
    const { node } = vertex;
    if (node.op === "aggregate") return "0";
    const found = vertex.children.map((inner) => (inner.mayBeUnknown ? missing(inner, at) : "0"));
    if (node.op === "lookup" && node.values.includes(null)) {
      const { index, known } = position(vertex, at);
      const gone = constant(`new Uint8Array([${node.values.map((value) => (value === null ? 1 : 0)).join(",")}])`);
      found.push(allOf([known, `${gone}[${index}]`]) ?? "1");
    }
    return anyOf(found);
  };

  const junction = (and: boolean, items: readonly EmittedBoolean[]): EmittedBoolean => {
    const yes = items.map((item) => item.yes);
    const no = items.map(noOf);
    const certain = items.every((item) => item.no === null);
    const every = (terms: readonly string[]) => allOf(terms) ?? "1";
    return and ? isBoolean(every(yes), certain ? null : anyOf(no)) : isBoolean(anyOf(yes), certain ? null : every(no));
  };

  const choice = (vertex: Vertex, at: Block): Emitted => {
    const when = boolean(childAt(vertex, 0), at);
    const [a, b] = [childAt(vertex, 1), childAt(vertex, 2)];
    const test = bracketed(when.yes);
    if (vertex.node.type.kind === "boolean") {
      const [x, y] = [boolean(a, at), boolean(b, at)];
      const either = (p: string, q: string) =>
        anyOf([
          allOf([when.yes, p]) ?? "1",
          allOf([noOf(when), q]) ?? "1",
          ...(when.no === null ? [] : [allOf([p, q]) ?? "1"]),
        ]);
      const certain = when.no === null && x.no === null && y.no === null;
      return isBoolean(either(x.yes, y.yes), certain ? null : either(noOf(x), noOf(y)));
    }
    const scale = scaleOf(vertex.node.type);
    const [x, y] = [number(a, at), number(b, at)];
    const value = `${test} ? ${bracketed(scaledBy(x.value, scale - scaleOf(a.node.type)))} : ${bracketed(scaledBy(y.value, scale - scaleOf(b.node.type)))}`;
    if (when.no === null && x.known === null && y.known === null) return isNumber(value, null);
    const known = anyOf([allOf([when.yes, x.known]) ?? "1", allOf([noOf(when), y.known]) ?? "1"]);
    return isNumber(value, known);
  };

  const otherwise = (vertex: Vertex, value: number | boolean, at: Block): Emitted => {
    if (typeof value === "boolean") {
      const of = boolean(vertex, at);
      return isBoolean(value ? flipped(noOf(of)) : of.yes, null);
    }
    const of = number(vertex, at);
    if (of.known === null) return of;
    return isNumber(
      of.known === "0" ? String(value) : `${bracketed(of.known)} ? ${bracketed(of.value)} : ${value}`,
      null,
    );
  };

  const ratio = (vertex: Vertex, at: Block): EmittedQuotient => {
    const { node } = vertex;
    const a = quotient(childAt(vertex, 0), at);
    if (node.op === "negate") return { ...a, num: negated(a.num) };
    const b = quotient(childAt(vertex, 1), at);
    const known = allOf([a.known, b.known]);
    if (node.op === "multiply") return { kind: "quotient", num: times(a.num, b.num), den: times(a.den, b.den), known };
    if (node.op === "divide") return { kind: "quotient", num: times(a.num, b.den), den: times(a.den, b.num), known };
    const [left, right] = [childAt(vertex, 0).node.type, childAt(vertex, 1).node.type] as (NumberType | RatioType)[];
    if (left === undefined || right === undefined) throw new Error("A sum of quotients has two sides");
    const scales = crossScales(left, right);
    const x = scaledBy(times(a.num, b.den), scales.scale - scales.leftScale);
    const y = scaledBy(times(b.num, a.den), scales.scale - scales.rightScale);
    const sign = node.op === "add" ? "+" : "-";
    return { kind: "quotient", num: `${bracketed(x)} ${sign} ${bracketed(y)}`, den: times(a.den, b.den), known };
  };

  const arithmetic = (vertex: Vertex, at: Block): EmittedNumber => {
    const { node } = vertex;
    if (node.op === "round") return rounded(vertex, at);
    const scale = scaleOf(node.type);
    const items = vertex.children.map((inner) => ({ ...integer(inner, at), scale: scaleOf(inner.node.type) }));
    const known = allOf(items.map((item) => item.known));
    const aligned = items.map((item) => bracketed(scaledBy(item.value, scale - item.scale)));
    const plain = items.map((item) => bracketed(item.value));
    const [a = "0", b = "0"] = node.op === "add" || node.op === "subtract" || node.op === "modulo" ? aligned : plain;
    return isNumber(formula(vertex, a, b, aligned), known);
  };

  const formula = ({ node }: Vertex, a: string, b: string, aligned: readonly string[]): string => {
    switch (node.op) {
      case "add":
        return `${a} + ${b}`;
      case "subtract":
        return `${a} - ${b}`;
      case "multiply":
        return `${a} * ${b}`;
      case "modulo":
        return `${a} - ${b} * Math.floor(${a} / ${b})`;
      case "negate":
        return negated(a);
      case "absolute":
        return `Math.abs(${a})`;
      case "least":
        return `Math.min(${aligned.join(", ")})`;
      case "greatest":
        return `Math.max(${aligned.join(", ")})`;
      case "months-between":
        return `${helper("monthsBetween")}(${a}, ${b})`;
      case "days-between":
        return `${b} - ${a}`;
      case "shift": {
        const by = node.sign === 1 ? b : negated(b);
        const months = node.by.type.kind === "duration" && node.by.type.of === "months";
        return months ? `${helper("addMonths")}(${a}, ${by})` : `${a} + ${by}`;
      }
      case "part":
        return partOf(node.part, a);
      default:
        throw new Error(`${node.op} is no arithmetic`);
    }
  };

  const partOf = (part: PartNode["part"], a: string): string => {
    if (part === "years") return `Math.trunc(${a} / 12)`;
    if (part === "months") return `${a} % 12`;
    return part === "total-months" || part === "days" ? a : `${helper(part)}(${a})`;
  };

  const rounded = (vertex: Vertex, at: Block): EmittedNumber => {
    if (vertex.node.op !== "round") throw new Error("No rounding");
    const { mode, digits, of } = vertex.node;
    const inner = quotient(childAt(vertex, 0), at);
    const { num, den } = ratioParts(of.type as NumberType | RatioType);
    const factors = roundingFactors(num, den, digits);
    const above = times(inner.num, String(factors.num));
    const below = times(inner.den, String(factors.den));
    const single = mode === "floor" || mode === "ceiling";
    const call = single
      ? `${roundingHelpers[mode]}(${bracketed(above)} / ${bracketed(below)})`
      : `${helper(roundingHelpers[mode])}(${above}, ${below})`;
    return isNumber(digits < 0 ? `${call} * ${10 ** -digits}` : call, inner.known);
  };

  const aggregate = aggregates({ places, variables, fresh, boolean, number });
  const compare = comparisons({ variables, fresh, boolean, integer, quotient });

  return { boolean, number, missing, constant, variables, columns, constants, helpers };
}
