import { assemble } from "./assemble.ts";
import { checkReading } from "./check/check-reading.ts";
import { type Finding, listFinding } from "./finding.ts";
import type { List } from "./model/list.ts";
import { type ListSource, placeOf, type Reading, readFiles } from "./reading.ts";

/** A list as far as it could be read. */
export interface LoadedList {
  /** The list; absent when a finding is an error. */
  readonly list?: List;
  /** The list without what is faulty: for further checks and for editors, never for decisions. */
  readonly draft?: List;
  readonly findings: readonly Finding[];
}

/** What is remembered of lists that were loaded, so that a parent of several lists is read and checked once. */
export type KnownLists = WeakMap<ListSource, Loaded>;

/** Reads a list and the lists it stands on, and checks each of them; those that are `known` already are not read again. */
export function loadList(source: ListSource, known: KnownLists = new WeakMap()): LoadedList {
  const { draft, findings } = load(source, [], known);
  const refused = findings.some(({ severity }) => severity === "error");
  return { ...(draft && !refused && { list: draft }), draft, findings };
}

interface Loaded extends LoadedList {
  readonly broken: Reading["broken"];
}

function load(source: ListSource, below: readonly string[], known: KnownLists): Loaded {
  const before = known.get(source);
  if (before) return before;
  const files = readFiles(source);
  const parent = loadParent(source, files, [...below, source.dir], known);
  const reading = { ...files, broken: new Set([...files.broken, ...parent.broken]) };
  const draft = assemble(reading, parent.draft);
  const own = draft ? checkReading(reading, draft, parent.draft) : [];
  const loaded = { draft, findings: [...parent.findings, ...reading.findings, ...own], broken: reading.broken };
  known.set(source, loaded);
  return loaded;
}

function loadParent(source: ListSource, reading: Reading, below: readonly string[], known: KnownLists): Loaded {
  const { header } = reading;
  const written = header?.value.parent;
  if (!header || written === undefined) return { findings: [], broken: new Set() };
  const place = placeOf(header, ["parent"]);
  if (!source.parent || (source.parent.files.size === 0 && !below.includes(source.parent.dir))) {
    const message = [`没有上级清单“${written}”`, `There is no parent list at "${written}"`] as const;
    const hint = [
      "写上级清单文件夹的相对路径，如 ../cn",
      "Write the relative path of the parent's folder, as ../cn",
    ] as const;
    return { findings: [listFinding("LIST-PARENT-MISSING", place, message, hint)], broken: new Set() };
  }
  if (below.includes(source.parent.dir)) {
    const circle = [...below, source.parent.dir].join(" → ");
    const message = [`上级清单成环：${circle}`, `The parent lists form a circle: ${circle}`] as const;
    const hint = ["国家清单没有上级", "The national list has no parent"] as const;
    return { findings: [listFinding("LIST-PARENT-CYCLE", place, message, hint)], broken: new Set() };
  }
  return load(source.parent, below, known);
}
