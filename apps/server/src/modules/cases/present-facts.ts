import type { List, Rulebook, RulebookFact } from "@qingdan/list";
import type { Words } from "../../problem.ts";
import type { CaseView } from "./case-rows.ts";
import type { CaseState } from "./case-state.ts";
import { factsNeeded, notShown, type Sight } from "./fact-sight.ts";
import type { CasePage } from "./model.ts";

type Value = string | number | boolean;

interface Shown {
  readonly list: List;
  readonly rulebook: Rulebook;
  readonly state: CaseState;
  readonly view: CaseView;
  readonly sight: Sight;
}

/** The facts that the item reads, of the person and of whoever it reads them, with every value they ever had. */
export function presentFacts({ list, rulebook, state, view, sight }: Shown): CasePage["facts"] {
  const needed = factsNeeded(rulebook, view.item);
  const known = rulebook.facts.filter(({ name }) => needed.has(name));
  const { persons, households } = state.facts;
  return known.flatMap((fact) => {
    const holders = Object.entries<Readonly<Record<string, unknown>>>(fact.entity === "person" ? persons : households);
    return holders.flatMap(([of, facts]) => {
      const value = facts[fact.name] as Value | undefined;
      const key = `${of} ${fact.name}`;
      const dispute = state.disputes[key] ?? null;
      if (value === undefined && !dispute) return [];
      const privacy = fact.privacy ?? "personal";
      const open = sight.has(fact.name);
      return [
        {
          of,
          fact: fact.name,
          label: { zh: fact.zh, en: fact.en },
          value: open ? (value ?? null) : null,
          text: open ? factText(list, fact, value) : notShown,
          history: open ? (state.history[key] ?? [originally(state, key, value)]).flatMap((was) => was ?? []) : [],
          dispute: open ? dispute : null,
          privacy,
        },
      ];
    });
  });
}

function originally(state: CaseState, key: string, value: Value | undefined) {
  if (value === undefined) return null;
  return { value, origin: state.opening.origins[key] ?? "applicant", at: state.openedAt, why: null };
}

/** A value as people read it. */
export function factText(list: List, fact: Pick<RulebookFact, "factType" | "values">, value: Value | undefined): Words {
  if (value === undefined) return { zh: "不详", en: "unknown" };
  if (value === true) return { zh: "是", en: "yes" };
  if (value === false) return { zh: "否", en: "no" };
  const named =
    fact.values.find(({ code }) => code === value) ??
    (fact.factType === "area" ? list.areas.get(String(value)) : undefined);
  if (named) return { zh: named.zh, en: named.en };
  const text = fact.factType === "money" ? `¥${Number(value).toFixed(2)}` : String(value);
  return { zh: text, en: text };
}
