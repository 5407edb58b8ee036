import type { Run } from "./run.ts";
import { coerce, type FeelType } from "./types.ts";
import { type CallSite, type FeelFunction, type FeelValue, type FunctionParameter, kindOf, tag } from "./values.ts";

/** A function over FEEL values whose arguments are converted to the parameters' types. */
export function userFunction(
  parameters: readonly FunctionParameter[],
  result: FeelType,
  body: (values: FeelValue[], run: Run) => FeelValue,
): FeelFunction {
  const call = (args: readonly FeelValue[], run: Run, site: CallSite): FeelValue => {
    const values = args.length === parameters.length ? coerceAll(args, parameters) : null;
    if (values === null) return badArguments(parameters, args.map(kindOf), run, site);
    return run.nested(site, () => body(values, run));
  };
  const callNamed = (args: ReadonlyMap<string, FeelValue>, run: Run, site: CallSite): FeelValue => {
    const known = parameters.every(({ name }) => args.has(name)) && args.size === parameters.length;
    if (!known) return badArguments(parameters, [...args.keys()], run, site);
    return call(
      parameters.map(({ name }) => args.get(name) as FeelValue),
      run,
      site,
    );
  };
  return { [tag]: "function", parameters, result, call, callNamed };
}

function coerceAll(args: readonly FeelValue[], parameters: readonly FunctionParameter[]): FeelValue[] | null {
  const values: FeelValue[] = [];
  for (const [index, { type }] of parameters.entries()) {
    const value = coerce(args[index] as FeelValue, type);
    if (value === undefined) return null;
    values.push(value);
  }
  return values;
}

function badArguments(
  parameters: readonly FunctionParameter[],
  given: readonly string[],
  run: Run,
  site: CallSite,
): null {
  const takes = parameters.map((parameter) => parameter.name).join(", ");
  return run.error("BAD_ARGUMENTS", site, ["function", given.join(", "), `(${takes})`]);
}
