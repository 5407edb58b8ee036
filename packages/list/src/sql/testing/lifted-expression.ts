import { type Expression, type FeelContext, FeelSyntaxError, parseExpression, prepare } from "@qingdan/feel";
import { type LiftedLiteral, liftLiterals, type NullKind, nullKinds, nullsIn } from "../../testing/lift-literals.ts";
import { randomNumbers } from "../../testing/random-people.ts";
import {
  feelValue,
  type Held,
  isRefused,
  type LiftedCase,
  questionsOf,
  type Refused,
  rowsOfCase,
  shaped,
} from "./lifted-case.ts";

/** Products of many factors need narrower columns to stay exact. */
const ranges = [10_000, 100, 10];
/** More nulls than this leave too many ways of reading them. */
const mostNulls = 3;

/** A FEEL expression without inputs with its literals as columns, or why there is none. */
export function liftExpression(text: string, prefix: string, seed: number): LiftedCase | Refused {
  try {
    const tree = parseExpression(text);
    let refused = "syntax";
    for (const nulls of waysOfNulls(Math.min(mostNulls, nullsIn(tree)))) {
      const found = tryLift(text, tree, prefix, seed, nulls);
      if (!isRefused(found)) return found;
      refused = found.refused;
      if (!mayHelp.has(refused)) break;
    }
    return { refused };
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error;
    return { refused: "syntax" };
  }
}

/** Refusals that other types of the columns may avoid. */
const mayHelp = new Set(["RULE-TYPE", "RULE-RANGE", "RULE-ENUM-CODE", "RULE-NULL", "RULE-DIVISOR"]);

function tryLift(
  text: string,
  tree: Expression,
  prefix: string,
  seed: number,
  nulls: readonly NullKind[],
): LiftedCase | Refused {
  let refused = "";
  for (const codes of ["all", "subjects", "none"] as const) {
    for (const most of ranges) {
      const lifted = liftLiterals(text, tree, `${prefix}x`, { most, codes, nulls });
      const node = shaped(lifted.text, lifted.literals);
      if (typeof node !== "string") {
        if (lifted.literals.length === 0) return { refused: "nothing to make a column of" };
        return answered(lifted.text, lifted.literals, prefix, seed);
      }
      refused = node;
      if (node !== "RULE-RANGE") break;
    }
    if (!mayHelp.has(refused) || !text.includes('"')) break;
  }
  return { refused };
}

function waysOfNulls(count: number): readonly (readonly NullKind[])[] {
  if (count === 0) return [[]];
  return waysOfNulls(count - 1).flatMap((rest) => nullKinds.map((kind) => [...rest, kind]));
}

/** FEEL's own answers to the lifted expression, on the literals as they stand (row 0) and on others. */
function answered(
  text: string,
  literals: readonly LiftedLiteral[],
  prefix: string,
  seed: number,
): LiftedCase | Refused {
  const random = randomNumbers(seed);
  const columns = literals.map((literal) => ({
    name: literal.name,
    type: literal.type,
    values: Array.from({ length: rowsOfCase }, (_, row) =>
      row === 0 ? literal.written : another(literal, literals, row, random),
    ),
  }));
  const feel = prepare(text, { names: literals.map(({ name }) => name) });
  const results = Array.from({ length: rowsOfCase }, (_, row) => {
    const context: FeelContext = Object.fromEntries(
      columns.map(({ name, type, values }) => [name, feelValue(type, values[row])]),
    );
    return feel.evaluate(context).value;
  });
  const found = questionsOf(text, prefix, columns, results);
  return isRefused(found) ? found : { ...found, written: results[0] ?? null };
}

/** Whether a column can hold the value of another literal of its kind. */
function holds(type: LiftedLiteral["type"], held: number | boolean): boolean {
  if (type.kind === "number") return Number(held) >= type.min && Number(held) <= type.max;
  return type.kind !== "enum" || Number(held) < type.values.length;
}

/** Every third row stays close to what is written. */
const closeRows = 3;

/**
 * Another value of a literal: in some rows its own or one that stands elsewhere, so that what is equal stays so or becomes so; in the
 * others near it, far from it, or for a null sometimes none again.
 */
function another(literal: LiftedLiteral, all: readonly LiftedLiteral[], row: number, random: () => number): Held {
  const { type, written } = literal;
  if (row % closeRows === 0 && written !== undefined) {
    const elsewhere = all.map((other) => (other.type.kind === type.kind ? other.written : undefined));
    const other = elsewhere[Math.floor(random() * elsewhere.length)];
    const fits = other !== undefined && holds(type, other);
    return fits && random() < 0.5 ? other : written;
  }
  // FEEL's `and` and `or` go on where one side is null, as rules do; `between` does not.
  if (written === undefined && type.kind === "boolean" && random() < 0.4) return undefined;
  switch (type.kind) {
    case "boolean":
      return random() < 0.5;
    case "enum":
      return Math.floor(random() * type.values.length);
    case "date": {
      const near = Number(written ?? 0) + Math.floor(random() * 7) - 3;
      return random() < 0.7 ? near : Math.floor(random() * 30_000) - 5_000;
    }
    case "number": {
      const near = Number(written ?? type.min) + Math.floor(random() * 7) - 3;
      const value = random() < 0.7 ? near : type.min + Math.floor(random() * (type.max - type.min));
      return Math.min(type.max, Math.max(type.min, value));
    }
    default:
      throw new Error(`A literal is no ${type.kind}`);
  }
}
