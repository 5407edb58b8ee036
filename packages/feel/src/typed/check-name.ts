import { FeelSyntaxError, syntaxErrorMessage } from "../errors.ts";
import { parseExpression } from "../parse.ts";
import type { Expression, Span } from "../syntax.ts";
import type { Environment, FactDeclaration, Scope } from "./environment.ts";
import { type MomentName, momentNames, type Node } from "./node.ts";
import { nearest, RuleRefusal, refuse } from "./refusal.ts";
import { nodeOf } from "./shape.ts";
import { dateType, type NumberType, type Type } from "./type.ts";
import { commonUnit } from "./unit.ts";

/** Parses FEEL of a rule; what is no FEEL is refused like anything else wrong in a rule. */
export function parseRule<T>(parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error;
    const { details } = error;
    const message = { zh: syntaxErrorMessage(details, "zh"), en: syntaxErrorMessage(details, "en") };
    const expected = details.expected.join(", ");
    return refuse("RULE-SYNTAX", details, message, { zh: `应为 ${expected}`, en: `Expected ${expected}` });
  }
}

/** Reads an expression of a rule, each text once. */
export function readExpression(text: string, { parsed }: Environment): Expression {
  const expression = parsed?.get(text) ?? parseRule(parseExpression, text);
  parsed?.set(text, expression);
  return expression;
}

/** What stands behind a name knows nothing of the loops and cells around the name. */
const outside = { variables: new Map(), items: new Map(), input: null } as const;

/** What a bare name stands for: a local name, a fact, a parameter without keys, or a date of the answer. */
export function nameReference(name: string, at: Span, scope: Scope): Node {
  const item = scope.items.get(name);
  if (item !== undefined) return { ...nodeOf(item, at), at };
  const local = scope.locals.get(name);
  if (local !== undefined) return expand(name, local, at, { ...scope, ...outside, row: 0 });
  if (scope.environment.facts.has(name)) return factReference(name, scope.row, at, scope);
  const parameter = scope.environment.parameters.get(name);
  if (parameter !== undefined) {
    if (parameter.keys.length > 0)
      return refuseKeys(
        name,
        parameter.keys.map((key) => key.name),
        at,
      );
    return { op: "parameter", parameter: name, keys: [], type: parameter.type, at };
  }
  if (isMoment(name)) return { op: "moment", moment: name, type: dateType, at };
  if (name === "members" || scope.variables.has(name)) return refuseBareList(name, at);
  return unknownName(name, at, scope);
}

function isMoment(name: string): name is MomentName {
  return momentNames.some((moment) => moment === name);
}

function refuseKeys(name: string, keys: readonly string[], at: Span): never {
  return refuse(
    "RULE-ARGUMENTS",
    at,
    { zh: `参数 ${name} 按 ${keys.join("、")} 区分`, en: `The parameter ${name} has the keys ${keys.join(", ")}` },
    { zh: `写成 ${name}(${keys.join(", ")})`, en: `Write ${name}(${keys.join(", ")})` },
  );
}

function refuseBareList(name: string, at: Span): never {
  return refuse(
    "RULE-NOT-COMPILABLE",
    at,
    { zh: `${name} 本身不是值`, en: `${name} is no value by itself` },
    { zh: `写成 count(members) 或 ${name}.事实名`, en: `Write count(members), or ${name}.fact` },
  );
}

export function unknownName(name: string, at: Span, scope: Scope): never {
  const { facts, parameters } = scope.environment;
  const near = nearest(name, [
    ...scope.locals.keys(),
    ...facts.keys(),
    ...parameters.keys(),
    ...momentNames,
    "members",
  ]);
  return refuse(
    "RULE-UNKNOWN-NAME",
    at,
    { zh: `没有名为 ${name} 的事实或参数`, en: `There is no fact or parameter named ${name}` },
    near === null
      ? { zh: "事实写在 facts.yaml，参数写在 parameters/", en: "Facts stand in facts.yaml, parameters in parameters/" }
      : { zh: `是否指 ${near}?`, en: `Did you mean ${near}?` },
  );
}

/** A fact of the subject (`row` 0), of the member of a loop, or of the household. */
export function factReference(name: string, row: number | null, at: Span, scope: Scope): Node {
  const fact = scope.environment.facts.get(name);
  if (fact === undefined) return unknownName(name, at, scope);
  if (fact.entity === "person" && row === null) {
    return refuse(
      "RULE-TYPE",
      at,
      {
        zh: `家庭事实的算式里不能直接读个人事实 ${name}`,
        en: `The formula of a household fact cannot read the person fact ${name} directly`,
      },
      { zh: `写成 sum(members.${name}) 之类`, en: `Aggregate it, as in sum(members.${name})` },
    );
  }
  if (fact.formula !== undefined) return derivedFact(fact, fact.formula, row, at, scope);
  if (fact.type === null) {
    return refuse(
      "RULE-TYPE",
      at,
      { zh: `${name} 是文字或标识，规则不读`, en: `${name} is a text or identifier, which rules do not read` },
      { zh: "改用有类型的事实", en: "Use a typed fact" },
    );
  }
  const own = fact.entity === "person" ? (row ?? 0) : 0;
  return { op: "fact", fact: name, entity: fact.entity, row: own, type: fact.type, at };
}

function derivedFact(fact: FactDeclaration, formula: string, row: number | null, at: Span, scope: Scope): Node {
  const inner: Scope = {
    ...scope,
    ...outside,
    locals: new Map(),
    row: fact.entity === "person" ? row : null,
  };
  const key = `${fact.name} ${inner.row} ${scope.depth}`;
  const node = scope.environment.typed?.get(key) ?? expand(fact.name, formula, at, inner);
  scope.environment.typed?.set(key, node);
  return { ...node, type: declaredUnit(fact, node.type, at), at } as Node;
}

/** The unit a derived fact declares is checked, and taken when the formula leaves it open. */
function declaredUnit(fact: FactDeclaration, type: Type, at: Span): Type {
  if (fact.type === null || fact.type.kind !== "number" || (type.kind !== "number" && type.kind !== "ratio"))
    return type;
  const unit = commonUnit(fact.type.unit, type.unit);
  if (unit !== undefined) return { ...type, unit } as NumberType;
  return refuse(
    "RULE-UNIT",
    at,
    {
      zh: `${fact.name} 的单位应为 ${fact.type.unit}，算式得到 ${type.unit}`,
      en: `${fact.name} is declared in ${fact.type.unit}, its formula gives ${type.unit}`,
    },
    { zh: "改算式或改单位", en: "Change the formula or the unit" },
  );
}

/** The expression behind a name, in its place; a fault inside is told at the name. */
function expand(name: string, text: string, at: Span, scope: Scope): Node {
  if (scope.expanding.includes(name)) {
    const path = [...scope.expanding, name].join(" -> ");
    return refuse(
      "RULE-CYCLE",
      at,
      { zh: `${name} 引用了自身`, en: `${name} refers to itself` },
      { zh: path, en: path },
    );
  }
  try {
    const expression = readExpression(text, scope.environment);
    return { ...scope.check(expression, { ...scope, expanding: [...scope.expanding, name] }), at, name } as Node;
  } catch (error) {
    if (!(error instanceof RuleRefusal)) throw error;
    const { code, message, hint } = error.details;
    const prefixed = { zh: `${name} 之中：${message.zh}`, en: `In ${name}: ${message.en}` };
    return refuse(code, at, prefixed, hint);
  }
}
