import {
  type FeelContext,
  type FeelNumber,
  type FeelValue,
  isContext,
  kindOf,
  type NameTree,
  parseExpression,
  parseUnaryTests,
  toFeelString,
} from "@qingdan/feel";
import { booleanType, dateType, numberType, type Type } from "@qingdan/feel/typed";
import { type CaseColumn, feelValue, type Held, heldOf } from "./lifted-case.ts";

/** A column made of an input: a whole one, or a component of one. */
export interface InputColumn extends CaseColumn {
  /** The input's name, and those of the components down to the value; an item of a list is called by its place, as `[0]`. */
  readonly path: readonly string[];
  /** What else it is called where it is read: as a parameter of a knowledge model. */
  readonly also: readonly (readonly string[])[];
  /** Written before and after the name of the column where an expression reads the input. */
  readonly around: readonly [string, string];
}

/** Parameters of a knowledge model, with the names of the input or component that each is bound to. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

/** The inputs that texts read, one case a row, as columns; null when one of them is no value of a rule. */
export function inputColumns(
  rows: readonly FeelContext[],
  prefix: string,
  expressions: readonly string[],
  cells: readonly string[],
  parameters: Parameters = new Map(),
): readonly InputColumn[] | null {
  const paths = [...new Map(rows.flatMap((row) => leavesOf(row)).map((path) => [path.join("\n"), path])).values()];
  const unread = paths.map((path, at): InputColumn => {
    const also = [...parameters].flatMap(([name, bound]) =>
      bound.every((part, depth) => part === path[depth]) ? [[name, ...path.slice(bound.length)]] : [],
    );
    return { name: `${prefix}i${at}`, type: booleanType, values: [], path, also, around: ["", ""] };
  });
  const texts = [
    ...expressions.map((text) => overColumns(text, unread, "expression")),
    ...cells.map((cell) => overColumns(cell, unread, "cell")),
  ];
  const read = new Set(texts.flatMap(({ columns }) => columns));
  const columns = unread.filter((column) => read.has(column)).map((column) => typedColumn(column, rows));
  if (!columns.every((column) => column !== null)) return null;
  const inLists = columns.filter(({ path }) => path.some(isPlace));
  // Lists that are longer in one case than in another are no columns.
  if (inLists.some(({ path }) => rows.some((row) => leafAt(row, path) === undefined))) return null;
  return inLists.length === 0 ? columns : withSharedCodes(columns);
}

/** What stands in one list can be compared: all columns of codes have the same ones. */
function withSharedCodes(columns: readonly InputColumn[]): readonly InputColumn[] {
  const values = [...new Set(columns.flatMap(({ type }) => (type.kind === "enum" ? type.values : [])))];
  return columns.map((column) => {
    const { type } = column;
    if (type.kind !== "enum") return column;
    const held = column.values.map((value) =>
      value === undefined ? value : values.indexOf(type.values[Number(value)] ?? ""),
    );
    return { ...column, type: { kind: "enum", values }, values: held };
  });
}

function typedColumn(column: InputColumn, rows: readonly FeelContext[]): InputColumn | null {
  const values = rows.map((row) => valueAt(row, column.path));
  const type = typeOf(values);
  if (type === null) return null;
  const held = values.map((value) => heldOf(type, value));
  if (type.kind !== "duration") return { ...column, type, values: held };
  const around: InputColumn["around"] = [`(@"${type.of === "months" ? "P1M" : "P1D"}" * `, ")"];
  return { ...column, type: numberType(null, 0, type.min, type.max), values: held, around };
}

const isPlace = (segment: string) => /^\[\d+\]$/.test(segment);
const placeOf = (at: number) => `[${at}]`;

/** The names of a context or places of a list, with what stands there. */
function partsOf(value: FeelValue): readonly (readonly [string, FeelValue])[] | null {
  if (Array.isArray(value)) return value.map((item, at) => [placeOf(at), item]);
  return isContext(value) ? Object.entries(value) : null;
}

function leavesOf(value: FeelValue): (readonly string[])[] {
  return (partsOf(value) ?? []).flatMap(([name, part]) =>
    (partsOf(part) ?? []).length === 0 ? [[name]] : leavesOf(part).map((path) => [name, ...path]),
  );
}

function valueAt(context: FeelContext, path: readonly string[]): FeelValue {
  return leafAt(context, path) ?? null;
}

/** Undefined where there is no such component or item. */
function leafAt(value: FeelValue, [name, ...rest]: readonly string[]): FeelValue | undefined {
  if (name === undefined) return value;
  const found = partsOf(value)?.find(([own]) => own === name);
  return found && leafAt(found[1], rest);
}

const nanosecondsPerDay = 86_400_000_000_000n;

/** The type that all values have; a column that is always null is a condition nobody has answered. */
function typeOf(values: readonly FeelValue[]): Type | null {
  const known = values.filter((value) => value !== null);
  const [kind = "boolean", ...others] = new Set(known.map(kindOf));
  if (others.length > 0) return null;
  switch (kind) {
    case "boolean":
      return booleanType;
    case "string":
      return { kind: "enum", values: [...new Set(known as readonly string[])] };
    case "date":
      return dateType;
    case "number":
      return numbersType(known as readonly FeelNumber[]);
    case "years and months duration":
      return { kind: "duration", of: "months", min: -30_000, max: 30_000 };
    case "days and time duration": {
      const whole = known.every((value) => (value as { nanoseconds: bigint }).nanoseconds % nanosecondsPerDay === 0n);
      return whole ? { kind: "duration", of: "days", min: -30_000, max: 30_000 } : null;
    }
    default:
      return null;
  }
}

function numbersType(values: readonly FeelNumber[]): Type | null {
  const texts = values.map(toFeelString);
  if (texts.some((text) => !/^-?\d+(\.\d{1,6})?$/.test(text))) return null;
  const scale = Math.max(...texts.map((text) => text.split(".")[1]?.length ?? 0));
  const most = Math.ceil(Math.max(100, ...texts.map((text) => Math.abs(Number(text))))) * 10 ** scale;
  const positive = texts.every((text) => Number(text) > 0);
  return numberType(null, scale, positive ? 1 : -most * 2, most * 2);
}

/** More codes for columns of codes: those that a text compares them with, and one that stands nowhere. */
export function withCodes(columns: readonly InputColumn[], codes: readonly string[]): readonly InputColumn[] {
  return columns.map((column) =>
    column.type.kind === "enum"
      ? { ...column, type: { kind: "enum", values: [...new Set([...column.type.values, ...codes, "something else"])] } }
      : column,
  );
}

/** The inputs of a row as FEEL has them: those of a case, with the columns' values in their places. */
export function contextOf(base: FeelContext, columns: readonly InputColumn[], held: readonly Held[]): FeelContext {
  const context = { ...base };
  columns.forEach(({ type, around, path }, at) => {
    const unit = around[0].includes("P1M") ? "months" : "days";
    const own: Type = around[0] === "" ? type : { kind: "duration", of: unit, min: 0, max: 0 };
    put(context, path, feelValue(own, held[at]));
  });
  return context;
}

function put(context: Record<string, FeelValue>, [name = "", ...rest]: readonly string[], value: FeelValue): void {
  context[name] = changed(context[name] ?? null, rest, value);
}

/** A value with another one at the end of a path. */
function changed(old: FeelValue, [name, ...rest]: readonly string[], value: FeelValue): FeelValue {
  if (name === undefined) return value;
  if (Array.isArray(old)) return old.map((item, at) => (placeOf(at) === name ? changed(item, rest, value) : item));
  const own: FeelContext = isContext(old) ? old : {};
  return { ...own, [name]: changed(own[name] ?? null, rest, value) };
}

/** A text with the columns' names in place of the inputs, and the columns, strings and numbers in it. */
export interface OverColumns {
  readonly text: string;
  readonly columns: readonly InputColumn[];
  readonly strings: readonly string[];
  readonly numbers: readonly number[];
}

export function overColumns(text: string, columns: readonly InputColumn[], kind: "expression" | "cell"): OverColumns {
  const names = nameTreeOf(columns);
  const tree = kind === "expression" ? parseExpression(text, { names }) : parseUnaryTests(text, { names });
  const found: { from: number; to: number; columns: readonly InputColumn[]; text: string }[] = [];
  const strings: string[] = [];
  const numbers: number[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(walk);
      return;
    }
    if (typeof node !== "object" || node === null) return;
    const { kind: of, from, to, value, text: written } = node as Written;
    const path = pathOf(node as Written);
    const under = path === null ? [] : columnsUnder(path, columns);
    if (under.length > 0 && from !== undefined && to !== undefined) {
      found.push({ from, to, columns: under.map(({ column }) => column), text: writtenOut(under) });
    } else Object.values(node).forEach(walk);
    if (of === "string") strings.push(String(value));
    if (of === "number") numbers.push(Number(written));
  };
  walk(tree);
  let replaced = "";
  let last = 0;
  for (const { from, to, text: written } of found.sort((a, b) => a.from - b.from)) {
    replaced += text.slice(last, from) + written;
    last = to;
  }
  return { text: replaced + text.slice(last), columns: found.flatMap((one) => one.columns), strings, numbers };
}

interface Under {
  readonly column: InputColumn;
  /** What is left of its path below the name that is read. */
  readonly rest: readonly string[];
}

/** The columns that stand at a path, or below it. */
function columnsUnder(path: readonly string[], columns: readonly InputColumn[]): readonly Under[] {
  return columns.flatMap((column) => {
    const own = [column.path, ...column.also].find((one) => path.every((name, depth) => one[depth] === name));
    return own === undefined ? [] : [{ column, rest: own.slice(path.length) }];
  });
}

/** The columns as the value they are parts of: a name, a list or a context. */
function writtenOut(under: readonly Under[]): string {
  const [first] = under;
  if (first?.rest.length === 0) return first.column.around.join(first.column.name);
  const parts = new Map<string, Under[]>();
  for (const {
    column,
    rest: [name = "", ...rest],
  } of under) {
    parts.set(name, [...(parts.get(name) ?? []), { column, rest }]);
  }
  const texts = [...parts].map(
    ([name, inner]) => `${isPlace(name) ? "" : `${JSON.stringify(name)}: `}${writtenOut(inner)}`,
  );
  return isPlace([...parts.keys()][0] ?? "") ? `[${texts.join(", ")}]` : `{${texts.join(", ")}}`;
}

interface Written {
  readonly kind?: string;
  readonly from?: number;
  readonly to?: number;
  readonly value?: unknown;
  readonly text?: string;
  readonly name?: string;
  readonly source?: Written;
}

/** `a.b.c` as its names; null for any other expression. */
function pathOf({ kind, name, source }: Written): readonly string[] | null {
  if (name === undefined) return null;
  if (kind === "name") return [name];
  const before = kind === "path" && source !== undefined ? pathOf(source) : null;
  return before && [...before, name];
}

function nameTreeOf(columns: readonly InputColumn[]): NameTree {
  const tree: Record<string, NameTree | null> = {};
  for (const path of columns.flatMap((column) => [column.path, ...column.also])) {
    let at = tree;
    const names = path.findIndex(isPlace) < 0 ? path : path.slice(0, path.findIndex(isPlace));
    names.forEach((name, depth) => {
      if (depth === names.length - 1) at[name] ??= null;
      else {
        const inner = at[name] ?? {};
        at[name] = inner;
        at = inner as Record<string, NameTree | null>;
      }
    });
  }
  return tree;
}
