import type { Call, Expression, Span } from "../syntax.ts";
import type { Scope } from "./environment.ts";
import type { Node } from "./node.ts";
import { refuse } from "./refusal.ts";

/** A function of the language: types one call of it, whose arguments are by position. */
export type Builtin = (call: Call, args: readonly Expression[], scope: Scope) => Node;

export const place = (span: Span): Span => ({ from: span.from, to: span.to });

export function arity(name: string, wanted: number | string, call: Call): never {
  return refuse(
    "RULE-ARGUMENTS",
    call,
    { zh: `${name} 应有 ${wanted} 个参数`, en: `${name} takes ${wanted} argument(s)` },
    { zh: "补齐或删去参数", en: "Add or remove arguments" },
  );
}

export function one(build: (node: Node, at: Span) => Node): Builtin {
  return (call, args, scope) => {
    const [only] = args;
    if (args.length !== 1 || only === undefined) return arity("...", 1, call);
    return build(scope.check(only, scope), place(call));
  };
}

export function two(build: (left: Node, right: Node, at: Span) => Node): Builtin {
  return (call, args, scope) => {
    const [left, right] = args;
    if (args.length !== 2 || left === undefined || right === undefined) return arity("...", 2, call);
    return build(scope.check(left, scope), scope.check(right, scope), place(call));
  };
}
