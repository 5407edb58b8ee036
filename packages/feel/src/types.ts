import {
  dateAndTime,
  type FeelContext,
  type FeelDate,
  type FeelFunction,
  type FeelList,
  type FeelRange,
  type FeelValue,
  greenwich,
  kindOf,
  type ValueKind,
} from "./values.ts";

export type SimpleType = Exclude<ValueKind, "null" | "list" | "context" | "range" | "function">;

/** A FEEL type as values are tested against it (DMN 1.5, 10.3.2.9). */
export type FeelType =
  | { readonly kind: "any" }
  | { readonly kind: "null" }
  | { readonly kind: "simple"; readonly name: SimpleType }
  | { readonly kind: "list"; readonly of: FeelType }
  | { readonly kind: "range"; readonly of: FeelType }
  | { readonly kind: "context"; readonly entries: ReadonlyMap<string, FeelType> }
  | { readonly kind: "function"; readonly parameters: readonly FeelType[] | null; readonly result: FeelType }
  /** An item definition with allowed values; `allows` is asked only for values of the base type. */
  | { readonly kind: "constrained"; readonly base: FeelType; readonly allows: (value: FeelValue) => boolean };

export const anyType: FeelType = { kind: "any" };

const simpleTypes: readonly SimpleType[] = [
  "number",
  "string",
  "boolean",
  "date",
  "time",
  "date and time",
  "years and months duration",
  "days and time duration",
];

const builtinTypes: ReadonlyMap<string, FeelType> = new Map<string, FeelType>([
  ...simpleTypes.map((name): [string, FeelType] => [name, { kind: "simple", name }]),
  ["dateTime", { kind: "simple", name: "date and time" }],
  ["dayTimeDuration", { kind: "simple", name: "days and time duration" }],
  ["yearMonthDuration", { kind: "simple", name: "years and months duration" }],
  ["Any", anyType],
  ["Null", { kind: "null" }],
  ["list", { kind: "list", of: anyType }],
  ["context", { kind: "context", entries: new Map() }],
  ["function", { kind: "function", parameters: null, result: anyType }],
]);

/** The type a built-in type name stands for, both the FEEL and the `typeRef` spelling. */
export function builtinType(name: string): FeelType | null {
  return builtinTypes.get(name) ?? null;
}

/**
 * `value instance of type`. Null is an instance of `Null` alone, though a member of a list or context may be null. The
 * allowed values of an item definition do not count (TCK 0070): they are asked for where a value is taken as of the type.
 */
export function isInstance(value: FeelValue, type: FeelType): boolean {
  return value === null ? type.kind === "null" : matches(value, type, false);
}

function matches(value: FeelValue, type: FeelType, allowed: boolean): boolean {
  if (value === null) return true;
  switch (type.kind) {
    case "any":
      return true;
    case "null":
      return false;
    case "simple":
      return kindOf(value) === type.name;
    case "list":
      return Array.isArray(value) && (value as FeelList).every((item) => matches(item, type.of, allowed));
    case "range":
      return kindOf(value) === "range" && rangeFits(value as FeelRange, type.of);
    case "context":
      return kindOf(value) === "context" && contextFits(value as FeelContext, type.entries, allowed);
    case "function":
      return kindOf(value) === "function" && functionFits(value as FeelFunction, type);
    case "constrained":
      return matches(value, type.base, allowed) && (!allowed || type.allows(value));
  }
}

function rangeFits({ low, high }: FeelRange, type: FeelType): boolean {
  return [low, high].every((end) => end === undefined || matches(end, type, false));
}

function contextFits(context: FeelContext, entries: ReadonlyMap<string, FeelType>, allowed: boolean): boolean {
  let fits = true;
  // Called for every input of a decision: a callback is twice as fast as an iterator over a map.
  entries.forEach((type, name) => {
    fits &&= Object.hasOwn(context, name) && matches(context[name] as FeelValue, type, allowed);
  });
  return fits;
}

/** What a function does not declare may be anything. */
function functionFits(value: FeelFunction, type: FeelType & { kind: "function" }): boolean {
  if (type.parameters === null || value.parameters === null) return true;
  if (value.parameters.length !== type.parameters.length) return false;
  const takes = type.parameters.every((parameter, index) =>
    conformsTo(parameter, value.parameters?.[index]?.type ?? anyType),
  );
  return takes && (value.result.kind === "any" || conformsTo(value.result, type.result));
}

/** Whether every value of `type` may stand where `target` is asked for. */
export function conformsTo(type: FeelType, target: FeelType): boolean {
  if (target.kind === "any" || type.kind === "null") return true;
  if (type.kind === "constrained") return type === target || conformsTo(type.base, target);
  switch (target.kind) {
    case "simple":
      return type.kind === "simple" && type.name === target.name;
    case "list":
    case "range":
      return type.kind === target.kind && conformsTo(type.of, target.of);
    case "context":
      return (
        type.kind === "context" &&
        [...target.entries].every(([name, wanted]) => {
          const given = type.entries.get(name);
          return given !== undefined && conformsTo(given, wanted);
        })
      );
    case "function":
      return type.kind === "function" && functionConforms(type, target);
    default:
      return false;
  }
}

function functionConforms(type: FeelType & { kind: "function" }, target: FeelType & { kind: "function" }): boolean {
  if (!conformsTo(type.result, target.result)) return false;
  if (type.parameters === null || target.parameters === null) return true;
  return (
    type.parameters.length === target.parameters.length &&
    target.parameters.every((parameter, index) => conformsTo(parameter, type.parameters?.[index] ?? anyType))
  );
}

/**
 * The value as one of the type, after FEEL's implicit conversions (10.3.2.9.4): to and from a list of one, and from a
 * date to midnight of it at Greenwich. `undefined` when the value cannot be one. Null fits every type.
 */
export function coerce(value: FeelValue, type: FeelType): FeelValue | undefined {
  if (type.kind === "any" || matches(value, type, true)) return value;
  const base = type.kind === "constrained" ? type.base : type;
  if (base.kind === "list" && !Array.isArray(value)) {
    const item = coerce(value, base.of);
    return item === undefined ? undefined : checked([item], type);
  }
  // One list is unpacked, not a list of lists: [[10]] is no number.
  if (Array.isArray(value) && value.length === 1 && base.kind !== "list") {
    return Array.isArray(value[0]) ? undefined : coerce(value[0], type);
  }
  if (base.kind === "simple" && base.name === "date and time" && kindOf(value) === "date") {
    return checked(dateAndTime(value as FeelDate, 0, greenwich), type);
  }
  return undefined;
}

function checked(value: FeelValue, type: FeelType): FeelValue | undefined {
  return matches(value, type, true) ? value : undefined;
}
