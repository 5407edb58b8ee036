import type { Run } from "./run.ts";
import { type Coercion, coercion, type FeelType } from "./types.ts";
import { type CallSite, type FeelFunction, type FeelValue, type FunctionParameter, kindOf, tag } from "./values.ts";

/** A function over FEEL values whose arguments are converted to the parameters' types. */
export function userFunction(
  parameters: readonly FunctionParameter[],
  result: FeelType,
  body: (values: FeelValue[], run: Run) => FeelValue,
): FeelFunction {
  const conversions = parameters.map(({ type }) => coercion(type));
  const call = (args: readonly FeelValue[], run: Run, site: CallSite): FeelValue => {
    const values = coerceAll(args, conversions);
    if (values === null) return badArguments(parameters, args.map(kindOf), run, site);
    if (!run.enter(site)) return null;
    const value = body(values, run);
    run.leave();
    return value;
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

function coerceAll(args: readonly FeelValue[], conversions: readonly Coercion[]): FeelValue[] | null {
  if (args.length !== conversions.length) return null;
  const values = new Array<FeelValue>(conversions.length);
  for (let index = 0; index < conversions.length; index += 1) {
    const value = (conversions[index] as Coercion)(args[index] as FeelValue);
    if (value === undefined) return null;
    values[index] = value;
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
