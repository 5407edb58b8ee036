import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Finding, List } from "@qingdan/list";
import { readList } from "@qingdan/list/node";
import { Problem } from "../../problem.ts";

/** The lists that the server holds, read from their folders when first asked for. */
export interface Catalogue {
  /** Codes of the lists, in order: the nation first. */
  codes(): Promise<readonly string[]>;
  /** @throws {Problem} API-LIST-UNKNOWN, API-LIST-FAULTY */
  list(code: string): Promise<List>;
  /** Every list that passes its checks; the others are reported to `onFaulty` once. */
  sound(): Promise<readonly List[]>;
}

/**
 * Opens the lists in the folders; a folder is a list (it holds list.yaml) or holds one folder a list. Lists that are `known`
 * already are not read again.
 */
export function openCatalogue(
  folders: readonly string[],
  onFaulty: (code: string, problem: Problem) => void,
  known: readonly List[] = [],
): Catalogue {
  const read = new Map(known.map((list) => [list.code, Promise.resolve(list)]));
  const found = findLists(folders);
  const codes = async () => [...(await found).keys()].toSorted();
  const reported = new Set<string>();
  const list: Catalogue["list"] = async (code) => {
    const folder = (await found).get(code);
    if (folder === undefined) {
      const known = await codes();
      throw new Problem("API-LIST-UNKNOWN", {
        zh: `现有清单:${known.join("、")}`,
        en: `The lists here are ${known.join(", ")}`,
      });
    }
    const reading = read.get(code) ?? loadSound(folder);
    read.set(code, reading);
    return reading;
  };
  const sound: Catalogue["sound"] = async () => {
    const lists: List[] = [];
    for (const code of await codes()) {
      try {
        lists.push(await list(code));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (!reported.has(code)) onFaulty(code, error);
        reported.add(code);
      }
    }
    return lists;
  };
  return { codes, list, sound };
}

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

async function loadSound(folder: string): Promise<List> {
  const { list, findings } = await readList(folder);
  if (list) return list;
  const first = findings.find(({ severity }) => severity === "error");
  throw new Problem("API-LIST-FAULTY", {
    zh: `${describe(first)}${first?.message.zh ?? ""};运行 qingdan list check 查看全部`,
    en: `${describe(first)}${first?.message.en ?? ""}; run qingdan list check to see all`,
  });
}

function describe(finding: Finding | undefined): string {
  return finding ? `${finding.file}:${finding.line}:${finding.column} ` : "";
}
