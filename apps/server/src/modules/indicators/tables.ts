import type { Generated } from "kysely";

interface Deed {
  /** Name of the account. */
  readonly by: string;
  readonly at: Date;
}

/** The tables of the cockpit; a row that is written stays as it is. */
export interface IndicatorTables {
  readonly indicator_batch: Deed & {
    /** First half of the file's hash. */
    readonly id: string;
    /** Order of import. */
    readonly number: Generated<string>;
    readonly name: string;
    readonly hash: string;
    readonly rows: number;
    readonly accepted: number;
    readonly quarantined: number;
  };
  readonly indicator_row: {
    readonly batch: string;
    readonly row: number;
    readonly indicator: string;
    readonly area: string;
    readonly period: string;
    readonly numerator: number | null;
    readonly denominator: number | null;
    readonly value: number | null;
  };
  readonly indicator_quarantine: {
    readonly batch: string;
    readonly row: number;
    readonly column: string;
    readonly reason: string;
    readonly value: string;
    readonly record: string;
  };
  readonly indicator_snapshot: Deed & {
    readonly hash: string;
    readonly title: string;
    readonly area: string;
    /** Version of the figures it was taken from. */
    readonly version: string;
    readonly figures: number;
    readonly content: string;
    readonly provenance: string;
  };
  readonly indicator_evaluation: Deed & {
    readonly hash: string;
    /** JSON, of which `hash` is the SHA-256. */
    readonly content: string;
  };
  readonly indicator_alarm: {
    readonly id: string;
    readonly rule: string;
    readonly indicator: string;
    readonly area: string;
    readonly period: string;
    readonly value: number;
    readonly limit: number | null;
    readonly at: Date;
  };
  readonly indicator_alarm_event: Deed & {
    readonly id: Generated<string>;
    readonly alarm: string;
    readonly state: string;
    readonly note: string;
  };
  readonly indicator_action: Deed & {
    readonly id: string;
    readonly indicator: string;
    readonly area: string;
    readonly alarm: string | null;
    readonly what: string;
    readonly owner: string;
    readonly due: string;
  };
  readonly indicator_action_event: Deed & {
    readonly id: Generated<string>;
    readonly action: string;
    readonly state: string;
    readonly note: string;
  };
}
