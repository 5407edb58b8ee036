import {
  dateAndTime,
  entry,
  type FeelContext,
  type FeelDate,
  type FeelFunction,
  type FeelList,
  type FeelRange,
  type FeelType,
  type FeelValue,
  greenwich,
  isContext,
  isNumber,
  kindOf,
  type SimpleType,
} from "./values.ts";

export type { FeelType } from "./values.ts";

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
  return value === null ? type.kind === "null" : matcher(type, instanceMatchers, false)(value);
}

function isAllowed(value: FeelValue, type: FeelType): boolean {
  return matcher(type, allowedMatchers, true)(value);
}

type Matcher = (value: FeelValue) => boolean;
type Matchers = WeakMap<FeelType, Matcher>;

/** Types are few and asked for at every input of every decision, so that each is made a function once. */
const instanceMatchers: Matchers = new WeakMap();
const allowedMatchers: Matchers = new WeakMap();

function matcher(type: FeelType, known: Matchers, allowed: boolean): Matcher {
  const found = known.get(type);
  if (found !== undefined) return found;
  let made: Matcher | undefined;
  const orNull: Matcher = (value) => value === null || made?.(value) === true;
  // Known before it is made, so that a type may hold itself.
  known.set(type, orNull);
  made = makeMatcher(type, (inner) => matcher(inner, known, allowed), allowed);
  return orNull;
}

function makeMatcher(type: FeelType, of: (type: FeelType) => Matcher, allowed: boolean): Matcher {
  switch (type.kind) {
    case "any":
      return () => true;
    case "null":
      return () => false;
    case "simple":
      return simpleMatcher(type.name);
    case "list": {
      const item = of(type.of);
      return (value) => Array.isArray(value) && (value as FeelList).every(item);
    }
    case "range": {
      const end = of(type.of);
      return (value) => kindOf(value) === "range" && rangeFits(value as FeelRange, end);
    }
    case "context": {
      const entries = Array.from(type.entries, ([name, inner]) => {
        return { name, isInherited: name in Object.prototype, fits: of(inner) };
      });
      return (value) => isContext(value) && contextFits(value, entries);
    }
    case "function":
      return (value) => kindOf(value) === "function" && functionFits(value as FeelFunction, type);
    case "constrained": {
      const base = of(type.base);
      return allowed ? (value) => base(value) && type.allows(value) : base;
    }
  }
}

function simpleMatcher(name: SimpleType): Matcher {
  switch (name) {
    case "number":
      return isNumber;
    case "string":
    case "boolean":
      return (value) => typeof value === name;
    default:
      return (value) => kindOf(value) === name;
  }
}

function rangeFits({ low, high }: FeelRange, end: Matcher): boolean {
  return (low === undefined || end(low)) && (high === undefined || end(high));
}

interface EntryMatcher {
  readonly name: string;
  /** Whether objects may have something of the name that is no entry. */
  readonly isInherited: boolean;
  readonly fits: Matcher;
}

function contextFits(context: FeelContext, entries: readonly EntryMatcher[]): boolean {
  for (let at = 0; at < entries.length; at += 1) {
    const { name, isInherited, fits } = entries[at] as EntryMatcher;
    const value = isInherited ? entry(context, name) : context[name];
    if (value === undefined || !fits(value)) return false;
  }
  return true;
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

export type Coercion = (value: FeelValue) => FeelValue | undefined;

const asItIs: Coercion = (value) => value;

/** `coerce` for one type, which is asked for again and again. */
export function coercion(type: FeelType): Coercion {
  if (type.kind === "any") return asItIs;
  const fits = matcher(type, allowedMatchers, true);
  return (value) => (fits(value) ? value : coerce(value, type));
}

/**
 * The value as one of the type, after FEEL's implicit conversions (10.3.2.9.4): to and from a list of one, and from a
 * date to midnight of it at Greenwich. `undefined` when the value cannot be one. Null fits every type.
 */
export function coerce(value: FeelValue, type: FeelType): FeelValue | undefined {
  if (type.kind === "any" || isAllowed(value, type)) return value;
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
  return isAllowed(value, type) ? value : undefined;
}
