import { checkText, childrenOf, type Environment, type Node } from "@qingdan/feel/typed";
import type { Finding } from "../finding.ts";
import type { ListFact } from "../model/list.ts";
import { expressionFinding, ruleFinding } from "./rule-findings.ts";

export type TypedImplied =
  | { readonly ok: true; readonly node: Node }
  | { readonly ok: false; readonly finding: Finding };

/** Types the `at`-th condition that implies a fact: true or false, over facts alone. */
export function typeImplied(fact: ListFact, at: number, environment: Environment): TypedImplied {
  const path = `implied.${at}.when`;
  const when = fact.implied?.[at]?.when ?? "";
  const checked = checkText(when, { environment, householdFormula: fact.entity === "household" });
  if (!checked.ok) return { ok: false, finding: expressionFinding(fact.origin, path, when, checked.error) };
  const node = checked.value;
  if (node.type.kind === "boolean" && !readsParameter(node)) return { ok: true, node };
  const finding = ruleFinding(
    "RULE-TYPE",
    fact.origin,
    path,
    {
      zh: `${fact.name} 的推得条件应为真假判断，且只用事实`,
      en: `What implies ${fact.name} should be true or false, over facts alone`,
    },
    { zh: '写成如 schoolStage = "none"', en: 'Write it like schoolStage = "none"' },
  );
  return { ok: false, finding };
}

function readsParameter(node: Node): boolean {
  return node.op === "parameter" || childrenOf(node).some(readsParameter);
}
