import { evaluate } from "@bpmn-io/feelin";
import { ZenEngine } from "@gorules/zen-engine";
import type { People, Rulebook } from "@qingdan/list";
import { feel, printItem, zen } from "./print-rule.ts";

/** One subject as the other engines get it: own and household facts, the householder, the members. */
export type PeerFacts = Readonly<Record<string, unknown>>;
/** Answers by key: `p<n>` and `x<n>` of every item decided. */
export type PeerAnswers = Readonly<Record<string, number | null>>;

export interface Peer {
  readonly decide: (facts: PeerFacts, subject: "person" | "household") => Promise<PeerAnswers> | PeerAnswers;
}

const printed = (rulebook: Rulebook, subject: "person" | "household", dialect: typeof zen) =>
  rulebook.items.flatMap((item, at) => (item.subject === subject ? printItem(item, at, dialect) : []));

/** zen-engine: the rules as one expression node of a compiled decision. */
export function zenPeer(rulebook: Rulebook): Peer {
  const engine = new ZenEngine();
  const decision = (subject: "person" | "household") => {
    const expressions = printed(rulebook, subject, zen).map((expression) => ({ id: expression.key, ...expression }));
    const place = { x: 0, y: 0 };
    return engine.createDecision({
      nodes: [
        { id: "in", type: "inputNode", name: "facts", position: place },
        { id: "rules", type: "expressionNode", name: "rules", position: place, content: { expressions } },
        { id: "out", type: "outputNode", name: "answers", position: place },
      ],
      edges: [
        { id: "a", type: "edge", sourceId: "in", targetId: "rules" },
        { id: "b", type: "edge", sourceId: "rules", targetId: "out" },
      ],
    });
  };
  const decisions = { person: decision("person"), household: decision("household") };
  return { decide: async (facts, subject) => (await decisions[subject].evaluate(facts)).result };
}

/** feelin: the rules as one FEEL context, evaluated as its interface has it: from text each time. */
export function feelinPeer(rulebook: Rulebook): Peer {
  const text = (subject: "person" | "household") =>
    `{ ${printed(rulebook, subject, feel)
      .map(({ key, value }) => `${key}: ${value}`)
      .join(", ")} }`;
  const texts = { person: text("person"), household: text("household") };
  return {
    decide: (facts, subject) => {
      const result = evaluate(texts[subject], facts) as { value: PeerAnswers };
      return result.value;
    },
  };
}

/** The facts of a row, with booleans as booleans. */
export function peerFacts(rulebook: Rulebook, people: People, row: number): PeerFacts {
  const household = people.householdOf[row] ?? 0;
  const [first = 0, last = 0] = [people.household.start[household], people.household.start[household + 1]];
  const read = (entity: "person" | "household", at: number) =>
    Object.fromEntries(
      rulebook.facts
        .filter((fact) => fact.entity === entity)
        .map(({ name, factType }) => {
          const columns = entity === "person" ? people.personColumns : people.householdColumns;
          const value = columns[name]?.data[at] ?? 0;
          return [name, factType === "boolean" ? value === 1 : value];
        }),
    );
  const members = Array.from(people.household.members.subarray(first, last), (member) => read("person", member));
  return { ...read("person", row), ...read("household", household), members, head: members[0] };
}
