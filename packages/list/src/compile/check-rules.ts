import { checkText, commonUnit } from "@qingdan/feel/typed";
import type { Finding } from "../finding.ts";
import type { List, ListFact } from "../model/list.ts";
import { environmentOf, factTypeOf } from "./environment.ts";
import { expressionFinding, ruleFinding } from "./rule-findings.ts";
import { typeImplied } from "./type-implied.ts";
import { typeRule } from "./type-rule.ts";

/** Types and units of every rule and of every derived fact of a list, whatever the day. */
export function checkRules(list: List, environment = environmentOf(list)): readonly Finding[] {
  const facts = [...list.facts.values()].flatMap((fact) => [...checkFormula(fact), ...checkImplied(fact)]);
  const rules = [...list.items.values()].flatMap((item) =>
    item.rule === undefined ? [] : typeRule(item, item.rule, environment).findings,
  );
  return [...facts, ...rules];

  function checkImplied(fact: ListFact): Finding[] {
    return (fact.implied ?? []).flatMap((_, at) => {
      const typed = typeImplied(fact, at, environment);
      return typed.ok ? [] : [typed.finding];
    });
  }

  function checkFormula(fact: ListFact): Finding[] {
    if (fact.formula === undefined) return [];
    const checked = checkText(fact.formula, { environment, householdFormula: fact.entity === "household" });
    if (!checked.ok) return [expressionFinding(fact.origin, "formula", fact.formula, checked.error)];
    const declared = factTypeOf(fact);
    const { type } = checked.value;
    const numeric = type.kind === "number" || type.kind === "ratio";
    if (declared?.kind === "number" && numeric && commonUnit(declared.unit, type.unit) !== undefined) return [];
    if (declared?.kind === type.kind && !numeric) return [];
    return [
      ruleFinding(
        "RULE-TYPE",
        fact.origin,
        "formula",
        {
          zh: `${fact.name} 的算式与声明的类型或单位不符`,
          en: `The formula of ${fact.name} has another type or unit than declared`,
        },
        { zh: "改算式，或改 type、unit", en: "Change the formula, or its type and unit" },
      ),
    ];
  }
}
