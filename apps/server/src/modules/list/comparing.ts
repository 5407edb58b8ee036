import {
  type Comparison,
  compareLists,
  compileRulebook,
  type List,
  type ListSource,
  type SideToCompare,
} from "@qingdan/list";
import { Problem } from "../../problem.ts";
import { type Catalogue, type ShownList, withoutGolden } from "./catalogue.ts";
import type { ComparePageQuery, CompareQuery, ComparisonPage } from "./compare-model.ts";
import type { ListFiles } from "./content-hash.ts";
import { changedFiles } from "./study.ts";
import type { VersionStore } from "./version-store.ts";

export interface ComparingOptions {
  readonly catalogue: Catalogue;
  readonly versions: Pick<VersionStore, "version" | "proposal">;
  readonly date: () => string;
}

/** Comparing lists, versions and areas side by side. */
export type Comparing = ReturnType<typeof createComparing>;

/** Comparisons that are remembered: a page is turned without comparing again. */
const remembered = 8;

/** Begins a version that is not published yet. */
const ofProposal = "proposal:";

export function createComparing({ catalogue, versions, date }: ComparingOptions) {
  const known = new Map<string, { readonly lists: readonly List[]; readonly comparison: Comparison }>();

  const filesOf = async (shown: ShownList, version: string): Promise<ListFiles> => {
    if (version === "folder") return catalogue.folderFiles(shown.code);
    if (!version.startsWith(ofProposal)) return (await versions.version(shown.code, version)).files;
    return changedFiles(shown.files, (await versions.proposal(version.slice(ofProposal.length))).files);
  };

  /** The files of a side, on the lists that it stands on as they are shown. */
  const sourceOf = async (side: string): Promise<{ code: string; source: ListSource }> => {
    const [code = "", version] = side.split("@");
    const shown = await catalogue.shown(code);
    if (version === undefined) return { code, source: shown.source };
    return { code, source: { ...shown.source, files: withoutGolden(await filesOf(shown, version)) } };
  };

  const listOf = async (side: string): Promise<List> => {
    const { code, source } = await sourceOf(side);
    return side.includes("@") ? soundList(code, await catalogue.load(source)) : catalogue.list(code);
  };

  const compare = async (query: CompareQuery): Promise<Comparison> => {
    const lists = [await listOf(query.left), await listOf(query.right)] as const;
    const key = JSON.stringify([query.left, query.right, query.leftArea, query.rightArea, query.date ?? date()]);
    const before = known.get(key);
    if (before?.lists.every((list, at) => list === lists[at])) return before.comparison;
    const day = query.date ?? date();
    const comparison = compareLists(
      sideToCompare(lists[0], query.leftArea, day),
      sideToCompare(lists[1], query.rightArea, day),
    );
    known.delete(key);
    known.set(key, { lists, comparison });
    const [oldest] = known.keys();
    if (known.size > remembered && oldest !== undefined) known.delete(oldest);
    return comparison;
  };

  return {
    sourceOf,
    /** @throws {Problem} API-LIST-UNKNOWN, API-LIST-FAULTY, API-AREA-UNKNOWN, STUDIO-VERSION-UNKNOWN */
    async page(query: ComparePageQuery): Promise<ComparisonPage> {
      const comparison = await compare(query);
      const { only, page, size } = query;
      const matches = comparison.matches.filter(
        ({ differences, left, right }) =>
          only === "all" ||
          (only === "different" ? differences.length > 0 : [...left, ...right].some(({ executable }) => executable)),
      );
      return {
        left: presentSide(comparison.left),
        right: presentSide(comparison.right),
        total: matches.length,
        page,
        size,
        different: comparison.matches.filter(({ differences }) => differences.length > 0).length,
        matches: matches.slice((page - 1) * size, page * size).map(presentMatch),
        onlyLeft: comparison.onlyLeft.map(presentItem),
        onlyRight: comparison.onlyRight.map(presentItem),
      };
    },
  };
}

/** @throws {Problem} API-AREA-UNKNOWN, API-LIST-FAULTY */
export function sideToCompare(list: List, area: string | undefined, date: string): SideToCompare {
  if (area !== undefined && !list.areas.has(area)) {
    throw new Problem("API-AREA-UNKNOWN", {
      zh: `${list.code} 没有地区 ${area}`,
      en: `${list.code} has no area ${area}`,
    });
  }
  const { rulebook, findings } = compileRulebook(list, { area: area ?? list.area, date });
  if (rulebook) return { list, rulebook };
  const [first] = findings;
  throw new Problem("API-LIST-FAULTY", first?.message ?? { zh: "", en: "" });
}

function soundList(code: string, { list }: { readonly list?: List }): List {
  if (list) return list;
  throw new Problem("API-LIST-FAULTY", {
    zh: `${code} 的这个版本在现在的上级清单上有错误`,
    en: `This version of ${code} has errors on top of the lists above it as they are now`,
  });
}

const presentSide = ({ list, name, area, date }: Comparison["left"]) => ({
  list,
  name: { zh: name.zh, en: name.en },
  area,
  date,
});

const presentItem = ({ code, list, name, executable }: Comparison["onlyLeft"][number]) => ({
  code,
  list,
  name: { zh: name.zh, en: name.en },
  executable,
});

function presentMatch({ by, left, right, differences }: Comparison["matches"][number]) {
  return {
    by,
    left: left.map(presentItem),
    right: right.map(presentItem),
    differences: differences.map((difference) => ({
      element: difference.element,
      code: difference.code,
      left: difference.left,
      right: difference.right,
      words: difference.words,
      marks: [...difference.marks],
      distance: difference.distance ?? null,
    })),
  };
}
