import { parseNumber } from "../numbers.ts";
import { parseTemporal } from "../temporal-parse.ts";
import type { FeelValue } from "../values.ts";
import type { Code, Compile } from "./code.ts";

export function constant(value: FeelValue): Code {
  return () => value;
}

export const compileNumber: Compile<"number"> = (node) => {
  const value = parseNumber(node.text);
  return value === null ? (_, run) => run.error("OUT_OF_RANGE", node, [node.text]) : constant(value);
};

export const compileString: Compile<"string"> = (node) => constant(node.value);

export const compileBoolean: Compile<"boolean"> = (node) => constant(node.value);

export const compileNull: Compile<"null"> = () => constant(null);

export const compileAt: Compile<"at"> = (node) => {
  const value = parseTemporal(node.text);
  return value === null ? (_, run) => run.error("BAD_VALUE", node, ["@", node.text]) : constant(value);
};
