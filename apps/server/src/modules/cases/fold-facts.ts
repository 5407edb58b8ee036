import type { FactsFile } from "@qingdan/list";
import { refuse } from "./case-refusal.ts";
import type { ActionBody, CaseAction, CaseState, FactValue } from "./case-state.ts";

type FactDeed = Extract<ActionBody, { kind: "supply" | "dispute" | "correct" | "keep" }>;
type Value = FactValue["value"];

/** Facts that are supplied, disputed, corrected or kept; what stood before stays beside it. */
export function applyFactDeed(state: CaseState, deed: FactDeed, action: CaseAction): CaseState {
  switch (deed.kind) {
    case "supply": {
      const supplied = deed.facts.reduce(
        (folded, { of, fact, value }) =>
          withValue(folded, of, fact, { value, origin: "applicant", at: action.at, why: null }),
        state,
      );
      return { ...supplied, stage: "received" };
    }
    case "dispute": {
      holderOf(state.facts, deed.of);
      return {
        ...state,
        disputes: { ...state.disputes, [`${deed.of} ${deed.fact}`]: { value: deed.value, text: deed.text } },
      };
    }
    case "correct": {
      const { of, fact, value, text } = deed;
      return undisputed(
        withValue(state, of, fact, { value, origin: "correction", at: action.at, why: text }),
        `${of} ${fact}`,
      );
    }
    case "keep": {
      const key = `${deed.of} ${deed.fact}`;
      if (!state.disputes[key]) refuse("CASE-DEED-WRONG", `${key} 没有异议`, `Nobody disputes ${key}`);
      return undisputed(state, key);
    }
  }
}

function undisputed(state: CaseState, key: string): CaseState {
  const { [key]: _, ...disputes } = state.disputes;
  return { ...state, disputes };
}

function withValue(state: CaseState, of: string, fact: string, now: FactValue): CaseState {
  const key = `${of} ${fact}`;
  const before = holderOf(state.facts, of)[fact] as Value | undefined;
  const first: FactValue[] =
    before === undefined
      ? []
      : [{ value: before, origin: state.opening.origins[key] ?? "applicant", at: state.openedAt, why: null }];
  return {
    ...state,
    facts: withFact(state.facts, of, fact, now.value),
    history: { ...state.history, [key]: [...(state.history[key] ?? first), now] },
  };
}

function holderOf(facts: FactsFile, of: string): Readonly<Record<string, unknown>> {
  const found = Object.hasOwn(facts.persons, of)
    ? facts.persons[of]
    : Object.hasOwn(facts.households, of)
      ? facts.households[of]
      : undefined;
  return found ?? refuse("CASE-DEED-WRONG", `办件中没有“${of}”`, `The case has nobody and no household called ${of}`);
}

/** A facts file with one value more. */
export function withFact(facts: FactsFile, of: string, fact: string, value: Value): FactsFile {
  if (Object.hasOwn(facts.persons, of)) {
    return { ...facts, persons: { ...facts.persons, [of]: { ...facts.persons[of], [fact]: value } } };
  }
  const household = facts.households[of];
  if (household === undefined) throw new RangeError(`There is neither a person nor a household ${of}`);
  return { ...facts, households: { ...facts.households, [of]: { ...household, [fact]: value } } };
}
