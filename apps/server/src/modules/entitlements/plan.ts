/** What the workers of a run need to know: plain data, copied to each of them once. */
export interface RunPlan {
  readonly items: readonly ItemPlan[];
  /** Position in `districts` of each area of the rulebook, by the area's index. */
  readonly districtOfArea: Int32Array;
  /** Codes of the districts; the last two stand for other places and for an unknown place. */
  readonly districts: readonly string[];
  /** The area fact that people are counted by. */
  readonly peopleBy: AreaFact;
}

export interface AreaFact {
  readonly name: string;
  readonly entity: "person" | "household";
}

interface ItemPlan {
  readonly code: string;
  /** The area fact whose standards apply: its column says which district a person is counted in. */
  readonly area: AreaFact;
  readonly reasons: number;
  /** Position of the reason "the answer stands on the householder's row": such rows are no decisions; -1 where there is none. */
  readonly elsewhere: number;
  /** Parts of the amount, each with a payer split of its own; 0 when the amount is one. */
  readonly parts: number;
  /** Whether the snapshot knows who receives this item. */
  readonly hasRoll: boolean;
}

/** How a person's answer compares with the roll: positions of `findings` in model.ts. */
export const findingCode = { missed: 0, underpaid: 1, overpaid: 2, unsettled: 3 } as const;
