import type { Area } from "./area.ts";
import type { Fact } from "./fact.ts";
import type { WrittenItem } from "./item.ts";
import type { LifeStage } from "./life-stage.ts";
import type { Domain, ListHeader } from "./list-header.ts";
import type { ParameterType, WrittenParameter, WrittenValue } from "./parameter.ts";
import type { Payer } from "./payer.ts";
import type { Basis, Times, WrittenRule } from "./rule.ts";
import type { Source } from "./source.ts";
import type { Unit } from "./unit.ts";
import type { Words } from "./words.ts";

/** Where something is written. Lines and columns count from 1; `positions` holds those of its texts by dotted path. */
export interface Origin {
  /** Code of the list that says it. */
  readonly list: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `"rule.conditions.0.test"` -> where that text begins: of FEEL expressions, of parts of items, and of a parameter's `value`. */
  readonly positions: Readonly<Record<string, readonly [line: number, column: number]>>;
}

export interface ListFact extends Fact {
  readonly origin: Origin;
}

/** A published value: integer fen for money, the exact decimal text for other numbers, `YYYY-MM-DD` for a date. */
export interface ParameterValue extends Omit<WrittenValue, "value" | "key" | "status" | "knownFrom"> {
  readonly key: readonly string[];
  readonly value: number | string | null;
  readonly status: NonNullable<WrittenValue["status"]>;
  readonly knownFrom: string;
  readonly origin: Origin;
}

/** A number with its history in every list of the chain; values stand in the order of area, key and `from`. */
export interface Parameter extends Omit<WrittenParameter, "values"> {
  readonly zh: string;
  readonly en: string;
  readonly type: ParameterType;
  readonly keys: NonNullable<WrittenParameter["keys"]>;
  readonly values: readonly ParameterValue[];
  readonly origin: Origin;
}

/** A condition, in the order of the rule; the first that fails gives the reason. */
export interface Condition {
  readonly code: string;
  readonly test: string;
  readonly zh: string;
  readonly en: string;
  readonly basis: readonly Basis[];
}

export interface AmountPart {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly amount: string;
  readonly split?: string;
  readonly basis: readonly Basis[];
}

export interface AmountTable {
  readonly hitPolicy: NonNullable<WrittenRule["table"]>["hitPolicy"];
  readonly aggregation?: NonNullable<WrittenRule["table"]>["aggregation"];
  readonly inputs: readonly { readonly expression: string; readonly zh: string; readonly en: string }[];
  readonly rules: readonly {
    readonly when: readonly string[];
    readonly amount: string;
    readonly code: string;
    readonly zh: string;
    readonly en: string;
    readonly basis: readonly Basis[];
  }[];
}

/** The rule of an executable item; every expression is FEEL text. At most one of amount, parts and table is there. */
export interface Rule {
  readonly subject: WrittenRule["subject"];
  /** The area fact whose standards apply. */
  readonly area: string;
  readonly per: WrittenRule["per"];
  readonly timesPerYear?: string;
  readonly conditions: readonly Condition[];
  readonly define: Readonly<Record<string, string>>;
  readonly amount?: string;
  readonly parts?: readonly AmountPart[];
  readonly table?: AmountTable;
  readonly frequency: readonly Times[];
}

export interface Item extends Omit<WrittenItem, "rule" | "refines" | "aliases" | "interactions" | "places" | "notes"> {
  /** Code of the list that holds it. */
  readonly list: string;
  /** Area whose people it is owed to: that of its list. */
  readonly area: string;
  readonly refines: NonNullable<WrittenItem["refines"]>;
  readonly aliases: readonly string[];
  readonly interactions: NonNullable<WrittenItem["interactions"]>;
  readonly places: NonNullable<WrittenItem["places"]>;
  readonly notes: NonNullable<WrittenItem["notes"]>;
  readonly rule?: Rule;
  readonly origin: Origin;
}

/** A list with everything that it takes over from its parents, each under its code. */
export interface List {
  readonly code: string;
  readonly area: string;
  readonly name: Words;
  readonly versions: ListHeader["versions"];
  /** Codes of the list and its parents, nearest first. */
  readonly chain: readonly string[];
  readonly domains: readonly Domain[];
  readonly areas: ReadonlyMap<string, Area>;
  readonly units: ReadonlyMap<string, Unit>;
  readonly payers: ReadonlyMap<string, Payer>;
  readonly lifeStages: ReadonlyMap<string, LifeStage>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly facts: ReadonlyMap<string, ListFact>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Own items and inherited ones that no own item stands for. */
  readonly items: ReadonlyMap<string, Item>;
  /** Inherited items that an item nearer to the area stands for: its floor. */
  readonly replaced: ReadonlyMap<string, Item>;
}
