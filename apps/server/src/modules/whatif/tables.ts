/** The tables of saved what-ifs. */
export interface WhatifTables {
  /** Reforms with what they did, under the hash of what they are a function of; never changed. */
  readonly whatif_saved: {
    readonly hash: string;
    readonly title: string;
    readonly author: string;
    readonly list: string;
    /** Content hash of the list that was shown. */
    readonly list_hash: string;
    readonly rulebook_hash: string;
    readonly snapshot_hash: string;
    /** The reforms as JSON. */
    readonly reforms: string;
    /** The simulation as JSON. */
    readonly simulation: string;
    readonly saved_at: Date;
  };
}
