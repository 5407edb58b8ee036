import { toFeelString } from "../format.ts";
import { userFunction } from "../functions.ts";
import { compareNumbers, isInteger, negate, numberToString, parseNumber } from "../numbers.ts";
import type { Run } from "../run.ts";
import { anyType } from "../types.ts";
import {
  entry,
  type FeelContext,
  type FeelFunction,
  type FeelNumber,
  type FeelValue,
  isContext,
  isNumber,
} from "../values.ts";

/** A Java parameter type: the argument as the method takes it, `undefined` when it cannot be one. */
type Take = (value: FeelValue) => FeelValue | undefined;

function whole(bits: number): Take {
  const [low, high] = [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
  return (value) => {
    if (!isNumber(value) || !isInteger(value)) return undefined;
    const exact = BigInt(numberToString(value));
    return exact >= low && exact <= high ? value : undefined;
  };
}

const real: Take = (value) => (isNumber(value) ? value : undefined);
const text: Take = (value) => (typeof value === "string" ? value : undefined);

const javaTypes: Readonly<Record<string, Take>> = {
  byte: whole(8),
  short: whole(16),
  int: whole(32),
  long: whole(64),
  float: real,
  double: real,
  char: (value) => (typeof value === "string" && value.length === 1 ? value : undefined),
  "java.lang.String": text,
  "java.lang.Object": (value) => value,
};

type Method = (args: readonly FeelValue[]) => FeelValue;

/** Computed with doubles, as Java does; the result is their shortest decimal form. */
function double(compute: (...args: number[]) => number): Method {
  return (args) => {
    const result = compute(...args.map((argument) => Number(numberToString(argument as FeelNumber))));
    return Number.isFinite(result) ? parseNumber(String(result)) : null;
  };
}

const larger: Method = ([a, b]) => (compareNumbers(a as FeelNumber, b as FeelNumber) >= 0 ? a : b) as FeelValue;
const smaller: Method = ([a, b]) => (compareNumbers(a as FeelNumber, b as FeelNumber) <= 0 ? a : b) as FeelValue;
const absolute: Method = ([a]) => (compareNumbers(a as FeelNumber, 0) < 0 ? negate(a as FeelNumber) : (a as FeelValue));
const itself: Method = ([a]) => a as FeelValue;
const read: Method = ([a]) => parseNumber((a as string).trim());

function forTypes(types: readonly string[], signature: (type: string) => string, method: Method): [string, Method][] {
  return types.map((type) => [signature(type), method]);
}

const numeric = ["int", "long", "float", "double"];
const boxes = { Byte: "byte", Short: "short", Integer: "int", Long: "long", Float: "float", Double: "double" };
const functions = ["cos", "sin", "tan", "acos", "asin", "atan", "sqrt", "cbrt", "exp", "log", "log10"] as const;

/** The Java methods that are known, all static and without effects: `class.method(parameter types)`. */
const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ...forTypes(numeric, (type) => `java.lang.Math.max(${type},${type})`, larger),
  ...forTypes(numeric, (type) => `java.lang.Math.min(${type},${type})`, smaller),
  ...forTypes(numeric, (type) => `java.lang.Math.abs(${type})`, absolute),
  ...functions.map((name): [string, Method] => [`java.lang.Math.${name}(double)`, double(Math[name])]),
  ["java.lang.Math.pow(double,double)", double(Math.pow)],
  ...Object.entries(boxes).map(([name, type]): [string, Method] => [`java.lang.${name}.valueOf(${type})`, itself]),
  ...Object.keys(boxes).map((name): [string, Method] => [`java.lang.${name}.valueOf(java.lang.String)`, read]),
  ["java.lang.String.valueOf(char)", itself],
  ["java.lang.String.valueOf(java.lang.Object)", ([a]) => toFeelString(a as FeelValue)],
  [
    "java.lang.String.format(java.lang.String,[Ljava.lang.Object;)",
    ([pattern, ...rest]) => format(pattern as string, rest),
  ],
]);

/** `%s` and `%%`; any other conversion gives null. */
function format(pattern: string, args: readonly FeelValue[]): FeelValue {
  let next = 0;
  let known = true;
  const formatted = pattern.replace(/%(.)/gu, (_, conversion: string) => {
    if (conversion === "%") return "%";
    known &&= conversion === "s" && next < args.length;
    next += 1;
    return toFeelString(args[next - 1] ?? null);
  });
  return known ? formatted : null;
}

/** The function that an external definition names, null when it is not known: only the Java methods above are. */
export function externalFunction(definition: FeelValue, parameters: readonly string[]): FeelFunction | null {
  const java = isContext(definition) ? entry(definition, "java") : undefined;
  if (java === undefined || !isContext(java)) return null;
  const owner = entry(java as FeelContext, "class");
  const signature = /^\s*(\w+)\s*\(([^)]*)\)\s*$/u.exec(String(entry(java as FeelContext, "method signature") ?? ""));
  if (typeof owner !== "string" || signature === null) return null;
  const types = (signature[2] as string).split(",").map((type) => type.trim());
  const name = `${owner}.${signature[1]}`;
  const method = methods.get(`${name}(${types.join(",")})`);
  if (method === undefined) return null;
  const takes = parameters.map((_, index) => javaTypes[typeAt(types, index)] ?? text);
  const body = (values: readonly FeelValue[], run: Run): FeelValue => {
    const taken = values.map((value, index) => (takes[index] as Take)(value));
    const bad = taken.indexOf(undefined);
    if (bad >= 0) {
      return run.error("BAD_VALUE", { from: 0, to: 0 }, [
        name,
        `${toFeelString(values[bad] as FeelValue)}: ${types[bad]}`,
      ]);
    }
    const result = method(taken as FeelValue[]);
    return result ?? run.error("BAD_VALUE", { from: 0, to: 0 }, [name, values.map(toFeelString).join(", ")]);
  };
  return userFunction(
    parameters.map((parameter) => ({ name: parameter, type: anyType })),
    anyType,
    body,
  );
}

/** The last type stands for all further arguments where it is an array of objects. */
function typeAt(types: readonly string[], index: number): string {
  const type = types[Math.min(index, types.length - 1)] as string;
  return type === "[Ljava.lang.Object;" ? "java.lang.Object" : type;
}
