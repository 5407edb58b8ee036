import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

/** Whether a value is what a schema says, to the letter: to read it would leave nothing out, and add or change nothing. */
type Conforms = (value: unknown) => boolean;

type Schema = z.core.$ZodType;
type Def<Type extends z.core.$ZodTypeDef["type"]> = Extract<z.core.$ZodTypes["_zod"]["def"], { type: Type }>;
type Checks = readonly z.core.$ZodCheck<never>[] | undefined;

/**
 * Makes from a schema a check that costs a fraction of reading a value by it. Its yes is always right: kinds of schema that are not
 * known here are read as `z.safeEncode` reads them. Its no may be wrong for a value that reads as it stands.
 */
export function conformsTo(schema: Schema): Conforms {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.checks?.length && def.type !== "string" && def.type !== "number") return asRead(schema);
  switch (def.type) {
    case "object":
      return def.catchall ? asRead(schema) : ofShape(def.shape);
    case "array": {
      const element = conformsTo(def.element);
      return (value) => Array.isArray(value) && value.every(element);
    }
    case "record":
      return isPlain(def.keyType, "string") ? ofRecord(conformsTo(def.valueType)) : asRead(schema);
    case "nullable": {
      const inner = conformsTo(def.innerType);
      return (value) => value === null || inner(value);
    }
    case "optional": {
      const inner = conformsTo(def.innerType);
      return (value) => value === undefined || inner(value);
    }
    case "union":
      return ofUnion(def) ?? asRead(schema);
    case "enum":
    case "literal": {
      const { values } = schema._zod;
      return values ? (value) => values.has(value as z.core.util.Primitive) : asRead(schema);
    }
    case "boolean":
      return def.coerce ? asRead(schema) : (value) => typeof value === "boolean";
    case "string":
      return ofText(def) ?? asRead(schema);
    case "number":
      return ofNumber(def) ?? asRead(schema);
    case "unknown":
      return () => true;
    default:
      return asRead(schema);
  }
}

function asRead(schema: Schema): Conforms {
  return (value) => {
    const read = z.safeEncode(schema as z.ZodType, value as never);
    return read.success && isDeepStrictEqual(read.data, value);
  };
}

/** A schema of this type without any check. */
const isPlain = (schema: Schema, type: string): boolean => {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === type && !def.checks?.length && !("format" in def) && !("coerce" in def && def.coerce);
};

function ofShape(shape: Readonly<Record<string, Schema>>): Conforms {
  const fields = new Map(Object.entries(shape).map(([name, field]) => [name, conformsTo(field)]));
  const needed = Object.entries(shape).flatMap(([name, { _zod }]) => (_zod.def.type === "optional" ? [] : [name]));
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const asked = value as Readonly<Record<string, unknown>>;
    let seen = 0;
    for (const name in asked) {
      if (!fields.get(name)?.(asked[name])) return false;
      seen += 1;
    }
    return seen === fields.size || needed.every((name) => Object.hasOwn(asked, name));
  };
}

function ofRecord(inner: Conforms): Conforms {
  return (value) => {
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
    const asked = value as Readonly<Record<string, unknown>>;
    for (const name in asked) if (name === "__proto__" || !inner(asked[name])) return false;
    return true;
  };
}

const leaves: ReadonlySet<string> = new Set(["string", "number", "boolean", "enum", "literal"]);
const bounds: ReadonlySet<string> = new Set(["max_length", "min_length", "greater_than", "less_than"]);

/** Of an option that reads a value there is one only, or all that read it leave it as it stands. */
function ofUnion(def: Def<"union">): Conforms | undefined {
  const { options } = def;
  const keeps = ({ _zod: { def: option } }: Schema) =>
    leaves.has(option.type) && (option.checks ?? []).every(({ _zod }) => bounds.has(_zod.def.check));
  if (!("discriminator" in def) && !options.every(keeps)) return undefined;
  const conforming = options.map(conformsTo);
  return (value) => conforming.some((option) => option(value));
}

/** The one check of each kind that is known here, put together; undefined where another stands beside. */
function allOf(checks: Checks, known: (check: z.core.$ZodChecks) => Conforms | undefined): Conforms | undefined {
  const all = (checks ?? []).map((check) => known(check as unknown as z.core.$ZodChecks));
  if (all.some((one) => one === undefined)) return undefined;
  return all.length === 0 ? () => true : (value) => all.every((one) => one?.(value));
}

const datesAndTimes: ReadonlySet<string | undefined> = new Set([undefined, "date", "datetime"]);

function ofText(def: Def<"string">): Conforms | undefined {
  const { format, pattern } = def as { format?: string; pattern?: RegExp };
  const checked = allOf(def.checks, ({ _zod: { def: check } }) => {
    if (check.check === "max_length") return (value) => (value as string).length <= check.maximum;
    if (check.check === "min_length") return (value) => (value as string).length >= check.minimum;
    return undefined;
  });
  if (!checked || def.coerce || !datesAndTimes.has(format) || pattern?.global || pattern?.sticky) return undefined;
  return (value) => typeof value === "string" && (pattern === undefined || pattern.test(value)) && checked(value);
}

function ofNumber(def: Def<"number">): Conforms | undefined {
  const { format } = def as { format?: string };
  const checked = allOf(def.checks, ({ _zod: { def: check } }) => {
    if (check.check !== "greater_than" && check.check !== "less_than") return undefined;
    const sign = check.check === "greater_than" ? 1 : -1;
    const bound = Number(check.value);
    return (value) => (check.inclusive && value === bound) || sign * (Number(value) - bound) > 0;
  });
  if (!checked || def.coerce || (format !== undefined && format !== "safeint")) return undefined;
  const isNumber = format === undefined ? Number.isFinite : Number.isSafeInteger;
  return (value) => isNumber(value) && checked(value);
}
