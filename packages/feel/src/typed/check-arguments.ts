import type { Call, Expression } from "../syntax.ts";
import { nearest, refuse } from "./refusal.ts";

const rangeShapes = [
  ["point1", "point2"],
  ["point", "range"],
  ["range", "point"],
  ["range1", "range2"],
] as const;

/** Names of the parameters of each function (DMN 1.5, tables 66 to 78), one list a form; `?` marks one that may be left out. */
const parameters: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ["not", [["negand"]]],
  ["abs", [["n"]]],
  ["even", [["number"]]],
  ["odd", [["number"]]],
  ["modulo", [["dividend", "divisor"]]],
  ["floor", [["n", "scale?"]]],
  ["ceiling", [["n", "scale?"]]],
  ...["decimal", "round up", "round down", "round half up", "round half down"].map(
    (name) => [name, [["n", "scale"]]] as [string, string[][]],
  ),
  ...["sum", "count", "min", "max", "mean", "product", "all", "any"].map(
    (name) => [name, [["list"]]] as [string, string[][]],
  ),
  ["list contains", [["list", "element"]]],
  ["is", [["value1", "value2"]]],
  ["date", [["from"], ["year", "month", "day"]]],
  ["duration", [["from"]]],
  ["years and months duration", [["from", "to"]]],
  ...["day of week", "day of year", "month of year"].map((name) => [name, [["date"]]] as [string, string[][]]),
  ["within", [["area", "code"]]],
  ["median", [["list"]]],
  ...["reverse", "flatten"].map((name) => [name, [["list"]]] as [string, string[][]]),
  ["sublist", [["list", "start position", "length?"]]],
  ["remove", [["list", "position"]]],
  ["insert before", [["list", "position", "newItem"]]],
  ["list replace", [["list", "position", "newItem"]]],
  ["get value", [["m", "key"]]],
  ["get entries", [["m"]]],
  ["context", [["entries"]]],
  [
    "context put",
    [
      ["context", "key", "value"],
      ["context", "keys", "value"],
    ],
  ],
  ["context merge", [["contexts"]]],
  ["substring", [["string", "start position", "length?"]]],
  ...["string length", "upper case", "lower case"].map((name) => [name, [["string"]]] as [string, string[][]]),
  ...["substring before", "substring after", "contains", "starts with", "ends with"].map(
    (name) => [name, [["string", "match"]]] as [string, string[][]],
  ),
  ["matches", [["input", "pattern", "flags?"]]],
  ["replace", [["input", "pattern", "replacement", "flags?"]]],
  ["string join", [["list", "delimiter?"]]],
  ["number", [["from", "grouping separator", "decimal separator"], ["from"]]],
  ["string", [["from"]]],
  ...[
    "before",
    "after",
    "meets",
    "met by",
    "overlaps",
    "overlaps before",
    "overlaps after",
    "finishes",
    "finished by",
    "includes",
    "during",
    "starts",
    "started by",
    "coincides",
  ].map((name) => [name, rangeShapes] as [string, readonly (readonly string[])[]]),
]);

/** The arguments of a call by position; `keys` are the names of a parameter's keys. */
export function argumentsOf(name: string, call: Call, keys?: readonly string[]): readonly Expression[] {
  if (call.arguments.kind === "positional") return call.arguments.values;
  const given = call.arguments.values;
  const forms = keys === undefined ? (parameters.get(name) ?? []) : [keys];
  const plain = (parameter: string) => parameter.replace("?", "");
  const fits = forms.find(
    (form) =>
      given.every((argument) => form.some((parameter) => plain(parameter) === argument.name)) &&
      form.every((parameter) => parameter.endsWith("?") || given.some((argument) => argument.name === parameter)) &&
      new Set(given.map((argument) => argument.name)).size === given.length,
  );
  if (fits === undefined)
    return wrongNames(
      name,
      call,
      forms.map((form) => form.map(plain)),
    );
  return fits.flatMap((parameter) => given.find((argument) => argument.name === plain(parameter))?.value ?? []);
}

function wrongNames(name: string, call: Call, forms: readonly (readonly string[])[]): never {
  const known = new Set(forms.flat());
  const given = call.arguments.kind === "named" ? call.arguments.values : [];
  const odd = given.find((argument) => !known.has(argument.name));
  const near = odd === undefined ? null : nearest(odd.name, known);
  const forms_ = forms.map((form) => `${name}(${form.map((parameter) => `${parameter}: …`).join(", ")})`);
  return refuse(
    "RULE-ARGUMENTS",
    odd ?? call,
    odd === undefined
      ? { zh: `${name} 的参数不齐或重复`, en: `${name} lacks an argument, or has one twice` }
      : { zh: `${name} 没有名为 ${odd.name} 的参数`, en: `${name} has no parameter named ${odd.name}` },
    near === null
      ? { zh: `写成 ${forms_.join(" 或 ")}`, en: `Write ${forms_.join(" or ")}` }
      : { zh: `是否指 ${near}?`, en: `Did you mean ${near}?` },
  );
}
