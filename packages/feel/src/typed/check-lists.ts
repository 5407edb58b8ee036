import type { Call, Expression, Span } from "../syntax.ts";
import { literalCode } from "./build-logic.ts";
import { arity, place } from "./builtin.ts";
import { wholeLiteral } from "./check-items.ts";
import { anyShape, type Scope } from "./environment.ts";
import { fold } from "./fold.ts";
import type { Node } from "./node.ts";
import { refuse } from "./refusal.ts";
import { type ContextShape, entryOf, isNode, itemAt, itemsIn, listOf, type Shape, twice } from "./shape.ts";

/** A function that gives a list or context that is known when it is loaded, or a value of one. */
type ShapeFunction = (call: Call, args: readonly Expression[], scope: Scope) => Shape;

/** A function of so many arguments, each of any shape. */
function ofShapes(
  name: string,
  least: number,
  most: number,
  build: (args: readonly Shape[], call: Call) => Shape,
): readonly [string, ShapeFunction] {
  return [
    name,
    (call, args, scope) => {
      if (args.length < least || args.length > most) return wrongCount(name, least, most, call);
      return build(
        args.map((arg) => anyShape(arg, scope)),
        call,
      );
    },
  ];
}

function wrongCount(name: string, least: number, most: number, call: Call): never {
  return arity(name, least === most ? least : `${least}${most === Number.POSITIVE_INFINITY ? "+" : `-${most}`}`, call);
}

/** A function of a list and of a position in it that is written out. */
function atPosition(
  name: string,
  args: number,
  build: (items: readonly Shape[], index: number, value: Shape | undefined) => readonly Shape[],
): readonly [string, ShapeFunction] {
  return [
    name,
    (call, given, scope) => {
      const [list, position, value] = given;
      if (list === undefined || position === undefined || given.length !== args) return arity(name, args, call);
      const items = itemsIn(anyShape(list, scope));
      const index = positionIn(items, position, scope);
      return listOf(build(items, index, value && anyShape(value, scope)));
    },
  ];
}

/** The index of a position that is written out and is in the list. */
function positionIn(items: readonly Shape[], expression: Expression, scope: Scope): number {
  const position = writtenNumber(expression, scope);
  itemAt(items, position, expression);
  return position > 0 ? position - 1 : items.length + position;
}

function writtenNumber(expression: Expression, scope: Scope): number {
  return wholeLiteral(expression, scope) ?? notWritten(expression, { zh: "整数", en: "a whole number" }, "1");
}

function notWritten(at: Span, what: { zh: string; en: string }, example: string): never {
  return refuse(
    "RULE-NOT-COMPILABLE",
    { from: at.from, to: at.to },
    { zh: `这里应是写出来的${what.zh}`, en: `Here stands ${what.en} that is written out` },
    { zh: `例如 ${example}`, en: `Such as ${example}` },
  );
}

const sublist: ShapeFunction = (call, args, scope) => {
  const [list, start, length] = args;
  if (list === undefined || start === undefined || args.length > 3) return wrongCount("sublist", 2, 3, call);
  const items = itemsIn(anyShape(list, scope));
  const index = positionIn(items, start, scope);
  const count = length === undefined ? items.length - index : writtenNumber(length, scope);
  if (count < 0) return notWritten(length ?? call, { zh: "个数", en: "a number of items" }, "1");
  if (count > 0) itemAt(items, index + count, length ?? call);
  return listOf(items.slice(index, index + count));
};

const flat = (shape: Shape): readonly Shape[] =>
  isNode(shape) || shape.kind !== "list" ? [shape] : shape.items.flatMap(flat);

function contextIn(shape: Shape, at: Span): ContextShape {
  if (!isNode(shape) && shape.kind === "context") return shape;
  return refuse(
    "RULE-TYPE",
    place(at),
    { zh: "这里需要上下文", en: "A context is needed here" },
    { zh: "例如 {a: x}", en: "Such as {a: x}" },
  );
}

/** A text that is written out. */
function textIn(shape: Shape | undefined, at: Span): string {
  const code = shape !== undefined && isNode(shape) ? literalCode(fold(shape) as Node) : null;
  return code ?? notWritten(at, { zh: "名称", en: "a name" }, '"a"');
}

/** The context with a value at the end of a path of names. */
function putIn(shape: Shape, [name = "", ...rest]: readonly string[], value: Shape, at: Span): ContextShape {
  const { entries } = contextIn(shape, at);
  const own = rest.length === 0 ? value : putIn(entryOf(shape, name, place(at)), rest, value, at);
  return { kind: "context", entries: new Map(entries).set(name, own) };
}

const contextPut = ([context, keys, value]: readonly Shape[], call: Call): Shape => {
  if (context === undefined || keys === undefined || value === undefined) return arity("context put", 3, call);
  const path = itemsIn(keys).map((key) => textIn(key, call));
  const named = call.arguments.kind === "named" && call.arguments.values.some(({ name }) => name === "key");
  if (path.length === 0 || (named && !isNode(keys))) return notWritten(call, { zh: "名称", en: "a name" }, '"a"');
  return putIn(context, path, value, call);
};

const entriesOf = (shapes: readonly Shape[], at: Span): ContextShape => {
  const entries = new Map<string, Shape>();
  for (const shape of shapes) {
    const own = contextIn(shape, at);
    const name = textIn(own.entries.get("key"), at);
    if (entries.has(name)) return twice(name, place(at));
    entries.set(name, entryOf(own, "value", place(at)));
  }
  return { kind: "context", entries };
};

const written = (text: string, at: Span): Node => ({
  op: "constant",
  type: { kind: "enum", values: [text] },
  value: 0,
  at: place(at),
});

const many = Number.POSITIVE_INFINITY;

/** Functions of lists and contexts that are written out: all is settled when the list is loaded. */
export const shapeFunctions: ReadonlyMap<string, ShapeFunction> = new Map<string, ShapeFunction>([
  ofShapes("append", 1, many, ([list, ...items]) => listOf([...itemsIn(list as Shape), ...items])),
  ofShapes("concatenate", 1, many, (lists) => listOf(lists.flatMap(itemsIn))),
  ofShapes("reverse", 1, 1, ([list]) => listOf([...itemsIn(list as Shape)].reverse())),
  ofShapes("flatten", 1, 1, ([list]) => listOf(flat(list as Shape))),
  ["sublist", sublist],
  atPosition("remove", 2, (items, index) => items.filter((_, at) => at !== index)),
  atPosition("insert before", 3, (items, index, value) => [
    ...items.slice(0, index),
    value as Shape,
    ...items.slice(index),
  ]),
  atPosition("list replace", 3, (items, index, value) =>
    items.map((item, at) => (at === index ? (value as Shape) : item)),
  ),
  ofShapes("get value", 2, 2, ([context, key], call) =>
    entryOf(contextIn(context as Shape, call), textIn(key, call), place(call)),
  ),
  ofShapes("get entries", 1, 1, ([context], call) =>
    listOf(
      [...contextIn(context as Shape, call).entries].map(([name, value]) => ({
        kind: "context",
        entries: new Map<string, Shape>([
          ["key", written(name, call)],
          ["value", value],
        ]),
      })),
    ),
  ),
  ofShapes("context", 1, 1, ([entries], call) => entriesOf(itemsIn(entries as Shape), call)),
  ofShapes("context put", 3, 3, contextPut),
  ofShapes("context merge", 1, 1, ([contexts], call) => ({
    kind: "context",
    entries: new Map(itemsIn(contexts as Shape).flatMap((context) => [...contextIn(context, call).entries])),
  })),
]);
