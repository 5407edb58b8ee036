import type { Column } from "@qingdan/list";

type FactType = "boolean" | "integer" | "decimal" | "money" | "date" | "enum" | "area" | "text" | "id";

/** What a snapshot needs to know of a fact of the dictionary (facts.yaml); more keys may stand beside these. */
export interface SnapshotFact {
  readonly name: string;
  readonly entity: "person" | "household";
  readonly type: FactType;
  /** Digits after the point of a `decimal`; money has two. */
  readonly decimals?: number;
  /** Bounds in the written unit (yuan for money). */
  readonly range?: { readonly min: number; readonly max: number };
  readonly values?: readonly { readonly code: string }[];
  /** A derived fact: never a column. */
  readonly formula?: unknown;
}

/** How the values of a column stand in memory and in Parquet. */
export type Width = "u8" | "bool" | "u16" | "i32" | "date" | "f64";

/** A fact that has a column: not derived, not text, not an identifier. */
export function isColumnFact(fact: SnapshotFact): boolean {
  return fact.formula === undefined && fact.type !== "text" && fact.type !== "id";
}

/** Powers of ten that turn the written unit into the stored integer: money is held in fen. */
export function factScale(fact: SnapshotFact): number {
  if (fact.type === "money") return 100;
  return fact.type === "decimal" ? 10 ** (fact.decimals ?? 0) : 1;
}

/** Numbers whose range does not fit 32 bits stand as 64-bit floating numbers, exact to 2^53. */
export function factWidth(fact: SnapshotFact): Width {
  switch (fact.type) {
    case "boolean":
      return "bool";
    case "enum":
      return (fact.values?.length ?? 0) > 256 ? "u16" : "u8";
    case "area":
      return "u16";
    case "date":
      return "date";
    default: {
      const bound = fact.range ? Math.max(Math.abs(fact.range.min), Math.abs(fact.range.max)) : Number.MAX_SAFE_INTEGER;
      return bound * factScale(fact) <= 2_147_483_647 ? "i32" : "f64";
    }
  }
}

export const bytesOf: Readonly<Record<Width, number>> = { u8: 1, bool: 1, u16: 2, i32: 4, date: 4, f64: 8 };

/** A new array for `length` values; shared memory lets workers read it without a copy. */
export function allocateColumn(width: Width, length: number, shared = false): Column["data"] {
  const bytes = bytesOf[width] * length;
  const buffer = shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  switch (width) {
    case "u8":
    case "bool":
      return new Uint8Array(buffer);
    case "u16":
      return new Uint16Array(buffer);
    case "i32":
    case "date":
      return new Int32Array(buffer);
    case "f64":
      return new Float64Array(buffer);
  }
}

export function allocateBits(length: number, shared = false): Uint8Array {
  const bytes = (length + 7) >>> 3;
  return new Uint8Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
}
