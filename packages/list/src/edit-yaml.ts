import {
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  parseDocument,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

/** One step of an edit; a path is made of keys and positions from the root of the file. */
export type YamlEdit =
  /** Writes a text, number or truth in place of the scalar at `path`, or as a new key of the map around it. */
  | { readonly op: "set"; readonly path: YamlPath; readonly value: string | number | boolean | null }
  /** Copies an entry of a sequence to the place behind it. */
  | { readonly op: "repeat"; readonly path: YamlPath }
  /** Takes an entry out of a sequence, or a key out of a map. */
  | { readonly op: "remove"; readonly path: YamlPath }
  /** Changes an entry of a sequence with the one before it. */
  | { readonly op: "raise"; readonly path: YamlPath };
export type YamlPath = readonly (string | number)[];

/** An edit that the file does not allow. */
export class YamlEditError extends Error {
  override readonly name = "YamlEditError";
  readonly path: YamlPath;

  constructor(path: YamlPath, why: string) {
    super(`${path.join(".")}: ${why}`);
    this.path = path;
  }
}

/**
 * Edits the text of a YAML file in place: only what an edit names changes; comments, order, quotes and line breaks around it stay.
 * @throws YamlEditError when the text is no YAML or the path leads nowhere
 */
export function editYaml(text: string, edits: readonly YamlEdit[]): string {
  return edits.reduce(applyEdit, text);
}

/** The content of a YAML file as plain data; undefined when it is no YAML. */
export function yamlValue(text: string): unknown {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

function applyEdit(text: string, edit: YamlEdit): string {
  const document = parseDocument(text, { prettyErrors: false });
  const [fault] = document.errors;
  if (fault) throw new YamlEditError(edit.path, fault.message);
  const root = document.contents as ParsedNode | null;
  if (edit.op === "set") return setScalar(text, root, edit.path, edit.value);
  const around = nodeAt(root, edit.path.slice(0, -1));
  const last = edit.path.at(-1);
  if (isMap(around) && edit.op === "remove") return removeKey(text, around as YAMLMap.Parsed, edit.path);
  if (!isSeq(around) || typeof last !== "number" || around.items[last] === undefined) {
    throw new YamlEditError(edit.path, "there is no such entry of a sequence");
  }
  const entries = entriesOf(text, around as YAMLSeq.Parsed);
  if (edit.op === "repeat") return repeatEntry(text, entries, last);
  if (edit.op === "remove") return removeEntry(text, around as YAMLSeq.Parsed, entries, edit.path);
  return raiseEntry(text, entries, edit.path);
}

function nodeAt(root: ParsedNode | null, path: YamlPath): ParsedNode | null | undefined {
  let node: ParsedNode | null | undefined = root;
  for (const step of path) {
    if (!isCollection(node)) return undefined;
    node = node.get(step, true) as ParsedNode | undefined;
  }
  return node;
}

function setScalar(
  text: string,
  root: ParsedNode | null,
  path: YamlPath,
  value: Extract<YamlEdit, { op: "set" }>["value"],
): string {
  const node = nodeAt(root, path);
  if (node === undefined || node === null) return addKey(text, root, path, value);
  if (!isScalar(node)) throw new YamlEditError(path, "this is no single value");
  const [start, end] = node.range;
  const written = scalarText(value, node.type);
  return text.slice(0, start) + written + (text[end - 1] === "\n" ? "\n" : "") + text.slice(end);
}

/** Plain where it is read back as the same everywhere, else in quotes: those that stood there, or double ones. */
function scalarText(value: string | number | boolean | null, before?: Scalar.Type | null): string {
  if (typeof value !== "string") return String(value);
  if (before === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
  if (before === Scalar.QUOTE_SINGLE && !/[\p{C}\p{Z}]/u.test(value.replaceAll(" ", ""))) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  return readsPlain(`{ k: ${value} }`, value) && readsPlain(`k: ${value}`, value) ? value : JSON.stringify(value);
}

function readsPlain(text: string, value: string): boolean {
  const read = parseDocument(text);
  return read.errors.length === 0 && read.warnings.length === 0 && read.get("k") === value;
}

/** A new key goes to the end of the map around it, in the map's own style. */
function addKey(
  text: string,
  root: ParsedNode | null,
  path: YamlPath,
  value: string | number | boolean | null,
): string {
  const map = nodeAt(root, path.slice(0, -1));
  const key = path.at(-1);
  const last = isMap(map) ? map.items.at(-1) : undefined;
  if (!isMap(map) || typeof key !== "string" || !last) throw new YamlEditError(path, "there is nothing to write it in");
  const written = `${key}: ${scalarText(value)}`;
  const at = endOf(text, last.value as ParsedNode, last.key as ParsedNode);
  if (map.flow) return `${text.slice(0, at)}, ${written}${text.slice(at)}`;
  const line = lineEnd(text, at);
  const column = columnOf(text, (last.key as ParsedNode).range[0]);
  return `${ended(text.slice(0, line))}${" ".repeat(column)}${written}\n${text.slice(line)}`;
}

const ended = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where each entry of a sequence is written: whole lines with their dash, or what stands between two commas. */
function entriesOf(text: string, sequence: YAMLSeq.Parsed): Span[] {
  return sequence.items.map((item) => {
    const start = propsStart(text, item.range[0]);
    if (sequence.flow) return { start, end: endOf(text, item) };
    const dash = text.lastIndexOf("-", start - 1);
    return { start: dash - columnOf(text, dash), end: lineEnd(text, endOf(text, item)) };
  });
}

/** Anchors and tags stand before what they belong to. */
function propsStart(text: string, start: number): number {
  return start - (/(?:[&!][^\s,[\]{}]*[ \t]+)+$/.exec(text.slice(0, start))?.[0].length ?? 0);
}

/** Behind the last character of a node, without line break and comment. */
function endOf(text: string, node: ParsedNode | null, key?: ParsedNode): number {
  if (node === null) return key ? text.indexOf(":", key.range[1]) + 1 : 0;
  if (isCollection(node) && !node.flow) {
    const last = node.items.at(-1);
    if (isMap(node) && last) {
      const pair = last as YAMLMap.Parsed["items"][number];
      return endOf(text, pair.value as ParsedNode | null, pair.key as ParsedNode);
    }
    if (last) return endOf(text, last as ParsedNode);
  }
  return node.range[1];
}

const columnOf = (text: string, at: number): number => at - (text.lastIndexOf("\n", at - 1) + 1);

function lineEnd(text: string, at: number): number {
  if (text[at - 1] === "\n") return at;
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found + 1;
}

function repeatEntry(text: string, entries: readonly Span[], at: number): string {
  const { start, end } = entries[at]!;
  // An anchor names one thing only: the copy goes without.
  const entry = text.slice(start, end).replace(/&[^\s,[\]{}]+[ \t]+/g, "");
  if (text[end - 1] === "\n") return text.slice(0, end) + entry + text.slice(end);
  const alone = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const between = /\S/.test(alone) ? ", " : `,\n${alone}`;
  const block = end === text.length && /^\s*-/.test(entry);
  return block ? `${text}\n${entry}` : text.slice(0, end) + between + entry + text.slice(end);
}

function removeEntry(text: string, sequence: YAMLSeq.Parsed, entries: readonly Span[], path: YamlPath): string {
  const at = Number(path.at(-1));
  if (entries.length === 1 && !sequence.flow) throw new YamlEditError(path, "the last entry stays");
  const { start, end } = entries[at]!;
  if (!sequence.flow) return text.slice(0, start) + text.slice(end);
  const next = entries[at + 1];
  const before = entries[at - 1];
  if (next) return text.slice(0, start) + text.slice(next.start);
  return text.slice(0, before ? before.end : start) + text.slice(end);
}

function raiseEntry(text: string, entries: readonly Span[], path: YamlPath): string {
  const [above, below] = [entries[Number(path.at(-1)) - 1], entries[Number(path.at(-1))]];
  if (!above || !below) throw new YamlEditError(path, "it is the first already");
  const [first, second] = [text.slice(above.start, above.end), text.slice(below.start, below.end)];
  const raised = first.endsWith("\n") ? ended(second) : second;
  return text.slice(0, above.start) + raised + text.slice(above.end, below.start) + first + text.slice(below.end);
}

function removeKey(text: string, map: YAMLMap.Parsed, path: YamlPath): string {
  const at = map.items.findIndex(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)));
  const pair = map.items[at];
  if (!pair) throw new YamlEditError(path, "there is no such key");
  if (map.items.length === 1) throw new YamlEditError(path, "the last key stays");
  const start = (pair.key as ParsedNode).range[0];
  const end = endOf(text, pair.value as ParsedNode | null, pair.key as ParsedNode);
  const next = map.items[at + 1]?.key as ParsedNode | undefined;
  const before = map.items[at - 1];
  if (!map.flow) {
    // The first key of an entry stands behind its dash: the next one moves up to it.
    if (next && /\S/.test(text.slice(start - columnOf(text, start), start)))
      return text.slice(0, start) + text.slice(next.range[0]);
    return text.slice(0, start - columnOf(text, start)) + text.slice(lineEnd(text, end));
  }
  if (next) return text.slice(0, start) + text.slice(next.range[0]);
  const kept = before ? endOf(text, before.value as ParsedNode | null, before.key as ParsedNode) : start;
  return text.slice(0, kept) + text.slice(end);
}
