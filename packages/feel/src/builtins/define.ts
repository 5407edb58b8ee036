import { diagnosticText } from "../diagnostic-text.ts";
import type { Run } from "../run.ts";
import { anyType } from "../types.ts";
import {
  type CallSite,
  dateAndTime,
  type FeelDate,
  type FeelFunction,
  type FeelList,
  type FeelValue,
  greenwich,
  kindOf,
  tag,
  type ValueKind,
} from "../values.ts";

interface Parameter {
  readonly name: string;
  /** Empty: any value. */
  readonly kinds: readonly ValueKind[];
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly rest: boolean;
}

/** The arguments are those of the signature, checked; `undefined` in the answer says that they have no result. */
type Implementation = (...args: never[]) => FeelValue | undefined;

export interface Signature {
  readonly parameters: readonly Parameter[];
  readonly text: string;
  readonly apply: (run: Run, site: CallSite) => Implementation;
}

/** The parameter lists of one built-in, in the order in which they are tried. */
export interface Builtin {
  readonly name: string;
  readonly signatures: readonly Signature[];
}

/** A parameter list as the standard writes it, with `?` after a name or kind for optional and nullable. */
export function signature(text: string, implementation: Implementation): Signature {
  return { parameters: parameters(text), text, apply: () => implementation };
}

/** For a function that itself calls functions, reports, or reads the clock. */
export function signatureWithRun(text: string, apply: (run: Run, site: CallSite) => Implementation): Signature {
  return { parameters: parameters(text), text, apply };
}

export function define(name: string, ...signatures: readonly Signature[]): Builtin {
  return { name, signatures };
}

function parameters(text: string): Parameter[] {
  if (text === "") return [];
  return text.split(", ").map((part) => {
    const match = /^(\.\.\.)?([^:?]+)(\?)?: ([^?]+)(\?)?$/u.exec(part);
    if (match === null) throw new Error(`not a parameter: ${part}`);
    const kinds = match[4] === "any" ? [] : ((match[4] ?? "").split("|") as ValueKind[]);
    const [rest, optional, nullable] = [match[1], match[3], match[5]].map((mark) => mark !== undefined);
    return {
      name: match[2] as string,
      kinds,
      rest: rest === true,
      optional: optional === true,
      nullable: nullable === true,
    };
  });
}

/** The built-in as a FEEL value. */
export function toFunction(builtin: Builtin): FeelFunction {
  const call = (args: readonly FeelValue[], run: Run, site: CallSite): FeelValue => {
    for (const known of builtin.signatures) {
      const bound = bind(known.parameters, args);
      if (bound !== null) return answer(builtin, known, bound, run, site);
    }
    return refuse(builtin, args.map(kindOf), run, site);
  };
  const callNamed = (args: ReadonlyMap<string, FeelValue>, run: Run, site: CallSite): FeelValue => {
    for (const known of builtin.signatures) {
      const ordered = order(known.parameters, args);
      const bound = ordered === null ? null : bind(known.parameters, ordered);
      if (bound !== null) return answer(builtin, known, bound, run, site);
    }
    return refuse(
      builtin,
      [...args].map(([name, value]) => `${name}: ${kindOf(value)}`),
      run,
      site,
    );
  };
  return { [tag]: "function", parameters: null, result: anyType, call, callNamed };
}

function answer(builtin: Builtin, known: Signature, args: FeelValue[], run: Run, site: CallSite): FeelValue {
  const result = known.apply(run, site)(...(args as never[]));
  if (result !== undefined) return result;
  return run.error("BAD_VALUE", site, [builtin.name, args.map(diagnosticText).join(", ")]);
}

function refuse(builtin: Builtin, given: readonly string[], run: Run, site: CallSite): null {
  const takes = builtin.signatures.map((known) => `(${known.text})`).join(" | ");
  return run.error("BAD_ARGUMENTS", site, [builtin.name, given.join(", "), takes]);
}

/** The arguments as the implementation takes them; null when they do not fit the parameters. */
function bind(expected: readonly Parameter[], args: readonly FeelValue[]): FeelValue[] | null {
  const bound: FeelValue[] = [];
  for (let index = 0; index < expected.length; index += 1) {
    const parameter = expected[index] as Parameter;
    if (parameter.rest) return bindRest(parameter, bound, args.slice(index));
    const given = args[index];
    if (given === undefined && !parameter.optional) return null;
    const value = given === undefined ? null : convert(given, parameter);
    if (value === undefined) return null;
    bound.push(value);
  }
  return args.length > expected.length ? null : bound;
}

function bindRest(parameter: Parameter, bound: FeelValue[], given: readonly FeelValue[]): FeelValue[] | null {
  if (given.length === 0 && !parameter.optional) return null;
  const values = given.map((value) => convert(value, parameter));
  return values.includes(undefined) ? null : [...bound, values as FeelList];
}

function order(expected: readonly Parameter[], args: ReadonlyMap<string, FeelValue>): FeelValue[] | null {
  const names = expected.map((parameter) => parameter.name);
  if ([...args.keys()].some((name) => !names.includes(name))) return null;
  if (expected.some((parameter) => !parameter.optional && !args.has(parameter.name))) return null;
  const last = names.findLastIndex((name) => args.has(name));
  // A gap before the last given one counts as null, as an optional parameter left out does.
  return names.slice(0, last + 1).map((name) => args.get(name) ?? null);
}

/** FEEL's implicit conversions; undefined when the value does not fit. */
function convert(value: FeelValue, parameter: Parameter): FeelValue | undefined {
  const { kinds } = parameter;
  if (kinds.length === 0) return value;
  const kind = kindOf(value);
  if (kind === "null") return parameter.nullable ? null : undefined;
  if (kinds.includes(kind)) return value;
  if (kind === "list" && (value as FeelList).length === 1)
    return convert((value as FeelList)[0] as FeelValue, parameter);
  if (kinds.includes("list")) return [value];
  if (kind === "date" && kinds.includes("date and time")) return dateAndTime(value as FeelDate, 0, greenwich);
  return undefined;
}
