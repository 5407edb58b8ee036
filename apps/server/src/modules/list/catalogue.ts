import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Finding, List, ListSource, LoadedList } from "@qingdan/list";
import { createListReader, type ListReader, readGoldenTexts } from "@qingdan/list/node";
import { Problem } from "../../problem.ts";
import { contentHash, type ListFiles } from "./content-hash.ts";
import type { Version, VersionHead } from "./version-store.ts";

/** A list as it is shown: the newest published version of it, or its folder while nothing is published. */
export interface ShownList {
  readonly code: string;
  /** Its own files and those that it stands on. */
  readonly source: ListSource;
  /** Its own files, golden cases included. */
  readonly files: ListFiles;
  readonly contentHash: string;
  /** null: the folder. */
  readonly version: VersionHead | null;
  /** The list that it stands on. */
  readonly parent: ShownList | null;
}

/** The lists that the server holds: each is read when first asked for, and read again when a version of it is published. */
export interface Catalogue {
  /** Codes of the lists, in order: the nation first. */
  codes(): Promise<readonly string[]>;
  /** @throws {Problem} API-LIST-UNKNOWN, API-LIST-FAULTY */
  list(code: string): Promise<List>;
  /** Every list that passes its checks; the others are reported to `onFaulty` once. */
  sound(): Promise<readonly List[]>;
  /** @throws {Problem} API-LIST-UNKNOWN */
  shown(code: string): Promise<ShownList>;
  /**
   * The files as installed, whatever is published.
   * @throws {Problem} API-LIST-UNKNOWN
   */
  folderFiles(code: string): Promise<ListFiles>;
  /** A list and its findings, from other texts than those shown; parents that are shown as well are not checked again. */
  load(source: ListSource): Promise<LoadedList>;
  /** Forgets what is shown: called when a version was published. */
  refresh(): void;
}

export interface CatalogueOptions {
  /** Each is a list (it holds list.yaml) or holds one folder a list. */
  readonly folders: readonly string[];
  readonly onFaulty: (code: string, problem: Problem) => void;
  /** Reads the folders; what it has read already is not read again. */
  readonly reader?: ListReader;
  /** The newest published version of a list; without it the folders count. */
  readonly published?: (code: string) => Promise<Version | undefined>;
}

export function openCatalogue(options: CatalogueOptions): Catalogue {
  const { folders, onFaulty, reader = createListReader(), published } = options;
  const found = findLists(folders);
  const reported = new Set<string>();
  let shownLists = new Map<string, Promise<ShownList>>();
  let lists = new Map<string, Promise<List>>();

  const codes = async () => [...(await found).keys()].toSorted();
  const folderOf = async (code: string): Promise<string> => {
    const dir = (await found).get(code);
    if (dir === undefined) throw unknownList(await codes());
    return dir;
  };
  const folderFiles = async (code: string): Promise<ListFiles> => {
    const dir = await folderOf(code);
    return new Map([...(await reader.source(dir)).files, ...(await readGoldenTexts(dir))]);
  };
  const show = async (code: string): Promise<ShownList> => {
    const dir = await folderOf(code);
    const [folder, version] = await Promise.all([reader.source(dir), published?.(code)]);
    const above = [...(await found)].find(([, at]) => folder.parent && samePath(at, folder.parent.dir))?.[0];
    const parent = above === undefined ? null : await shown(above);
    const files = version?.files ?? (await folderFiles(code));
    const source =
      version === undefined && (parent === null || parent.source === folder.parent)
        ? folder
        : {
            dir: folder.dir,
            files: withoutGolden(files),
            ...(folder.parent && { parent: parent?.source ?? folder.parent }),
          };
    return { code, source, files, contentHash: contentHash(files), version: version ?? null, parent };
  };
  const shown = (code: string) => remembered(shownLists, code, show);
  const load = async (code: string): Promise<List> => soundList(await reader.load((await shown(code)).source));
  const list = (code: string) => remembered(lists, code, load);
  const sound: Catalogue["sound"] = async () => {
    const all: List[] = [];
    for (const code of await codes()) {
      try {
        all.push(await list(code));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (!reported.has(code)) onFaulty(code, error);
        reported.add(code);
      }
    }
    return all;
  };
  const refresh = () => {
    shownLists = new Map();
    lists = new Map();
    reported.clear();
  };
  return { codes, list, sound, shown, folderFiles, load: reader.load, refresh };
}

function remembered<T>(known: Map<string, Promise<T>>, code: string, make: (code: string) => Promise<T>): Promise<T> {
  const answer = known.get(code) ?? make(code);
  known.set(code, answer);
  return answer;
}

/** Files that the reader of lists takes: golden cases travel with a list and are no part of it. */
export function withoutGolden(files: ListFiles): ListFiles {
  return new Map([...files].filter(([file]) => !file.startsWith("golden/")));
}

const samePath = (a: string, b: string) => path.resolve(a) === path.resolve(b);

/** Folders by the code that their list.yaml gives. */
async function findLists(folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const lists = new Map<string, string>();
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true });
    const inside = entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
    for (const candidate of [folder, ...inside]) {
      const header = await readFile(path.join(candidate, "list.yaml"), "utf8").catch(() => "");
      const code = /^code:\s*(\S+)/m.exec(header)?.[1];
      if (code !== undefined) lists.set(code, candidate);
    }
  }
  return lists;
}

function unknownList(codes: readonly string[]): Problem {
  return new Problem("API-LIST-UNKNOWN", {
    zh: `现有清单：${codes.join("、")}`,
    en: `The lists here are ${codes.join(", ")}`,
  });
}

function soundList({ list, findings }: LoadedList): List {
  if (list) return list;
  const first = findings.find(({ severity }) => severity === "error");
  throw new Problem("API-LIST-FAULTY", {
    zh: `${describe(first)}${first?.message.zh ?? ""}；运行 qingdan list check 查看全部`,
    en: `${describe(first)}${first?.message.en ?? ""}; run qingdan list check to see all`,
  });
}

function describe(finding: Finding | undefined): string {
  return finding ? `${finding.file}:${finding.line}:${finding.column} ` : "";
}
