import { DmnFileError } from "../dmn/file-error.ts";
import { parseXml, type XmlNode } from "./xml-tree.ts";

/** A value as the test files write it, before it becomes a FEEL value. */
export type TckValue =
  | { readonly kind: "null" }
  | { readonly kind: "value"; readonly type: string; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly TckValue[] }
  | { readonly kind: "context"; readonly entries: readonly { readonly name: string; readonly value: TckValue }[] };

export interface TckFile {
  readonly modelName: string;
  readonly cases: readonly TckCase[];
}

export interface TckCase {
  readonly id: string;
  readonly type: "decision" | "bkm" | "decisionService";
  /** The decision service or knowledge model to call; absent for plain decisions. */
  readonly invocable?: string;
  readonly inputs: readonly { readonly name: string; readonly namespace?: string; readonly value: TckValue }[];
  readonly results: readonly TckResult[];
}

export interface TckResult {
  readonly name: string;
  readonly namespace?: string;
  readonly expected: TckValue;
  /** The evaluation must give null and say why. */
  readonly errorResult: boolean;
}

const prefixes = {
  "http://www.omg.org/spec/DMN/20160719/testcase": "t",
  "http://www.w3.org/2001/XMLSchema-instance": "xsi",
};

/** Reads a test file of the DMN TCK (testCases.xsd). Throws DmnFileError when it is none. */
export function readTckFile(xml: string, file?: string): TckFile {
  const root = parseXml(xml, prefixes, file);
  if (root.name !== "t:testCases") {
    throw new DmnFileError({
      code: "tck-not-tests",
      message: `The root element is <${root.name}>.`,
      hint: "Expected <testCases> of the DMN TCK.",
      file,
    });
  }
  const modelName = all(root, "modelName")[0]?.text.trim() ?? "";
  return { modelName, cases: all(root, "testCase").map(readCase) };
}

function all(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === `t:${name}`);
}

function readCase(node: XmlNode): TckCase {
  const { id, type, invocableName } = node.attributes;
  return {
    id: id ?? "",
    type: type === "bkm" || type === "decisionService" ? type : "decision",
    ...(invocableName === undefined ? {} : { invocable: invocableName }),
    inputs: all(node, "inputNode").map((input) => ({ ...named(input), value: readValue(input) })),
    results: all(node, "resultNode").map((result) => {
      const [expected] = all(result, "expected");
      return {
        ...named(result),
        expected: expected === undefined ? { kind: "null" } : readValue(expected),
        errorResult: result.attributes.errorResult === "true",
      };
    }),
  };
}

function named(node: XmlNode): { name: string; namespace?: string } {
  const { name, namespace } = node.attributes;
  return { name: name ?? "", ...(namespace === undefined ? {} : { namespace }) };
}

/** The value that stands inside a node of the schema's `valueType`: a value, components, or a list. */
function readValue(node: XmlNode): TckValue {
  const [value] = all(node, "value");
  if (value !== undefined) {
    if (isNil(value)) return { kind: "null" };
    return { kind: "value", type: (value.attributes["xsi:type"] ?? "").replace(/^.*:/, ""), text: value.text };
  }
  const [list] = all(node, "list");
  if (list !== undefined)
    return isNil(list) ? { kind: "null" } : { kind: "list", items: all(list, "item").map(readValue) };
  const components = all(node, "component");
  if (components.length === 0 || isNil(node)) return { kind: "null" };
  return {
    kind: "context",
    entries: components.map((component) => ({
      name: component.attributes.name ?? "",
      value: isNil(component) ? { kind: "null" } : readValue(component),
    })),
  };
}

function isNil(node: XmlNode): boolean {
  return node.attributes["xsi:nil"] === "true";
}
