import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { List } from "@qingdan/list";
import { parse } from "yaml";
import type { z } from "zod";
import {
  type Bundle,
  bundleSchema,
  type Guide,
  guideSchema,
  type LocalHandling,
  localHandlingSchema,
  type WrittenGuide,
} from "./guide-model.ts";
import { guideIn, handlingFaults, handlingOf } from "./local-handling.ts";

/** A guide as a case pins it. */
export interface PinnedGuide {
  readonly hash: string;
  readonly guide: Guide;
}

/** Guides and bundles of the lists. */
export interface Guides {
  /**
   * The item's own guide, else that of an item it refines, else the reference guide; with what the area promises, which is the
   * list's where none is given.
   */
  of(list: List, item: string, area?: string): PinnedGuide;
  /** What areas say of an item beside its guide, the narrowest first. */
  local(list: List, item: string): readonly LocalHandling[];
  /** The bundles of a list: those whose branches it has, each written once for the list nearest to it. */
  bundles(list: List): readonly Bundle[];
}

/** A guide or bundle that cannot be used, with its file and everything that is wrong in it. */
export class GuideFaultyError extends Error {
  readonly code = "GUIDE-FAULTY";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Guides or bundles are faulty:\n${faults.join("\n")}`);
    this.faults = faults;
  }
}

/** The item that the guide stands for which is used where no other is. */
const anyItem = "*";

/**
 * Reads `guides` and `bundles` of list folders; a folder is a list or holds one folder a list.
 *
 * @throws {GuideFaultyError} with every fault of every file
 */
export async function readGuides(folders: readonly string[]): Promise<Guides> {
  const faults: string[] = [];
  const guides = new Map<string, WrittenGuide>();
  const handling: LocalHandling[] = [];
  const bundles: { readonly list: string; readonly bundle: Bundle }[] = [];
  for (const folder of await listFolders(folders)) {
    for (const guide of await readFolder(path.join(folder, "guides"), guideSchema, faults)) {
      if (guides.has(guide.item)) faults.push(`${folder}/guides: ${guide.item} has two guides`);
      guides.set(guide.item, guide);
      faults.push(...stepFaults(folder, guide));
    }
    for (const local of await readFolder(path.join(folder, "local-handling"), localHandlingSchema, faults)) {
      if (handling.some(({ item, area }) => item === local.item && area === local.area))
        faults.push(`${folder}/local-handling: ${local.item} in ${local.area} stands twice`);
      handling.push(local);
      faults.push(...handlingFaults(path.basename(folder), local));
    }
    for (const bundle of await readFolder(path.join(folder, "bundles"), bundleSchema, faults)) {
      bundles.push({ list: path.basename(folder), bundle });
      faults.push(...branchFaults(folder, bundle));
    }
  }
  const reference = guides.get(anyItem);
  if (!reference?.appeals) faults.push(`there is no guide with item "${anyItem}" and its appeals`);
  if (faults.length > 0 || !reference?.appeals) throw new GuideFaultyError(faults);
  const { appeals } = reference;
  const pinned = new Map(
    [...guides].map(([item, guide]) => [item, pin({ ...guide, appeals: guide.appeals ?? appeals })] as const),
  );
  const local = (list: List, code: string) => handlingOf(handling, [code, ...refinedBy(list, code)]);
  return {
    of(list, code, area = list.area) {
      const found =
        pinned.get(code) ??
        refinedBy(list, code)
          .map((item) => pinned.get(item))
          .find(Boolean);
      const written = found ?? (pinned.get(anyItem) as PinnedGuide);
      const said = local(list, code);
      return said.length === 0 ? written : pin(guideIn(written.guide, said, area));
    },
    local,
    bundles(list) {
      const own = bundles.filter((written) => list.chain.includes(written.list));
      const nearest = new Map<string, Bundle>();
      for (const code of list.chain.toReversed()) {
        for (const { bundle } of own.filter((written) => written.list === code)) nearest.set(bundle.code, bundle);
      }
      return [...nearest.values()]
        .map((bundle) => withinList(list, bundle))
        .filter(({ branches }) => branches.length > 1);
    },
  };
}

/** SHA-256 of the guide's JSON. */
function pin(guide: Guide): PinnedGuide {
  return { hash: createHash("sha256").update(JSON.stringify(guide)).digest("hex"), guide };
}

/** Items that an item refines, nearest first. */
function refinedBy(list: List, code: string): string[] {
  const found: string[] = [];
  for (let level = [code]; level.length > 0; ) {
    const next = level.flatMap((item) => {
      const known = list.items.get(item) ?? list.replaced.get(item);
      return known?.refines.map((refined) => refined.item) ?? [];
    });
    level = next.filter((item) => !found.includes(item));
    found.push(...level);
  }
  return found;
}

/** A bundle with the list's own items in place of those that they refine; items that the list lacks are left out. */
function withinList(list: List, bundle: Bundle): Bundle {
  const own = (code: string) =>
    list.items.has(code)
      ? [code]
      : [...list.items.values()].filter((item) => refinedBy(list, item.code).includes(code)).map((item) => item.code);
  const branches = bundle.branches.flatMap(({ item, after }) =>
    own(item).map((code) => ({ item: code, after: after.flatMap(own) })),
  );
  return { ...bundle, branches };
}

async function listFolders(folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true });
    found.push(folder, ...entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name)));
  }
  return [...new Set(found)];
}

async function readFolder<S extends z.ZodType>(folder: string, schema: S, faults: string[]): Promise<z.infer<S>[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".yaml")).toSorted();
  const read: z.infer<S>[] = [];
  for (const name of names) {
    const file = path.join(folder, name);
    const result = schema.safeParse(parse(await readFile(file, "utf8")));
    if (result.success) read.push(result.data);
    else faults.push(...result.error.issues.map((issue) => `${file}: ${issue.path.join(".")}: ${issue.message}`));
  }
  return read;
}

function stepFaults(folder: string, { item, steps, total }: WrittenGuide): string[] {
  const known = ["acceptance", "decision"];
  const faults: string[] = [];
  if (!total.statutory && !total.promised) faults.push(`${folder}/guides: ${item}: the whole procedure has no limit`);
  for (const { code, starts } of steps) {
    if (!known.includes(starts))
      faults.push(`${folder}/guides: ${item}: step ${code} starts after ${starts}, which is not before it`);
    if (known.includes(code) || code === "total") faults.push(`${folder}/guides: ${item}: ${code} is taken`);
    known.push(code);
  }
  return faults;
}

/** Branches wait for branches that stand before them, so that no circle can be written. */
function branchFaults(folder: string, { code, branches }: Bundle): string[] {
  return branches.flatMap(({ item, after }, at) => {
    const before = branches.slice(0, at).map((branch) => branch.item);
    const late = after.filter((other) => !before.includes(other));
    return late.map(
      (other) => `${folder}/bundles: ${code}: ${item} waits for ${other}, which does not stand before it`,
    );
  });
}
