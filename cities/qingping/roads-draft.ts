import type { Meeting, Spot } from "./roads-barriers.ts";

export type RoadClass = "secondary" | "tertiary" | "unclassified" | "residential" | "living_street" | "footway";

/** A straight piece of a street between two nodes. */
export interface RoadEdge {
  readonly from: number;
  readonly to: number;
  readonly class: RoadClass;
  /** Pieces of one street carry one key, and follow each other. */
  readonly street: string;
  /** Barriers that it crosses; such a piece is a bridge or underpass, if it is built at all. */
  readonly meetings: readonly Meeting[];
  /**
   * `built`: a street. `spare`: built only where streets would otherwise be cut off. A crossing of the grid is `asked`: built where
   * the last way across is far enough; one of a country road is always built.
   */
  readonly state: "built" | "spare" | "asked";
}

/** Streets while they are drawn: nodes in metres, and pieces between them. */
export interface RoadDraft {
  readonly nodes: Spot[];
  readonly edges: RoadEdge[];
}

/** Nodes of a town or village, from which roads to others begin. */
export interface Cluster {
  readonly centre: Spot;
  readonly nodes: readonly number[];
  /** Towns, unlike villages, are joined to more than one neighbour. */
  readonly town: boolean;
}
