/** Who walks: how fast, and whether over stairs. */
export interface PersonGroup {
  readonly id: "adult" | "child" | "senior" | "wheelchair";
  readonly label: { readonly zh: string; readonly en: string };
  readonly metresPerSecond: number;
  readonly stairs: boolean;
  /** Where the speed comes from; "assumed" where no rule states one. */
  readonly source: string;
}

export const personGroups: Readonly<Record<PersonGroup["id"], PersonGroup>> = {
  adult: {
    id: "adult",
    label: { zh: "成年人", en: "Adults" },
    metresPerSecond: 1,
    stairs: true,
    source: "60 m a minute, as life circles of TD/T 1062-2021 are drawn in practice (15 minutes = 900 m)",
  },
  child: { id: "child", label: { zh: "儿童", en: "Children" }, metresPerSecond: 0.8, stairs: true, source: "assumed" },
  senior: {
    id: "senior",
    label: { zh: "老年人", en: "People of 60 and over" },
    metresPerSecond: 0.8,
    stairs: true,
    source: "assumed; 15 minutes = 720 m",
  },
  wheelchair: {
    id: "wheelchair",
    label: { zh: "轮椅使用者", en: "Wheelchair users" },
    metresPerSecond: 0.8,
    stairs: false,
    source: "assumed; no stairs",
  },
};

/** Metres that a group walks in some minutes. */
export function metresWithin(group: PersonGroup, minutes: number): number {
  return group.metresPerSecond * 60 * minutes;
}

/** Minutes that a group needs for a distance; an unreachable place stays unreachable (Infinity). */
export function minutesFor(group: PersonGroup, metres: number): number {
  return metres / (group.metresPerSecond * 60);
}
