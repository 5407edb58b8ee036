import { builtinFunction } from "../builtins/index.ts";
import { Run } from "../run.ts";
import type { Call, Expression, Span } from "../syntax.ts";
import type { FeelValue } from "../values.ts";
import { ofCodes } from "./build-text.ts";
import { arity, type Builtin, place } from "./builtin.ts";
import { anyShape, type Scope } from "./environment.ts";
import type { Node } from "./node.ts";
import { itemsIn, nodeOf } from "./shape.ts";

/** A function of FEEL at the values of its arguments. */
function called(name: string, args: readonly FeelValue[], at: Span): FeelValue {
  const own = builtinFunction(name);
  if (own === null) throw new Error(`FEEL has no function ${name}`);
  return own.call(args, new Run({}), at);
}

/** Nodes of arguments; a null says, as in FEEL, that an optional one is left out. */
const checkedAll = (args: readonly Expression[], scope: Scope): readonly (Node | null)[] =>
  args.map((arg, at) => (arg.kind === "null" && at > 0 ? null : scope.check(arg, scope)));

/** A function of texts as FEEL has it, of so many arguments. */
function textFunction(name: string, least: number, most: number): readonly [string, Builtin] {
  return [
    name,
    (call, args, scope) => {
      if (args.length < least || args.length > most) return wrongCount(name, least, most, call);
      const at = place(call);
      return ofCodes(name, checkedAll(args, scope), (values) => called(name, values, at), at);
    },
  ];
}

const wrongCount = (name: string, least: number, most: number, call: Call) =>
  arity(name, least === most ? least : `${least}-${most}`, call);

/** `string join([a, b], "-")` of texts written out; a null among them is passed over, as in FEEL. */
const stringJoin: Builtin = (call, args, scope) => {
  const [list, delimiter] = args;
  if (list === undefined || args.length > 2) return wrongCount("string join", 1, 2, call);
  const at = place(call);
  const nodes =
    list.kind === "list"
      ? list.items.filter(({ kind }) => kind !== "null").map((item) => scope.check(item, scope))
      : itemsIn(anyShape(list, scope)).map((item) => nodeOf(item, at));
  const between = delimiter === undefined || delimiter.kind === "null" ? null : scope.check(delimiter, scope);
  const join = ([by = null, ...texts]: readonly FeelValue[]) => called("string join", [texts, by], at);
  return ofCodes("string join", [between, ...nodes], join, at);
};

/** Functions of texts: of codes, of texts written out, and of what such functions give. */
export const textBuiltins: readonly (readonly [string, Builtin])[] = [
  textFunction("substring", 2, 3),
  textFunction("string length", 1, 1),
  textFunction("upper case", 1, 1),
  textFunction("lower case", 1, 1),
  textFunction("substring before", 2, 2),
  textFunction("substring after", 2, 2),
  textFunction("contains", 2, 2),
  textFunction("starts with", 2, 2),
  textFunction("ends with", 2, 2),
  textFunction("matches", 2, 3),
  textFunction("replace", 3, 4),
  ["string join", stringJoin],
  textFunction("number", 1, 3),
  textFunction("string", 1, 1),
];
