/** Text for people, Chinese first. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}

/** `read`: the figure was read in the source or its commentary. `unchecked`: held from practice, to be compared with the text. */
export type Mark = "read" | "unchecked";

/** Whom a service is for. */
export type AgeGroup = "everyone" | "age0to2" | "age3to5" | "age6to11" | "age12to14" | "age60up";

export const ageGroups: Readonly<Record<AgeGroup, Label>> = {
  everyone: { zh: "全体居民", en: "Everyone" },
  age0to2: { zh: "0—2 岁", en: "Aged 0 to 2" },
  age3to5: { zh: "3—5 岁", en: "Aged 3 to 5" },
  age6to11: { zh: "6—11 岁", en: "Aged 6 to 11" },
  age12to14: { zh: "12—14 岁", en: "Aged 12 to 14" },
  age60up: { zh: "60 岁及以上", en: "Aged 60 and over" },
};

/** A circle of life that a standard plans for. Levels are judged each for itself: a higher one never stands in for a lower. */
export interface Level {
  readonly id: string;
  readonly label: Label;
  /** Minutes after which the level is named, as people of the standard travel. */
  readonly minutes: number;
  /** Walking metres that the standard gives for those minutes. */
  readonly metres?: { readonly from: number; readonly to: number };
  readonly people?: { readonly from: number; readonly to: number };
  readonly clause: string;
  readonly mark: Mark;
}

/** A service that must lie within a walk of everybody of an age group. */
export interface Requirement {
  readonly code: string;
  readonly level: string;
  /** Kind of place, as facility directories name it. */
  readonly service: string;
  readonly label: Label;
  readonly group: AgeGroup;
  /** Walking metres on streets; a requirement without them is held to its level's minutes. */
  readonly metres?: number;
  /** Smallest floor (or, for open-air places, land) in m2 that counts. */
  readonly leastM2?: number;
  readonly clause: string;
  readonly mark: Mark;
}

export interface LayoutStandard {
  readonly id: string;
  readonly title: Label;
  /** How people come: on foot, measured on streets; by car, in minutes that are given. */
  readonly travel: "foot" | "car";
  /** Authority and year. */
  readonly source: string;
  readonly levels: readonly Level[];
  readonly requirements: readonly Requirement[];
}
