import type { ModdleElement } from "dmn-moddle";
import type { Boxed, BoxedFunction, BoxedTable, Variable } from "./model.ts";
import { member } from "./read-element.ts";

/** Creates an XML element; attributes that are undefined are left out. */
export type Make = (type: string, attributes: Record<string, unknown>) => ModdleElement;

export function writeVariable(make: Make, variable: Variable): ModdleElement {
  return make("dmn:InformationItem", { name: variable.name, typeRef: variable.typeRef });
}

export function unaryTests(make: Make, text: string | undefined): ModdleElement | undefined {
  return text === undefined ? undefined : make("dmn:UnaryTests", { text });
}

function literal(make: Make, text: string | undefined): ModdleElement | undefined {
  return text === undefined ? undefined : make("dmn:LiteralExpression", { text });
}

/** The XML element of a boxed expression. */
export function writeBoxed(make: Make, boxed: Boxed): ModdleElement {
  const base = { id: boxed.id, typeRef: boxed.typeRef };
  switch (boxed.kind) {
    case "literal":
      return make("dmn:LiteralExpression", { ...base, text: boxed.text, expressionLanguage: boxed.language });
    case "context":
      return make("dmn:Context", {
        ...base,
        contextEntry: boxed.entries.map((entry) =>
          make("dmn:ContextEntry", {
            variable: entry.variable && writeVariable(make, entry.variable),
            value: writeBoxed(make, entry.value),
          }),
        ),
      });
    case "invocation":
      return make("dmn:Invocation", {
        ...base,
        calledFunction: writeBoxed(make, boxed.called),
        binding: boxed.bindings.map((binding) =>
          make("dmn:Binding", {
            parameter: writeVariable(make, binding.parameter),
            bindingFormula: writeBoxed(make, binding.value),
          }),
        ),
      });
    case "function":
      return writeFunction(make, boxed);
    case "relation":
      return make("dmn:Relation", {
        ...base,
        column: boxed.columns.map((column) => writeVariable(make, column)),
        row: boxed.rows.map((row) => make("dmn:List", { elements: row.map((cell) => writeBoxed(make, cell)) })),
      });
    case "list":
      return make("dmn:List", { ...base, elements: boxed.items.map((item) => writeBoxed(make, item)) });
    case "table":
      return writeTable(make, boxed);
    default:
      return writeControl(make, boxed, base);
  }
}

type Control = Extract<Boxed, { kind: "conditional" | "filter" | "for" | "some" | "every" }>;

/** The expressions that DMN 1.4 added. */
function writeControl(make: Make, boxed: Control, base: Record<string, unknown>): ModdleElement {
  const child = (value: Boxed) => make("dmn:ChildExpression", { value: writeBoxed(make, value) });
  switch (boxed.kind) {
    case "conditional":
      return make("dmn:Conditional", {
        ...base,
        if: child(boxed.if),
        ...member("then", child(boxed.yes)),
        else: child(boxed.no),
      });
    case "filter":
      return make("dmn:Filter", { ...base, in: child(boxed.in), match: child(boxed.match) });
    default: {
      const source = make("dmn:TypedChildExpression", { value: writeBoxed(make, boxed.in) });
      const type = { for: "dmn:For", some: "dmn:Some", every: "dmn:Every" }[boxed.kind];
      const body = boxed.kind === "for" ? { return: child(boxed.body) } : { satisfies: child(boxed.body) };
      return make(type, { ...base, iteratorVariable: boxed.variable, in: source, ...body });
    }
  }
}

export function writeFunction(make: Make, boxed: BoxedFunction): ModdleElement {
  return make("dmn:FunctionDefinition", {
    id: boxed.id,
    typeRef: boxed.typeRef,
    kind: boxed.language === "FEEL" ? undefined : boxed.language,
    formalParameter: boxed.parameters.map((parameter) => writeVariable(make, parameter)),
    body: boxed.body && writeBoxed(make, boxed.body),
  });
}

function writeTable(make: Make, table: BoxedTable): ModdleElement {
  return make("dmn:DecisionTable", {
    id: table.id,
    typeRef: table.typeRef,
    hitPolicy: table.hitPolicy,
    aggregation: table.aggregation,
    outputLabel: table.outputLabel,
    input: table.inputs.map((input) =>
      make("dmn:InputClause", {
        id: input.id,
        label: input.label,
        inputExpression: make("dmn:LiteralExpression", { typeRef: input.typeRef, text: input.expression }),
        inputValues: unaryTests(make, input.allowedValues),
      }),
    ),
    output: table.outputs.map((output) =>
      make("dmn:OutputClause", {
        id: output.id,
        label: output.label,
        name: output.name,
        typeRef: output.typeRef,
        outputValues: unaryTests(make, output.allowedValues),
        defaultOutputEntry: literal(make, output.defaultValue),
      }),
    ),
    annotation: table.annotations.map((name) => make("dmn:RuleAnnotationClause", { name })),
    rule: table.rules.map((rule) =>
      make("dmn:DecisionRule", {
        id: rule.id,
        description: rule.description,
        inputEntry: rule.when.map((text) => unaryTests(make, text)),
        outputEntry: rule.then.map((text) => literal(make, text)),
        annotationEntry: rule.annotations.map((text) => make("dmn:RuleAnnotation", { text })),
      }),
    ),
  });
}
