import type { Generated } from "kysely";

/** Tables of the public log. */
export interface AuditTables {
  /** What happened, as whoever acted wrote it down. `id` is its number; `leaf` its place in the tree once it is sealed. */
  readonly audit_line: {
    readonly id: Generated<number>;
    readonly kind: string;
    /** Whom or what it concerns; null once erased. */
    readonly subject: string | null;
    /** Canonical JSON; null once erased. */
    readonly body: string | null;
    readonly actor: string | null;
    readonly at: Date;
    /** 32 random bytes; null once erased, and then nobody can link the commitment to what happened. */
    readonly salt: Uint8Array | null;
    readonly commitment: Uint8Array;
    readonly leaf: number | null;
    readonly erased_at: Date | null;
  };
  /** Hashes of the tree in tiles of 256 (c2sp.org/tlog-tiles); the last of each level is partial. */
  readonly audit_tile: {
    readonly level: number;
    readonly n: number;
    readonly hashes: Uint8Array;
  };
  readonly audit_checkpoint: {
    readonly size: number;
    readonly root: Uint8Array;
    /** The signed note. */
    readonly note: string;
    readonly at: Date;
  };
}
