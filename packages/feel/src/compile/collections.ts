import { emptyContext } from "../context.ts";
import { compare } from "../equality.ts";
import { type FeelValue, kindOf, range } from "../values.ts";
import { type Code, type Compile, type Frame, variables } from "./code.ts";

export const compileList: Compile<"list"> = (node, scope, compiler) => {
  const items = node.items.map((item) => compiler.expression(item, scope));
  return (frame, run) => items.map((item) => item(frame, run));
};

/** An entry sees the entries before it, and a function among them itself. */
export const compileContext: Compile<"context"> = (node, scope, compiler) => {
  const seen = new Set<string>();
  for (const { name, ...site } of node.entries) {
    if (seen.has(name)) return (_, run) => run.error("DUPLICATE_ENTRY", site, [name]);
    seen.add(name);
  }
  const names: string[] = [];
  const entries: { readonly name: string; readonly code: Code }[] = [];
  for (const { name, value } of node.entries) {
    const visible = value.kind === "function" ? [...names, name] : [...names];
    entries.push({ name, code: compiler.expression(value, variables(scope, visible)) });
    names.push(name);
  }
  return (frame, run) => {
    const own: Frame = { parent: frame, values: [] };
    const context = emptyContext();
    for (const { name, code } of entries) {
      const value = code(own, run);
      own.values.push(value);
      context[name] = value;
    }
    return context;
  };
};

const ordered: ReadonlySet<string> = new Set([
  "number",
  "string",
  "date",
  "time",
  "date and time",
  "years and months duration",
  "days and time duration",
]);

/** Ends of one ordered kind, or null for an end that is not known. */
export const compileRange: Compile<"range"> = (node, scope, compiler) => {
  const low = compiler.expression(node.low, scope);
  const high = compiler.expression(node.high, scope);
  return (frame, run) => {
    const [from, to]: FeelValue[] = [low(frame, run), high(frame, run)];
    const kinds = [from, to].filter((end) => end !== null).map((end) => kindOf(end as FeelValue));
    if (
      kinds.some((kind) => !ordered.has(kind)) ||
      (kinds.length === 2 && compare(from as FeelValue, to as FeelValue) === null)
    ) {
      return run.error("NOT_COMPARABLE", node, ["..", kindOf(from as FeelValue), kindOf(to as FeelValue)]);
    }
    return range(from, to, node.lowIncluded, node.highIncluded);
  };
};
