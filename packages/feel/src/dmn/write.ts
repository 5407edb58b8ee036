import type { DmnModdle, ModdleElement } from "dmn-moddle";
import { diagramOf } from "./diagram.ts";
import type { Boxed, Decision, DmnModel, DmnVersion, ItemDefinition, KnowledgeModel, Variable } from "./model.ts";
import { requirementId } from "./requirement-id.ts";
import { type Make, unaryTests, writeBoxed, writeFunction, writeVariable } from "./write-boxed.ts";
import { moddleFor, namespaces } from "./xml-schema.ts";

export interface WriteOptions {
  /** 1.3 unless told, which dmn-js opens; 1.5 when the model uses what came after 1.3. */
  readonly version?: Exclude<DmnVersion, "1.1">;
}

/** Writes a model as DMN XML with a laid-out requirements diagram. */
export async function writeDmn(model: DmnModel, options: WriteOptions = {}): Promise<string> {
  const version = options.version ?? (needs14(model) ? "1.5" : "1.3");
  const moddle = moddleFor(version);
  const make = maker(moddle);
  const root = make("dmn:Definitions", {
    id: model.id,
    name: model.name,
    namespace: model.namespace,
    description: model.description,
    ...(namespaces[version].model.includes("2023")
      ? { expressionLanguage: "https://www.omg.org/spec/DMN/20230324/FEEL/" }
      : {}),
    import: model.imports.map((each) =>
      make("dmn:Import", {
        name: each.name,
        namespace: each.namespace,
        importType: each.importType,
        locationURI: each.locationUri,
      }),
    ),
    itemDefinition: model.items.map((item) => writeItem(make, item)),
    drgElement: drgElements(make, model),
    dmnDI: diagramOf(make, model),
  });
  const { xml } = await moddle.toXML(root, { format: true });
  return xml;
}

function maker(moddle: DmnModdle): Make {
  return (type, attributes) =>
    moddle.create(type, Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined)));
}

function needs14(model: DmnModel): boolean {
  const text = JSON.stringify(model);
  return /"kind":"(?:conditional|filter|for|some|every)"|"typeConstraint":/.test(text);
}

function drgElements(make: Make, model: DmnModel): ModdleElement[] {
  return [
    ...model.inputs.map((input) =>
      make("dmn:InputData", { ...named(input), variable: writeVariable(make, input.variable) }),
    ),
    ...model.sources.map((source) =>
      make("dmn:KnowledgeSource", { ...named(source), type: source.type, locationURI: source.locationUri }),
    ),
    ...model.knowledge.map((knowledge) => writeKnowledge(make, knowledge)),
    ...model.services.map((service) =>
      make("dmn:DecisionService", {
        ...named(service),
        variable: writeVariable(make, service.variable),
        outputDecision: service.outputs.map((href) => reference(make, href)),
        encapsulatedDecision: service.encapsulated.map((href) => reference(make, href)),
        inputDecision: service.inputDecisions.map((href) => reference(make, href)),
        inputData: service.inputData.map((href) => reference(make, href)),
      }),
    ),
    ...model.decisions.map((decision) => writeDecision(make, decision)),
  ];
}

function named(element: { id: string; name: string; description?: string }): Record<string, unknown> {
  return { id: element.id, name: element.name, description: element.description };
}

function reference(make: Make, href: string): ModdleElement {
  return make("dmn:DMNElementReference", { href });
}

function writeItem(make: Make, item: ItemDefinition): ModdleElement {
  return make("dmn:ItemDefinition", {
    name: item.name,
    typeRef: item.typeRef,
    isCollection: item.isCollection || undefined,
    allowedValues: unaryTests(make, item.allowedValues),
    typeConstraint: unaryTests(make, item.typeConstraint),
    itemComponent: item.components.map((component) => writeItem(make, component)),
    functionItem:
      item.functionItem &&
      make("dmn:FunctionItem", {
        outputTypeRef: item.functionItem.outputTypeRef,
        parameters: item.functionItem.parameters.map((parameter: Variable) => writeVariable(make, parameter)),
      }),
  });
}

function requirements(make: Make, owner: Decision | KnowledgeModel): Record<string, ModdleElement[]> {
  const { decisions, inputs, knowledge, sources } = owner.requires;
  const information = [
    ...decisions.map((href) => ({ requiredDecision: reference(make, href) })),
    ...inputs.map((href) => ({ requiredInput: reference(make, href) })),
  ];
  return {
    informationRequirement: information.map((required, index) =>
      make("dmn:InformationRequirement", { id: requirementId(owner.id, index, "information"), ...required }),
    ),
    knowledgeRequirement: knowledge.map((href, index) =>
      make("dmn:KnowledgeRequirement", {
        id: requirementId(owner.id, index, "knowledge"),
        requiredKnowledge: reference(make, href),
      }),
    ),
    authorityRequirement: sources.map((href, index) =>
      make("dmn:AuthorityRequirement", {
        id: requirementId(owner.id, index, "authority"),
        requiredAuthority: reference(make, href),
      }),
    ),
  };
}

function writeDecision(make: Make, decision: Decision): ModdleElement {
  return make("dmn:Decision", {
    ...named(decision),
    question: decision.question,
    allowedAnswers: decision.allowedAnswers,
    variable: writeVariable(make, decision.variable),
    ...requirements(make, decision),
    decisionLogic: decision.logic && writeBoxed(make, decision.logic as Boxed),
  });
}

function writeKnowledge(make: Make, knowledge: KnowledgeModel): ModdleElement {
  const { knowledgeRequirement, authorityRequirement } = requirements(make, knowledge);
  return make("dmn:BusinessKnowledgeModel", {
    ...named(knowledge),
    variable: writeVariable(make, knowledge.variable),
    encapsulatedLogic: knowledge.logic && writeFunction(make, knowledge.logic),
    knowledgeRequirement,
    authorityRequirement,
  });
}
