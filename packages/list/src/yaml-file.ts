import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLError,
} from "yaml";
import { type Finding, listFinding, type Place } from "./finding.ts";

export type Path = readonly PropertyKey[];

/** A YAML file as plain data, with the place of each part of it. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** Place of the value at a path, or of its key; of the nearest thing around it when it is not there. */
  place(path: Path, side?: "key" | "value"): Place;
  /** Where the first character of a text stands, behind its quote or block sign. */
  textPlace(path: Path): Place;
  readonly findings: readonly Finding[];
}

/** Reads the text of a file; never throws. A file with errors of syntax has the value undefined. */
export function readYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const faults = [...document.errors, ...document.warnings];
  const findings = faults.map((fault) => syntaxFinding(fault, at(fault.pos[0]), text));
  const value = findings.length > 0 ? undefined : plainValue(document, at(0), findings);
  return {
    file,
    value,
    place: (path, side = "value") => at(offsetOf(document, path, side)),
    textPlace: (path) => textStart(text, offsetOf(document, path, "value"), at),
    findings,
  };
}

/** Aliases that are repeated without end are refused like faults of syntax. */
function plainValue(document: Document.Parsed, place: Place, findings: Finding[]): unknown {
  try {
    return document.toJS();
  } catch (error) {
    findings.push(notYaml((error as Error).message, place));
    return undefined;
  }
}

function syntaxFinding(error: YAMLError, place: Place, text: string): Finding {
  if (error.code !== "DUPLICATE_KEY") return notYaml(error.message, place);
  const key = /^[^:\s]*/.exec(text.slice(error.pos[0]))?.[0] ?? "";
  return listFinding(
    "LIST-DUPLICATE-KEY",
    place,
    [`同一处写了两次“${key}”`, `"${key}" is written twice in one place`],
    ["只留一个", "Keep one of them"],
  );
}

function notYaml(message: string, place: Place): Finding {
  return listFinding(
    "LIST-YAML",
    place,
    [`不是 YAML:${message}`, `This is not YAML: ${message}`],
    ["检查缩进、引号、冒号和括号", "Check indentation, quotes, colons and brackets"],
  );
}

function offsetOf(document: Document.Parsed, path: Path, side: "key" | "value"): number {
  let node = document.contents as ParsedNode | null;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    if (!isCollection(node)) return offset;
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) return offset;
      offset = pair.key.range[0];
      if (last && side === "key") return offset;
      node = pair.value as ParsedNode | null;
    } else if (isSeq(node)) {
      node = (node.items[Number(step)] as ParsedNode | undefined) ?? null;
    }
    offset = node?.range?.[0] ?? offset;
  }
  return offset;
}

function textStart(text: string, offset: number, at: (offset: number) => Place): Place {
  const first = text[offset];
  if (first === '"' || first === "'") return at(offset + 1);
  if (first === "|" || first === ">") {
    const line = text.indexOf("\n", offset) + 1;
    const indent = /^\s*/.exec(text.slice(line))?.[0].length ?? 0;
    return at(line + indent);
  }
  return at(offset);
}
