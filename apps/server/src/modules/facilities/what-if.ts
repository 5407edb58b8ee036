import { editCoverage, levelOfBlocks, type SiteEdit as ReachEdit, ReachRefusal } from "@qingdan/reach";
import { Problem } from "../../problem.ts";
import { presentIndex, requireLevel, toTenths } from "./coverage.ts";
import type { Directory } from "./directory.ts";
import { kindNamed, walkedStandard } from "./kinds.ts";
import type { SiteEdit, WhatIfBody, WhatIfPage } from "./model.ts";
import type { PlacesMap } from "./places-map.ts";
import { townNamed } from "./present.ts";
import type { Scenes } from "./scenes.ts";

/**
 * What edits of facilities would change: the plan stands in the request alone, nothing is kept.
 *
 * @throws {Problem} PLACES-EDIT-REFUSED, PLACES-STANDARD-UNKNOWN, PLACES-MINUTES-GIVEN, PLACES-LEVEL-UNKNOWN, PLACES-KIND-UNKNOWN
 */
export function whatIf(
  { map, scenes, directory }: { readonly map: PlacesMap; readonly scenes: Scenes; readonly directory: Directory },
  body: WhatIfBody,
): WhatIfPage {
  const standard = walkedStandard(body.standard);
  requireLevel(standard, body.level);
  const before = scenes.of(standard, body.stepFree, directory);
  const started = performance.now();
  const { scene: after, change } = edited(before, body.edits.map(toReachEdit));
  const at = { level: body.level, group: body.group };
  const old = levelOfBlocks(before, at);
  const changed = levelOfBlocks(after, at).flatMap((now, i) => {
    const was = old[i];
    return now && (now.verdict !== was?.verdict || now.minutes !== was?.minutes) ? [now] : [];
  });
  const labels = new Map(standard.requirements.map(({ code, label }) => [code, label]));
  return {
    milliseconds: Math.round((performance.now() - started) * 10) / 10,
    index: { before: presentIndex(change.index.before), after: presentIndex(change.index.after) },
    totals: change.totals.map(({ level, requirement, group, street, before: was, after: is }) => ({
      level,
      requirement: requirement ?? null,
      group,
      street: street ?? null,
      before: { ...was },
      after: { ...is },
    })),
    people: change.people.map(({ requirement, group, street, gain, lose }) => ({
      requirement,
      label: labels.get(requirement) ?? { zh: requirement, en: requirement },
      group,
      street: townNamed(map, street),
      gain,
      lose,
    })),
    blocks: {
      code: changed.map(({ block }) => block),
      verdict: changed.map(({ verdict }) => verdict),
      minutes: changed.map(({ minutes }) => toTenths(minutes)),
    },
  };
}

function toReachEdit(edit: SiteEdit): ReachEdit {
  if (edit.deed === "close") return { deed: "close", site: edit.code };
  const [lon, lat] = edit.point;
  if (edit.deed === "move") return { deed: "move", site: edit.code, lon, lat };
  const site = { id: edit.code, service: kindNamed(edit.kind).code, lon, lat };
  return { deed: "add", site: edit.floorM2 === undefined ? site : { ...site, floorM2: edit.floorM2 } };
}

const refusals: Readonly<Record<string, string>> = {
  "reach.site-twice": "这个编码已经有了",
  "reach.site-unknown": "没有这处设施",
  "reach.site-off-network": "这一点离街道太远，或街道在河、铁路、快速路对面",
};

function edited(scene: Parameters<typeof editCoverage>[0], edits: readonly ReachEdit[]) {
  try {
    return editCoverage(scene, edits);
  } catch (error) {
    if (!(error instanceof ReachRefusal)) throw error;
    const zh = refusals[error.code] ?? error.code;
    throw new Problem("PLACES-EDIT-REFUSED", { zh: `${zh}(${error.place})`, en: error.message });
  }
}
