/** The tables of offers. */
export interface OfferTables {
  /** Grants without application, made from a run. The counters move with the cases, in the same transactions. */
  readonly offer_campaign: {
    readonly id: string;
    readonly run: string;
    readonly list: string;
    readonly item: string;
    readonly area: string;
    readonly objection_until: string;
    /** One in so many grants is looked at by a person before it is paid; 0 is none. */
    readonly sample: number;
    readonly made_by: string;
    readonly made_at: Date;
    /** Rows of the run that are worked through. */
    readonly seen: number;
    readonly offered: number;
    readonly sampled: number;
    readonly unreachable: number;
    readonly fen: number;
    readonly finished_at: Date | null;
    readonly released: number;
    readonly released_at: Date | null;
  };
  readonly offer_unreachable: { readonly campaign: string; readonly person: string; readonly reason: string };
}
