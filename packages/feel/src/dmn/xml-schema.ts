import { DmnModdle } from "dmn-moddle";
import modelOf13 from "dmn-moddle/resources/dmn/json/dmn13.json" with { type: "json" };
import diagramOf13 from "dmn-moddle/resources/dmn/json/dmndi13.json" with { type: "json" };
import type { DmnVersion } from "./model.ts";

/** The namespaces of each edition: of the model, and of the diagram interchange (none before 1.2). */
export const namespaces: Readonly<Record<DmnVersion, { readonly model: string; readonly diagram?: string }>> = {
  "1.1": { model: "http://www.omg.org/spec/DMN/20151101/dmn.xsd" },
  "1.2": {
    model: "http://www.omg.org/spec/DMN/20180521/MODEL/",
    diagram: "http://www.omg.org/spec/DMN/20180521/DMNDI/",
  },
  "1.3": {
    model: "https://www.omg.org/spec/DMN/20191111/MODEL/",
    diagram: "https://www.omg.org/spec/DMN/20191111/DMNDI/",
  },
  "1.4": {
    model: "https://www.omg.org/spec/DMN/20211108/MODEL/",
    diagram: "https://www.omg.org/spec/DMN/20211108/DMNDI/",
  },
  "1.5": {
    model: "https://www.omg.org/spec/DMN/20230324/MODEL/",
    diagram: "https://www.omg.org/spec/DMN/20230324/DMNDI/",
  },
};

interface TypeDescriptor {
  readonly name: string;
  readonly isAbstract?: boolean;
  readonly superClass?: readonly string[];
  readonly properties?: readonly unknown[];
}

const asProperty = { xml: { serialize: "property" } };

/** What DMN 1.4 added to the elements of 1.3, which is the newest edition that dmn-moddle describes. */
const typesOf14: readonly TypeDescriptor[] = [
  { name: "ChildExpression", properties: [{ name: "value", type: "Expression" }] },
  {
    name: "TypedChildExpression",
    superClass: ["ChildExpression"],
    properties: [{ name: "typeRef", type: "String", isAttr: true }],
  },
  {
    name: "Conditional",
    superClass: ["Expression"],
    properties: ["if", "then", "else"].map((name) => ({ name, type: "ChildExpression", ...asProperty })),
  },
  {
    name: "Filter",
    superClass: ["Expression"],
    properties: ["in", "match"].map((name) => ({ name, type: "ChildExpression", ...asProperty })),
  },
  {
    name: "Iterator",
    isAbstract: true,
    superClass: ["Expression"],
    properties: [
      { name: "iteratorVariable", type: "String", isAttr: true },
      { name: "in", type: "TypedChildExpression", ...asProperty },
    ],
  },
  {
    name: "For",
    superClass: ["Iterator"],
    properties: [{ name: "return", type: "ChildExpression", ...asProperty }],
  },
  ...["Every", "Some"].map((name) => ({
    name,
    superClass: ["Iterator"],
    properties: [{ name: "satisfies", type: "ChildExpression", ...asProperty }],
  })),
];

const typeConstraint = { name: "typeConstraint", type: "UnaryTests", ...asProperty };

function withTypesOf14(types: readonly TypeDescriptor[]): readonly TypeDescriptor[] {
  const extended = types.map((type) =>
    type.name === "ItemDefinition" ? { ...type, properties: insertAfterAllowedValues(type.properties ?? []) } : type,
  );
  return [...extended, ...typesOf14];
}

/** The schema is a sequence: the constraint on the whole value follows that on its elements. */
function insertAfterAllowedValues(properties: readonly unknown[]): readonly unknown[] {
  const at = properties.findIndex((p) => (p as { name: string }).name === "allowedValues") + 1;
  return [...properties.slice(0, at), typeConstraint, ...properties.slice(at)];
}

const readers = new Map<DmnVersion, DmnModdle>();

/** The XML reader and writer of one edition. */
export function moddleFor(version: DmnVersion): DmnModdle {
  const known = readers.get(version);
  if (known !== undefined) return known;
  const { model, diagram } = namespaces[version];
  const newer = version === "1.4" || version === "1.5";
  const types = modelOf13.types as readonly TypeDescriptor[];
  const created = new DmnModdle({
    dmn: { ...modelOf13, uri: model, types: newer ? withTypesOf14(types) : types },
    dmndi: { ...diagramOf13, uri: diagram ?? diagramOf13.uri },
  });
  readers.set(version, created);
  return created;
}

/** The edition whose model namespace the root element declares, if any. */
export function versionOf(xml: string): DmnVersion | undefined {
  const root = /<(?!\?|!)[^>]*>/.exec(withoutComments(xml))?.[0] ?? "";
  const declared = new Set([...root.matchAll(/xmlns(?::[^\s=]+)?\s*=\s*["']([^"']*)["']/g)].map((match) => match[1]));
  const versions = Object.keys(namespaces) as DmnVersion[];
  return versions.reverse().find((version) => declared.has(namespaces[version].model));
}

function withoutComments(xml: string): string {
  return xml.replace(/<!--[\s\S]*?-->/g, "");
}
