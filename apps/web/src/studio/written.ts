/** The parts of an item's file that have fields of their own; everything else is edited in the text. */
export interface WrittenItem {
  readonly code: string;
  readonly name?: WrittenWords;
  readonly object?: WrittenWords;
  readonly content?: WrittenWords;
  readonly standard?: WrittenWords;
  readonly payer?: WrittenWords;
  readonly rule?: WrittenRule;
}

export interface WrittenWords {
  readonly zh?: string;
  readonly en?: string;
}

type Feel = string | number | boolean;

export interface WrittenRule {
  readonly conditions?: readonly (WrittenWords & { readonly code: string; readonly test: Feel })[];
  readonly define?: Readonly<Record<string, Feel>>;
  readonly amount?: Feel;
  readonly parts?: readonly (WrittenWords & { readonly code: string; readonly amount: Feel })[];
  readonly table?: WrittenTable;
}

export interface WrittenTable {
  readonly hitPolicy: string;
  readonly inputs: readonly (WrittenWords & { readonly expression: Feel })[];
  readonly rules: readonly (WrittenWords & {
    readonly code: string;
    readonly when: readonly Feel[];
    readonly amount: Feel;
  })[];
}

export interface WrittenParameter extends WrittenWords {
  readonly code: string;
  readonly type?: string;
  readonly unit?: string;
  readonly values?: readonly WrittenValue[];
}

export interface WrittenValue {
  readonly area: string;
  readonly key?: readonly string[];
  readonly from: string;
  readonly until?: string;
  readonly value: string | number | null;
  readonly document?: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === "string";
const isTextOrAbsent = (value: unknown): boolean => value === undefined || isText(value);
const isFeel = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);
const isWords = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && isTextOrAbsent(value.zh) && isTextOrAbsent(value.en);
const isList = (value: unknown, isEntry: (entry: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isEntry);
const isListOrAbsent = (value: unknown, isEntry: (entry: unknown) => boolean): boolean =>
  value === undefined || isList(value, isEntry);

/** The file of an item as plain data; undefined while it cannot be read as one. */
export function writtenItem(value: unknown): WrittenItem | undefined {
  if (!isObject(value) || !isText(value.code)) return undefined;
  const { name, object, content, standard, payer, rule } = value;
  const areWords = [name, object, content, standard, payer].every((words) => words === undefined || isWords(words));
  return areWords && (rule === undefined || isRule(rule)) ? (value as unknown as WrittenItem) : undefined;
}

function isRule(rule: unknown): boolean {
  if (!isObject(rule)) return false;
  const { conditions, define = {}, amount = "", parts, table } = rule;
  return (
    isListOrAbsent(conditions, (one) => isWords(one) && isText(one.code) && isFeel(one.test)) &&
    isObject(define) &&
    Object.values(define).every(isFeel) &&
    isFeel(amount) &&
    isListOrAbsent(parts, (one) => isWords(one) && isText(one.code) && isFeel(one.amount)) &&
    (table === undefined || isTable(table))
  );
}

const isTable = (table: unknown): boolean =>
  isObject(table) &&
  isText(table.hitPolicy) &&
  isList(table.inputs, (one) => isWords(one) && isFeel(one.expression)) &&
  isList(table.rules, (one) => isWords(one) && isText(one.code) && isFeel(one.amount) && isList(one.when, isFeel));

/** The parameters of a file; undefined while it cannot be read as a list of them. */
export function writtenParameters(value: unknown): readonly WrittenParameter[] | undefined {
  return Array.isArray(value) && value.length > 0 && value.every(isParameter) ? value : undefined;
}

function isParameter(entry: unknown): entry is WrittenParameter {
  return (
    isObject(entry) &&
    isText(entry.code) &&
    [entry.zh, entry.en, entry.unit].every(isTextOrAbsent) &&
    isListOrAbsent(entry.values, (one) => isObject(one) && isText(one.area) && isListOrAbsent(one.key, isText))
  );
}

/** Entries with their place as their identity: two may be written alike while one of them is being changed. */
export function numbered<T>(entries: readonly T[]): readonly { entry: T; at: number; key: string }[] {
  return entries.map((entry, at) => ({ entry, at, key: `${at}` }));
}
