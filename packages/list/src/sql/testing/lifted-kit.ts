import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type DmnModel, type PreparedDmn, prepare, prepareDmn, readDmn, toFeelString } from "@qingdan/feel";
import { isExpected, readTckFile, type TckCase, toFeelValue } from "@qingdan/feel/tck";
import type { Rulebook } from "../../rulebook.ts";
import { isRefused, type LiftedCase, type Refused, together } from "./lifted-case.ts";
import { liftDecision } from "./lifted-decision.ts";
import { liftExpression } from "./lifted-expression.ts";
import { type Decision, expressionsOf } from "./lifted-logic.ts";
import { rowReason } from "./lifted-rulebook.ts";

export interface LiftedKit {
  /** What is answered: one for every expression or table. */
  readonly cases: readonly LiftedCase[];
  /** Result nodes of test cases whose expression or table was lifted. */
  readonly lifted: number;
  /** Result nodes that were not, by why. */
  readonly refused: ReadonlyMap<string, number>;
}

const levels = ["compliance-level-2", "compliance-level-3"];

/** All cases of the kit as columns, as far as the language of rules reaches. */
export async function liftKit(dir: string, pattern: Rulebook): Promise<LiftedKit> {
  const cases: LiftedCase[] = [];
  const refused = new Map<string, number>();
  const reason = rowReason(pattern);
  let lifted = 0;
  for (const level of levels)
    for (const folder of readdirSync(path.join(dir, level)).sort())
      for (const file of readdirSync(path.join(dir, level, folder)).filter((name) => name.endsWith(".xml"))) {
        const read = (name: string) => readFileSync(path.join(dir, level, folder, name), "utf8");
        const tests = readTckFile(read(file));
        const { model } = await readDmn(read(tests.modelName));
        const prepared = once(() => prepareDmn(model));
        for (const { decision, asked } of askedOf(model, tests.cases)) {
          const refuse = (why: string, count: number) => refused.set(why, (refused.get(why) ?? 0) + count);
          const told = asked.filter((one) => !isIfOnNull(decision, one));
          if (told.length < asked.length) refuse("an if on a null", asked.length - told.length);
          const found = liftAsked(prepared, decision, told, cases.length, reason);
          if (isRefused(found)) refuse(found.refused, told.length);
          else {
            cases.push(found);
            lifted += told.length;
          }
        }
      }
  return { cases, lifted, refused };
}

/** The decisions that test cases ask for, each with these. */
function askedOf(model: DmnModel, cases: readonly TckCase[]): { decision: Decision | null; asked: TckCase[] }[] {
  const found = new Map<string, { decision: Decision | null; asked: TckCase[] }>();
  for (const of of cases)
    for (const { name } of of.results) {
      const decision = of.type === "decision" ? (model.decisions.find((one) => one.name === name) ?? null) : null;
      const entry = found.get(name) ?? { decision, asked: [] };
      entry.asked.push(of);
      found.set(name, entry);
    }
  return [...found.values()];
}

/** FEEL goes on with `else` where the condition is null; a rule does not know. */
function isIfOnNull(decision: Decision | null, { inputs }: TckCase): boolean {
  const isIf = decision?.logic?.kind === "literal" && /\bif\b/.test(decision.logic.text);
  return isIf && inputs.some(({ value }) => value.kind === "null");
}

/** Made when first asked for: most models of the kit have no inputs. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function liftAsked(
  prepared: () => PreparedDmn,
  decision: Decision | null,
  asked: readonly TckCase[],
  at: number,
  reason: number,
): LiftedCase | Refused {
  if (decision?.logic === undefined) return { refused: "a decision service" };
  const { logic, requires } = decision;
  const reads = requires.decisions.length + requires.inputs.length > 0;
  const expressions = expressionsOf(logic);
  if (reads || logic.kind === "table") return liftDecision(prepared(), decision, expressions, asked, { at, reason });
  if (expressions === null) return { refused: `a boxed ${logic.kind}` };
  const node = asked[0]?.results.find(({ name }) => name === decision.name);
  const expected = toFeelValue(node?.expected ?? { kind: "null" });
  return together(
    expressions.map(({ text, of }, entry) => {
      const found = liftExpression(text, `c${at}e${entry}`, at + entry);
      if (isRefused(found) || isExpected(of(expected), found.written ?? null)) return found;
      // A decision may give something else than its expression: what its declared type makes of it.
      if (!isExpected(of(expected), prepare(text).evaluate().value))
        return { refused: "a declared type that changes it" };
      throw new Error(
        `${text}: ${toFeelString(found.written ?? null)} where the kit has ${toFeelString(of(expected))}`,
      );
    }),
  );
}
