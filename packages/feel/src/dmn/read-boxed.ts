import type { ModdleElement } from "dmn-moddle";
import type { Aggregation, Boxed, BoxedFunction, BoxedTable, HitPolicy, TableRule, Variable } from "./model.ts";
import { child, children, member, name, optional, text, textOf } from "./read-element.ts";

/** The boxed expression of an XML element (§7.3, §10.2). */
export function readBoxed(element: ModdleElement): Boxed {
  const base = { ...optional("id", text(element, "id")), ...optional("typeRef", text(element, "typeRef")) };
  switch (element.$type) {
    case "dmn:Context":
      return {
        ...base,
        kind: "context",
        entries: children(element, "contextEntry").map((entry) => ({
          ...optional("variable", variable(child(entry, "variable"))),
          value: boxedIn(entry, "value"),
        })),
      };
    case "dmn:Invocation":
      return {
        ...base,
        kind: "invocation",
        called: boxedIn(element, "calledFunction"),
        bindings: children(element, "binding").map((binding) => ({
          parameter: variable(child(binding, "parameter")) ?? { name: "" },
          value: boxedIn(binding, "bindingFormula"),
        })),
      };
    case "dmn:FunctionDefinition":
      return readFunction(element);
    case "dmn:Relation":
      return {
        ...base,
        kind: "relation",
        columns: children(element, "column").map((column) => variable(column) as Variable),
        rows: children(element, "row").map((row) => children(row, "elements").map(readBoxed)),
      };
    case "dmn:List":
      return { ...base, kind: "list", items: children(element, "elements").map(readBoxed) };
    case "dmn:DecisionTable":
      return readTable(element);
    case "dmn:Conditional":
      return {
        ...base,
        kind: "conditional",
        if: inner(element, "if"),
        yes: inner(element, "then"),
        no: inner(element, "else"),
      };
    case "dmn:Filter":
      return { ...base, kind: "filter", in: inner(element, "in"), match: inner(element, "match") };
    case "dmn:For":
      return { ...base, ...iterator(element), kind: "for", body: inner(element, "return") };
    case "dmn:Some":
      return { ...base, ...iterator(element), kind: "some", body: inner(element, "satisfies") };
    case "dmn:Every":
      return { ...base, ...iterator(element), kind: "every", body: inner(element, "satisfies") };
    default:
      return { ...base, kind: "literal", text: (text(element, "text") ?? "").trim(), ...foreignLanguage(element) };
  }
}

function foreignLanguage(element: ModdleElement): { language?: string } {
  const language = text(element, "expressionLanguage");
  return language === undefined || /feel/i.test(language) ? {} : { language };
}

/** An absent child is an empty expression: null when evaluated, with a diagnostic. */
function boxedIn(element: ModdleElement, property: string): Boxed {
  const expression = child(element, property);
  return expression === undefined ? { kind: "literal", text: "" } : readBoxed(expression);
}

function inner(element: ModdleElement, property: string): Boxed {
  const holder = child(element, property);
  return holder === undefined ? { kind: "literal", text: "" } : boxedIn(holder, "value");
}

function iterator(element: ModdleElement): { variable: string; in: Boxed } {
  return { variable: (text(element, "iteratorVariable") ?? "").trim(), in: inner(element, "in") };
}

function variable(element: ModdleElement | undefined): Variable | undefined {
  return element && { name: name(element), ...optional("typeRef", text(element, "typeRef")) };
}

export function readFunction(element: ModdleElement): BoxedFunction {
  const body = child(element, "body");
  const kind = text(element, "kind");
  return {
    ...optional("id", text(element, "id")),
    ...optional("typeRef", text(element, "typeRef")),
    kind: "function",
    language: kind === "Java" || kind === "PMML" ? kind : "FEEL",
    parameters: children(element, "formalParameter").map((parameter) => variable(parameter) as Variable),
    ...optional("body", body && readBoxed(body)),
  };
}

function readTable(element: ModdleElement): BoxedTable {
  return {
    ...optional("id", text(element, "id")),
    ...optional("typeRef", text(element, "typeRef")),
    kind: "table",
    hitPolicy: (text(element, "hitPolicy") ?? "UNIQUE") as HitPolicy,
    ...optional("aggregation", text(element, "aggregation") as Aggregation | undefined),
    ...optional("outputLabel", text(element, "outputLabel")),
    inputs: children(element, "input").map((input) => {
      const expression = child(input, "inputExpression");
      return {
        ...optional("id", text(input, "id")),
        ...optional("label", text(input, "label")),
        expression: textOf(input, "inputExpression") ?? "",
        ...optional("typeRef", expression && text(expression, "typeRef")),
        ...optional("allowedValues", textOf(input, "inputValues")),
      };
    }),
    outputs: children(element, "output").map((output) => ({
      ...optional("id", text(output, "id")),
      ...optional("label", text(output, "label")),
      ...optional("name", text(output, "name")),
      ...optional("typeRef", text(output, "typeRef")),
      ...optional("allowedValues", textOf(output, "outputValues")),
      ...optional("defaultValue", textOf(output, "defaultOutputEntry")),
    })),
    annotations: children(element, "annotation").map(name),
    rules: children(element, "rule").map(readRule),
  };
}

function readRule(rule: ModdleElement): TableRule {
  const texts = (property: string) => children(rule, property).map((cell) => (text(cell, "text") ?? "").trim());
  return {
    ...optional("id", text(rule, "id")),
    ...optional("description", text(rule, "description")),
    when: texts("inputEntry"),
    ...member("then", texts("outputEntry")),
    annotations: texts("annotationEntry"),
  };
}
