import { Parser } from "saxen";
import { DmnFileError } from "../dmn/file-error.ts";

/** An XML element with its namespace prefixes normalised by the reader. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** The character data directly inside, undecorated. */
  readonly text: string;
}

interface OpenNode extends XmlNode {
  children: XmlNode[];
  text: string;
}

/** Parses XML to a tree; `prefixes` maps namespaces to the prefixes that element and attribute names are to carry. */
export function parseXml(xml: string, prefixes: Record<string, string>, file?: string): XmlNode {
  const root: OpenNode = { name: "", attributes: {}, children: [], text: "" };
  const open: OpenNode[] = [root];
  const parser = new Parser().ns(prefixes);
  parser.on("openTag", (name, attributes, decode) => {
    const decoded = Object.entries(attributes()).map(([key, value]) => [key, decode(value)]);
    const node: OpenNode = { name, attributes: Object.fromEntries(decoded), children: [], text: "" };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on("closeTag", () => open.pop());
  parser.on("text", (text, decode) => addText(open, decode(text)));
  parser.on("cdata", (text) => addText(open, text));
  parser.on("error", (error, context) => {
    const { line, column } = context();
    const hint = "The file must be well-formed XML.";
    throw new DmnFileError({
      code: "tck-not-xml",
      message: error.message,
      hint,
      file,
      line: line + 1,
      column: column + 1,
    });
  });
  parser.parse(xml);
  const [top] = root.children;
  if (top === undefined) {
    throw new DmnFileError({ code: "tck-not-xml", message: "The file holds no element.", hint: "Expected XML.", file });
  }
  return top;
}

function addText(open: readonly OpenNode[], text: string): void {
  const node = open.at(-1);
  if (node !== undefined) node.text += text;
}
