import type { ColumnType } from "kysely";

/** JSON columns are written as text and read as what they hold. */
type Json = ColumnType<unknown, string, string>;

export interface FacilityTables {
  /** A register that was taken in: what of it was accepted, and how its points fit the streets. */
  readonly facility_import: {
    readonly id: string;
    /** Id of the map that it was checked against. */
    readonly map: string;
    readonly source: string;
    readonly sha256: string;
    readonly imported_at: Date;
    readonly imported_by: string;
    readonly rows: number;
    readonly accepted: number;
    readonly quarantined: number;
    readonly by_reason: Json;
    readonly kinds: Json;
    readonly datum: Json;
  };
  readonly facility_quarantine: {
    readonly import: string;
    readonly row: number;
    readonly column: string;
    readonly reason: string;
    readonly value: string;
    /** The row as it came, as JSON. */
    readonly record: string;
  };
  /** The directory: what the newest register of each kind holds. */
  readonly facility: {
    readonly map: string;
    readonly code: string;
    readonly kind: string;
    readonly name_zh: string;
    readonly name_en: string;
    readonly town: string;
    readonly lon: number;
    readonly lat: number;
    readonly functions: string;
    readonly floor_m2: number | null;
    readonly capacity: number | null;
    readonly capacity_unit: string | null;
    readonly opening_hours: string | null;
    readonly step_free: boolean | null;
    readonly operator: string | null;
    readonly state: "open" | "closed" | "planned" | "vacant";
    readonly import: string;
  };
  readonly coverage_run: {
    readonly id: string;
    readonly map: string;
    readonly facilities: string;
    readonly standard: string;
    readonly step_free: boolean;
    readonly ran_at: Date;
    /** SHA-256 of every block's verdicts. */
    readonly hash: string;
    readonly index: Json;
    readonly totals: Json;
  };
  readonly siting_run: {
    readonly id: string;
    readonly started_at: Date;
    /** The whole run as the API gives it, once it has ended. */
    readonly run: Json;
  };
  readonly planning_run: {
    readonly id: string;
    readonly started_at: Date;
    /** The whole run as the API gives it, once it has ended. */
    readonly run: Json;
  };
}
