import type { ReformEffect, Rulebook } from "@qingdan/list";
import type { StoredRun } from "../entitlements/index.ts";
import type { ShownList } from "../list/index.ts";
import type { Ground, WhatifEffect } from "./model.ts";

/** The only door from a what-if to JSON. */
export function presentGround({ record }: StoredRun, shown: ShownList, base: Rulebook): Ground {
  const { id, city, synthetic, people, households, list, area, date, snapshotHash } = record.run;
  return {
    run: id,
    city,
    synthetic,
    people,
    households,
    list,
    area,
    date,
    listHash: shown.contentHash,
    rulebookHash: base.hash,
    snapshotHash,
  };
}

export function presentEffect(effect: ReformEffect): WhatifEffect {
  const { code, name, hash, beforeFen, afterFen, households, persons, items, payers, dimensions } = effect;
  return {
    code,
    name: { zh: name.zh, en: name.en },
    hash,
    beforeFen,
    afterFen,
    households: { ...households },
    persons: { ...persons },
    items: items.map((item) => ({ ...item, name: { zh: item.name.zh, en: item.name.en } })),
    payers: payers.map((payer) => ({ ...payer })),
    dimensions: dimensions.map(({ dimension, groups }) => ({
      dimension,
      // A group that nobody of the city belongs to says nothing.
      groups: groups
        .filter(({ persons: { gain, lose, same, unknown } }) => gain + lose + same + unknown > 0)
        .map((group) => ({ ...group, name: { zh: group.name.zh, en: group.name.en }, persons: { ...group.persons } })),
    })),
  };
}
