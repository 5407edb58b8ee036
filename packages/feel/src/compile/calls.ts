import { builtinFunction } from "../builtins/index.ts";
import { userFunction } from "../functions.ts";
import type { Run } from "../run.ts";
import type { Call } from "../syntax.ts";
import { anyType } from "../types.ts";
import { type FeelValue, type FunctionParameter, isFunction, kindOf } from "../values.ts";
import { type Code, type Compile, type Compiler, type Scope, variables } from "./code.ts";
import { resolveType } from "./logic.ts";

export const compileCall: Compile<"call"> = (node, scope, compiler) => {
  const callee = compileCallee(node, scope, compiler);
  const given = node.arguments;
  if (given.kind === "positional") {
    const values = given.values.map((value) => compiler.expression(value, scope));
    return (frame, run) => {
      const target = callee(frame, run);
      if (!isFunction(target)) return notCallable(node, target, run);
      return target.call(
        values.map((value) => value(frame, run)),
        run,
        node,
      );
    };
  }
  const named = given.values.map(({ name, value }) => ({ name, code: compiler.expression(value, scope) }));
  return (frame, run) => {
    const target = callee(frame, run);
    if (!isFunction(target)) return notCallable(node, target, run);
    return target.callNamed(new Map(named.map(({ name, code }) => [name, code(frame, run)])), run, node);
  };
};

/** A name that is called is the built-in function unless a declared or local variable hides it. */
function compileCallee(node: Call, scope: Scope | null, compiler: Compiler): Code {
  const { callee } = node;
  if (callee.kind === "name" && !compiler.options.declared.has(callee.name) && !isLocal(callee.name, scope)) {
    const builtin = builtinFunction(callee.name);
    if (builtin !== null) {
      if (callee.name === "now" || callee.name === "today") compiler.dependsOnRun();
      return () => builtin;
    }
  }
  return compiler.expression(callee, scope);
}

function isLocal(name: string, scope: Scope | null): boolean {
  for (let at = scope; at !== null; at = at.parent) {
    if (at.names.includes(name)) return true;
  }
  return false;
}

function notCallable(node: Call, target: FeelValue, run: Run): null {
  if (target !== null) return run.error("NOT_A_FUNCTION", node, [kindOf(target)]);
  const { from, to } = node.callee;
  if (run.diagnostics.some((known) => known.from === from && known.to === to)) return null;
  return run.error("UNKNOWN_FUNCTION", node, [node.callee.kind === "name" ? node.callee.name : "null"]);
}

export const compileFunction: Compile<"function"> = (node, scope, compiler) => {
  // A function value is made anew in every run: it holds the variables around it.
  compiler.dependsOnRun();
  const parameters: FunctionParameter[] = [];
  for (const { name, type } of node.parameters) {
    const resolved = type === null ? anyType : resolveType(type, compiler.options);
    if (typeof resolved === "string") return (_, run) => run.error("UNKNOWN_TYPE", node, [resolved]);
    parameters.push({ name, type: resolved });
  }
  const names = parameters.map((parameter) => parameter.name);
  if (node.external) {
    const definition = compiler.expression(node.body, scope);
    return (frame, run) =>
      compiler.options.external(definition(frame, run), names) ?? run.error("UNKNOWN_FUNCTION", node, ["external"]);
  }
  const body = compiler.expression(node.body, variables(scope, names));
  return (frame) => userFunction(parameters, anyType, (values, run) => body({ parent: frame, values }, run));
};
