import { builtinFunction } from "../builtins/index.ts";
import { property } from "../properties.ts";
import type { Run } from "../run.ts";
import { type CallSite, entry, type FeelContext, type FeelValue, isContext, isList, kindOf } from "../values.ts";
import type { Code, Compile, Frame, Scope } from "./code.ts";

/** Where a name leads, innermost first: how many frames up, and the variable there or an item's entry. */
type Step = { readonly up: number; readonly index: number } | { readonly up: number; readonly index: null };

export const compileName: Compile<"name"> = (node, scope, compiler) => {
  compiler.dependsOnRun();
  const steps = route(node.name, scope);
  const last = steps[steps.length - 1];
  if (steps.length === 1 && last !== undefined && last.index !== null) return variable(last.up, last.index);
  const outer = last !== undefined && last.index !== null ? null : global(node.name, node, steps.length > 0);
  return steps.length === 0 && outer !== null ? outer : throughItems(node.name, steps, outer);
};

export const compileInput: Compile<"input"> = (_, scope, compiler) => {
  compiler.dependsOnRun();
  const step = route("?", scope).find((known) => known.index !== null);
  return step === undefined || step.index === null ? (_frame, run) => run.input : variable(step.up, step.index);
};

function route(name: string, scope: Scope | null): Step[] {
  const steps: Step[] = [];
  let up = 0;
  for (let at = scope; at !== null; at = at.parent) {
    if (at.kind === "item") {
      steps.push({ up, index: null });
    } else {
      const index = at.names.lastIndexOf(name);
      if (index >= 0) return [...steps, { up, index }];
    }
    up += 1;
  }
  return steps;
}

function variable(up: number, index: number): Code {
  if (up === 0) return (frame) => (frame as Frame).values[index] as FeelValue;
  if (up === 1) return (frame) => ((frame as Frame).parent as Frame).values[index] as FeelValue;
  return (frame) => frameAt(frame, up).values[index] as FeelValue;
}

function frameAt(frame: Frame | null, up: number): Frame {
  let at = frame as Frame;
  for (let step = 0; step < up; step += 1) at = at.parent as Frame;
  return at;
}

/** A filter's item comes first: its entry of that name, or the item itself for `item`. */
function throughItems(name: string, steps: readonly Step[], outer: Code | null): Code {
  return (frame, run) => {
    for (const { up, index } of steps) {
      const values = frameAt(frame, up).values;
      if (index !== null) return values[index] as FeelValue;
      const item = values[0] as FeelValue;
      const found = memberOf(item, name);
      if (found !== undefined) return found;
      if (name === "item") return item;
    }
    return outer === null ? null : outer(frame, run);
  };
}

function memberOf(item: FeelValue, name: string): FeelValue | undefined {
  return kindOf(item) === "context" ? entry(item as FeelContext, name) : undefined;
}

/** A variable of the context, else the built-in function of the name. */
function global(name: string, site: CallSite, inFilter: boolean): Code {
  const builtin = builtinFunction(name);
  const inherited = name in Object.prototype;
  return (_, run) => {
    const value = inherited ? entry(run.context, name) : run.context[name];
    if (value !== undefined) return value;
    if (builtin !== null) return builtin;
    return inFilter ? run.warn("UNKNOWN_NAME", site, [name]) : run.error("UNKNOWN_NAME", site, [name]);
  };
}

export const compilePath: Compile<"path"> = (node, scope, compiler) => {
  const source = compiler.expression(node.source, scope);
  const { name } = node;
  const inherited = name in Object.prototype;
  return (frame, run) => {
    const value = source(frame, run);
    if (!inherited && isContext(value)) {
      const found = value[name];
      if (found !== undefined) return found;
    }
    return step(value, name, run, node);
  };
};

/** `value.name`: of a list, the name of each item. */
function step(value: FeelValue, name: string, run: Run, site: CallSite): FeelValue {
  if (isList(value)) return value.map((item) => member(item, name, run, site, "warning"));
  return member(value, name, run, site, "error");
}

function member(value: FeelValue, name: string, run: Run, site: CallSite, severity: "error" | "warning"): FeelValue {
  const kind = kindOf(value);
  if (kind === "context") {
    return entry(value as FeelContext, name) ?? absentEntry(value as FeelContext, name, run, site, severity);
  }
  if (kind === "list") return step(value, name, run, site);
  const found = property(value, name);
  return found === undefined ? run.report(severity, "UNKNOWN_PROPERTY", site, [name, kind]) : found;
}

function absentEntry(
  context: FeelContext,
  name: string,
  run: Run,
  site: CallSite,
  severity: "error" | "warning",
): null {
  return Object.hasOwn(context, name) ? null : run.report(severity, "UNKNOWN_ENTRY", site, [name]);
}
