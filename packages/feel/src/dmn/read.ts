import type { ModdleElement, ReadResult } from "dmn-moddle";
import { DmnFileError } from "./file-error.ts";
import type {
  Decision,
  DecisionService,
  DmnImport,
  DmnModel,
  DmnVersion,
  InputData,
  ItemDefinition,
  KnowledgeModel,
  KnowledgeSource,
  Requirements,
  Variable,
} from "./model.ts";
import { readBoxed, readFunction } from "./read-boxed.ts";
import { child, children, flag, name, optional, text, textOf } from "./read-element.ts";
import { moddleFor, namespaces, versionOf } from "./xml-schema.ts";

export interface ReadDmn {
  readonly model: DmnModel;
  readonly version: DmnVersion;
  /** What the file holds that the model does not carry (diagrams, text annotations, unknown elements), one sentence each. */
  readonly notices: readonly string[];
}

/** Reads DMN 1.1-1.5 XML. Throws DmnFileError when the text is not XML, not DMN, or names two elements alike. */
export async function readDmn(xml: string, file?: string): Promise<ReadDmn> {
  const version = versionOf(xml);
  const parsed = await parse(xml, version ?? "1.5", file);
  if (version === undefined) throw unknownNamespace(file);
  const duplicate = parsed.warnings.find((warning) => /duplicate ID/.test(warning.message));
  if (duplicate !== undefined) {
    throw xmlError(duplicate.message, "dmn-duplicate-id", "Give each element an id of its own.", file);
  }
  return { model: readModel(parsed.rootElement), version, notices: noticesOf(parsed) };
}

async function parse(xml: string, version: DmnVersion, file?: string): Promise<ReadResult> {
  try {
    return await moddleFor(version).fromXML(xml);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (versionOf(xml) === undefined && !/unparsable|unclosed|missing|tag/.test(message)) throw unknownNamespace(file);
    throw xmlError(message, "dmn-not-xml", "The file must be well-formed DMN XML with a <definitions> root.", file);
  }
}

function unknownNamespace(file?: string): DmnFileError {
  return new DmnFileError({
    code: "dmn-namespace",
    message: "The root element declares no DMN namespace.",
    hint: `Expected one of ${Object.values(namespaces)
      .map((each) => each.model)
      .join(", ")}.`,
    file,
    line: 1,
  });
}

function xmlError(message: string, code: string, hint: string, file?: string): DmnFileError {
  const place = /line: (\d+)\s+column: (\d+)/.exec(message);
  const nested = /nested error: (.*)/s.exec(message)?.[1];
  const head = message.split("\n")[0] ?? message;
  return new DmnFileError({
    code,
    message: nested === undefined ? head : `${head}: ${nested}`,
    hint,
    file,
    ...(place === null ? {} : { line: Number(place[1]) + 1, column: Number(place[2]) + 1 }),
  });
}

/** Unresolved references concern the diagram and other files only: requirements are plain hrefs. */
function noticesOf(parsed: ReadResult): string[] {
  const root = parsed.rootElement;
  const carried = parsed.warnings
    .map((warning) => warning.message.replace(/\s+/g, " "))
    .filter((message) => !message.startsWith("unresolved reference"));
  const left = [
    ["artifact", "annotations and associations of the diagram"],
    ["elementCollection", "element collections"],
    ["businessContextElement", "organisational units and performance indicators"],
    ["dmnDI", "the diagram (layout is made anew on writing)"],
  ].filter(([property]) => present(root.get(property as string)));
  return [...carried, ...left.map(([, what]) => `Not carried: ${what}.`)];
}

function present(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

function readModel(root: ModdleElement): DmnModel {
  const elements = children(root, "drgElement");
  const ofType = (type: string) => elements.filter((element) => element.$type === `dmn:${type}`);
  return {
    ...optional("id", text(root, "id")),
    name: name(root),
    namespace: text(root, "namespace") ?? "",
    ...optional("description", text(root, "description")),
    imports: children(root, "import").map(readImport),
    items: children(root, "itemDefinition").map(readItem),
    inputs: ofType("InputData").map(readInput),
    decisions: ofType("Decision").map(readDecision),
    knowledge: ofType("BusinessKnowledgeModel").map(readKnowledge),
    services: ofType("DecisionService").map(readService),
    sources: ofType("KnowledgeSource").map(readSource),
  };
}

function readImport(element: ModdleElement): DmnImport {
  return {
    name: name(element),
    namespace: text(element, "namespace") ?? "",
    importType: text(element, "importType") ?? "",
    ...optional("locationUri", text(element, "locationURI")),
  };
}

function readItem(element: ModdleElement): ItemDefinition {
  const functionItem = child(element, "functionItem");
  return {
    name: name(element),
    ...optional("typeRef", text(element, "typeRef")?.trim()),
    isCollection: flag(element, "isCollection"),
    ...optional("allowedValues", textOf(element, "allowedValues")),
    ...optional("typeConstraint", textOf(element, "typeConstraint")),
    components: children(element, "itemComponent").map(readItem),
    ...optional(
      "functionItem",
      functionItem && {
        parameters: children(functionItem, "parameters").map(readVariable),
        ...optional("outputTypeRef", text(functionItem, "outputTypeRef")),
      },
    ),
  };
}

function readVariable(element: ModdleElement): Variable {
  return { name: name(element), ...optional("typeRef", text(element, "typeRef")) };
}

/** The id, else the name, which hrefs of hand-written files use. */
function named(element: ModdleElement): { id: string; name: string; description?: string } {
  const own = name(element);
  return { id: text(element, "id") ?? own, name: own, ...optional("description", text(element, "description")) };
}

function variableOf(element: ModdleElement): Variable {
  const variable = child(element, "variable");
  return variable === undefined
    ? { name: name(element) }
    : { ...readVariable(variable), name: name(variable) || name(element) };
}

function readInput(element: ModdleElement): InputData {
  return { ...named(element), variable: variableOf(element) };
}

function hrefs(element: ModdleElement, list: string, property: string): string[] {
  return children(element, list).flatMap((requirement) => {
    const target = child(requirement, property);
    const href = target && text(target, "href");
    return href === undefined ? [] : [href];
  });
}

function readRequirements(element: ModdleElement, isDecision: boolean): Requirements {
  return {
    decisions: isDecision ? hrefs(element, "informationRequirement", "requiredDecision") : [],
    inputs: isDecision ? hrefs(element, "informationRequirement", "requiredInput") : [],
    knowledge: hrefs(element, "knowledgeRequirement", "requiredKnowledge"),
    sources: hrefs(element, "authorityRequirement", "requiredAuthority"),
  };
}

function readDecision(element: ModdleElement): Decision {
  const logic = child(element, "decisionLogic");
  return {
    ...named(element),
    variable: variableOf(element),
    ...optional("question", text(element, "question")),
    ...optional("allowedAnswers", text(element, "allowedAnswers")),
    requires: readRequirements(element, true),
    ...optional("logic", logic && readBoxed(logic)),
  };
}

function readKnowledge(element: ModdleElement): KnowledgeModel {
  const logic = child(element, "encapsulatedLogic");
  return {
    ...named(element),
    variable: variableOf(element),
    requires: readRequirements(element, false),
    ...optional("logic", logic && readFunction(logic)),
  };
}

function readService(element: ModdleElement): DecisionService {
  const references = (property: string) =>
    children(element, property).flatMap((reference) => {
      const href = text(reference, "href");
      return href === undefined ? [] : [href];
    });
  return {
    ...named(element),
    variable: variableOf(element),
    outputs: references("outputDecision"),
    encapsulated: references("encapsulatedDecision"),
    inputDecisions: references("inputDecision"),
    inputData: references("inputData"),
  };
}

function readSource(element: ModdleElement): KnowledgeSource {
  return {
    ...named(element),
    ...optional("type", text(element, "type")),
    ...optional("locationUri", text(element, "locationURI")),
  };
}
