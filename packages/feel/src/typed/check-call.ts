import type { Call, Expression, Span } from "../syntax.ts";
import { dateOfParts, dayOfWeek, dayOfYear, monthOfYear } from "./build-calendar.ts";
import { between, dateCall, temporalLiteral } from "./build-date.ts";
import { durationSign } from "./build-duration.ts";
import { not } from "./build-logic.ts";
import { absolute, hasRest, modulo, rounding } from "./build-number.ts";
import { arity, type Builtin, one, place, two } from "./builtin.ts";
import { aggregateBuiltins } from "./check-aggregate.ts";
import { argumentsOf } from "./check-arguments.ts";
import { wholeLiteral } from "./check-items.ts";
import { shapeFunctions } from "./check-lists.ts";
import { unknownName } from "./check-name.ts";
import { rangeCall, rangeFunctions } from "./check-range.ts";
import { textBuiltins } from "./check-text.ts";
import type { ParameterDeclaration, Scope } from "./environment.ts";
import type { Node, RoundingMode } from "./node.ts";
import { nearest, refuse } from "./refusal.ts";
import { nodeOf } from "./shape.ts";
import { booleanType } from "./type.ts";

export function checkCall(call: Call, scope: Scope): Node {
  const name = call.callee.kind === "name" ? call.callee.name : null;
  if (name === null) {
    return refuse(
      "RULE-NOT-COMPILABLE",
      call,
      { zh: "规则里只能调用具名函数", en: "A rule calls functions by their names" },
      { zh: "例如 round half up(x, 2)", en: "Such as round half up(x, 2)" },
    );
  }
  const builtin = builtins.get(name);
  if (builtin !== undefined) return builtin(call, argumentsOf(name, call), scope);
  const shaped = shapeFunctions.get(name);
  if (shaped !== undefined) return nodeOf(shaped(call, argumentsOf(name, call), scope), place(call));
  const parameter = scope.environment.parameters.get(name);
  if (parameter !== undefined) {
    const names = parameter.keys.map((key) => key.name);
    return parameterCall(parameter, call, argumentsOf(name, call, names), scope);
  }
  if (scope.environment.facts.has(name)) {
    return refuse(
      "RULE-ARGUMENTS",
      call,
      { zh: `${name} 是事实，不能调用`, en: `${name} is a fact and cannot be called` },
      { zh: `写成 ${name}`, en: `Write ${name}` },
    );
  }
  const near = nearest(name, [...functionNames, ...scope.environment.parameters.keys()]);
  if (near === null) return unknownName(name, call.callee, scope);
  return refuse(
    "RULE-UNKNOWN-NAME",
    call.callee,
    { zh: `没有名为 ${name} 的函数或参数`, en: `There is no function or parameter named ${name}` },
    { zh: `是否指 ${near}?`, en: `Did you mean ${near}?` },
  );
}

function parameterCall(parameter: ParameterDeclaration, call: Call, args: readonly Expression[], scope: Scope): Node {
  if (args.length !== parameter.keys.length) return arity(parameter.name, parameter.keys.length, call);
  const keys = args.map((arg, index) => key(scope.check(arg, scope), parameter, index, arg));
  return { op: "parameter", parameter: parameter.name, keys, type: parameter.type, at: place(call) };
}

function key(node: Node, parameter: ParameterDeclaration, index: number, at: Span): Node {
  const values = parameter.keys[index]?.values ?? [];
  const { type } = node;
  if (type.kind === "number" && type.scale === 0 && type.max - type.min < 64) return node;
  if (type.kind !== "enum") {
    return refuse(
      "RULE-TYPE",
      at,
      { zh: "参数的键要用代码", en: "The key of a parameter is a code" },
      { zh: `取值：${values.join("、")}`, en: `One of ${values.join(", ")}` },
    );
  }
  if (type.values.some((value) => values.includes(value)) && (node.op !== "constant" || type.values.length === 1))
    return node;
  const code = node.op === "constant" ? (type.values[Number(node.value)] ?? "") : type.values.join(", ");
  const near = nearest(code, values);
  return refuse(
    "RULE-ENUM-CODE",
    at,
    { zh: `“${code}”不是参数 ${parameter.name} 的键`, en: `"${code}" is no key of the parameter ${parameter.name}` },
    near === null
      ? { zh: `取值：${values.join("、")}`, en: `One of ${values.join(", ")}` }
      : { zh: `是否指“${near}”？`, en: `Did you mean "${near}"?` },
  );
}

function rounder(mode: RoundingMode, optional: boolean): Builtin {
  return (call, args, scope) => {
    const [value, digits] = args;
    if (value === undefined || args.length > 2 || (digits === undefined && !optional)) return arity("round", 2, call);
    return rounding(
      mode,
      digits === undefined ? 0 : literalDigits(digits, scope),
      scope.check(value, scope),
      place(call),
    );
  };
}

function literalDigits(expression: Expression, scope: Scope): number {
  const digits = wholeLiteral(expression, scope) ?? Number.NaN;
  if (digits >= -6 && digits <= 6) return digits;
  return refuse(
    "RULE-NOT-COMPILABLE",
    expression,
    { zh: "小数位数应写成 -6 至 6 的整数", en: "The number of decimals is a literal from -6 to 6" },
    { zh: "例如 round half up(x, 2)", en: "Such as round half up(x, 2)" },
  );
}

/** `is(a, b)`: equal values of one kind. */
const isCall: Builtin = (call, args, scope) => {
  const [left, right] = args;
  if (left === undefined || right === undefined || args.length > 2) return arity("is", 2, call);
  return scope.check({ kind: "comparison", operator: "=", left, right, from: call.from, to: call.to }, scope);
};

const within: Builtin = (call, args, scope) => {
  const [area, code] = args;
  if (area === undefined || code === undefined || args.length !== 2) return arity("within", 2, call);
  const of = scope.check(area, scope);
  const values = code.kind === "string" ? scope.environment.areasWithin(code.value) : null;
  if (of.type.kind !== "area" || code.kind !== "string") {
    return refuse(
      "RULE-TYPE",
      of.type.kind === "area" ? code : area,
      { zh: "within 需要一个地区事实和一个地区代码", en: "within takes an area fact and an area code" },
      { zh: '例如 within(hukouArea, "cn-31")', en: 'Such as within(hukouArea, "cn-31")' },
    );
  }
  if (values === null) return unknownArea(code.value, code, scope);
  return { op: "within", of, code: code.value, values, at: place(call), type: booleanType };
};

export function unknownArea(code: string, at: Span, scope: Scope): never {
  const near = nearest(code, scope.environment.areas);
  return refuse(
    "RULE-AREA",
    at,
    { zh: `没有代码为“${code}”的地区`, en: `There is no area with the code "${code}"` },
    near === null
      ? { zh: "地区写在 areas.yaml", en: "Areas stand in areas.yaml" }
      : { zh: `是否指“${near}”？`, en: `Did you mean "${near}"?` },
  );
}

const textCall =
  (build: (text: string, at: Span) => Node): Builtin =>
  (call, args) => {
    const [only] = args;
    if (only?.kind === "string" && args.length === 1) return build(only.value, place(call));
    return arity("duration", 1, call);
  };

const dateBuiltin: Builtin = (call, args, scope) => {
  const [only] = args;
  if (args.length === 1 && only?.kind === "string") return dateCall([], only.value, call) ?? arity("date", 1, call);
  const parts = args.map((arg) => scope.check(arg, scope));
  const [year, month, day] = parts;
  const found = dateCall(parts, null, call);
  if (found !== undefined) return found;
  if (year === undefined || month === undefined || day === undefined) return arity("date", "1, 3", call);
  return dateOfParts(year, month, day, place(call));
};

const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...aggregateBuiltins,
  ...textBuiltins,
  ["within", within],
  ["not", one(not)],
  ["abs", one((of, at) => durationSign("absolute", of, at) ?? absolute(of, at))],
  ["even", one((of, at) => hasRest(of, 0, at))],
  ["odd", one((of, at) => hasRest(of, 1, at))],
  ["modulo", two(modulo)],
  ["is", isCall],
  ["floor", rounder("floor", true)],
  ["ceiling", rounder("ceiling", true)],
  ["decimal", rounder("half even", false)],
  ["round up", rounder("up", false)],
  ["round down", rounder("down", false)],
  ["round half up", rounder("half up", false)],
  ["round half down", rounder("half down", false)],
  ["date", dateBuiltin],
  ["day of week", one(dayOfWeek)],
  ["day of year", one(dayOfYear)],
  ["month of year", one(monthOfYear)],
  ["duration", textCall(temporalLiteral)],
  ["years and months duration", two((from, to, at) => between("months-between", from, to, at))],
  ...[...rangeFunctions.keys()].map((name): [string, Builtin] => [
    name,
    (call, args, scope) => rangeCall(name, args, place(call), scope),
  ]),
]);

/** Function names of more than one word, and those of this language, that the parser must know. */
export const functionNames: readonly string[] = [...builtins.keys(), ...shapeFunctions.keys()];
