import { childrenOf, evaluate, type Node, type Value } from "@qingdan/feel/typed";
import { type Answer, decideItem, type HouseholdFacts, settleAll, situationOf } from "../decide.ts";
import { missingForItem } from "../missing-facts.ts";
import { factsReadBy } from "../narrow-rulebook.ts";
import type { Rulebook, RulebookFact } from "../rulebook.ts";
import { missingByItem } from "../screen.ts";
import { type Asked, heldCode } from "./question-tree.ts";

/** One fact of one member, or of the household. */
interface Slot {
  readonly fact: RulebookFact;
  /** Position among the members, the one who asks first; -1 for the household. */
  readonly member: number;
  /** What asks for it: a question of its own, and the page of situations where it is one of these. */
  readonly alone: Asked;
  readonly together: Asked | null;
}

/** How facts of households of one size are numbered. */
interface Layout {
  readonly slots: readonly Slot[];
  /** Zero by slot, for sums over slots. */
  readonly weights: Float64Array;
  /** Slot of a fact of a member. */
  readonly slotOf: (fact: string, member: number) => number;
  /** Slots that each item reads, and the items that read each slot. */
  readonly slotsOfItem: readonly (readonly number[])[];
  readonly itemsOfSlot: readonly (readonly number[])[];
  /** Slots whose value can follow from others: all, and by the fact that they follow from. */
  readonly implied: readonly number[];
  readonly impliedByFact: ReadonlyMap<string, readonly number[]>;
}

/** Somebody whose answers are known beforehand, with what was reckoned about him already. */
export interface Interviewed {
  readonly layout: Layout;
  readonly members: number;
  /** What would be answered, by slot; undefined: does not know. */
  readonly values: readonly Value[];
  /** Answers and open slots of each item, by which of its slots are known. */
  readonly remembered: readonly Map<string, ItemState>[];
}

interface ItemState {
  readonly answer: Answer;
  readonly open: readonly number[];
}

/** A screening under way. */
export interface Interview {
  readonly of: Interviewed;
  readonly known: Uint8Array;
  /** Asked, whether or not it was known. */
  readonly asked: Uint8Array;
  /** Situations ticked of which more is to be asked. */
  readonly ticked: Uint8Array;
  readonly items: ItemState[];
  /** Questions that can still change an answer; none when all is settled. */
  open: readonly OpenQuestion[];
  /** Pages asked so far. */
  pages: number;
}

export interface OpenQuestion {
  readonly slot: number;
  readonly asked: Asked;
  /** How much it can settle: see `nextQuestion`. */
  readonly weight: number;
}

export interface Interviews {
  /** Somebody of a household; the one who asks stands first, as on the residents' page. */
  readonly somebody: (facts: HouseholdFacts) => Interviewed;
  readonly begin: (of: Interviewed) => Interview;
  /** Asks one question, or the page of situations that it stands on. */
  readonly ask: (interview: Interview, question: OpenQuestion) => void;
  /** A code of what is known of a fact, for `QuestionNode.after`; undefined: unknown. */
  readonly codeOf: (interview: Interview, asked: Asked) => string | number | undefined;
}

/**
 * Screens people whose answers are known, without a page: what the residents' page would ask, and how many pages it would
 * take. Quick, because what an item says depends on few facts and is reckoned once for each set of them.
 */
export function createInterviews(rulebook: Rulebook): Interviews {
  const layouts = new Map<number, Layout>();
  const layoutOf = (members: number): Layout => {
    const found = layouts.get(members) ?? makeLayout(rulebook, members);
    layouts.set(members, found);
    return found;
  };

  const somebody = (facts: HouseholdFacts): Interviewed => {
    const layout = layoutOf(facts.members);
    const order = [
      facts.subject,
      ...Array.from({ length: facts.members }, (_, at) => at).filter((at) => at !== facts.subject),
    ];
    const values = layout.slots.map(({ fact, member }) =>
      facts.fact(fact.name, fact.entity, member < 0 ? -1 : (order[member] ?? 0)),
    );
    return { layout, members: facts.members, values, remembered: rulebook.items.map(() => new Map()) };
  };

  const begin = (of: Interviewed): Interview => {
    const empty = () => new Uint8Array(of.layout.slots.length);
    const interview: Interview = { of, known: empty(), asked: empty(), ticked: empty(), items: [], open: [], pages: 0 };
    advance(interview, null);
    return interview;
  };

  const factsOf = ({ of, known }: Interview): HouseholdFacts => ({
    members: of.members,
    subject: 0,
    fact: (name, _entity, member) => {
      const slot = of.layout.slotOf(name, member);
      return known[slot] === 1 ? of.values[slot] : undefined;
    },
  });

  /** What follows from what is known; gives the slots that became known. `changed` is what was said; null: nothing yet. */
  const imply = (interview: Interview, changed: readonly number[] | null): number[] => {
    const { of, known } = interview;
    const { slots, implied, impliedByFact } = of.layout;
    const facts = factsOf(interview);
    const follows = (slot: number): boolean => {
      if (known[slot] === 1 || of.values[slot] === undefined) return false;
      const { fact, member } = slots[slot] as Slot;
      const situation = {
        members: of.members,
        fact: (name: string, entity: "person" | "household", at: number) =>
          facts.fact(name, entity, entity === "household" ? -1 : at < 0 ? Math.max(0, member) : at),
      };
      return fact.implied.some(({ when }) => evaluate(when, situation) === true);
    };
    const found: number[] = [];
    for (let next = changed; next === null || next.length > 0; ) {
      const reached =
        next === null
          ? implied
          : new Set(next.flatMap((slot) => impliedByFact.get(slots[slot]?.fact.name ?? "") ?? []));
      next = [...reached].filter(follows);
      for (const slot of next) known[slot] = 1;
      found.push(...next);
    }
    return found;
  };

  const advance = (interview: Interview, said: readonly number[] | null): void => {
    const { of, known, items } = interview;
    const followed = imply(interview, said);
    const touched =
      said === null
        ? rulebook.items.keys()
        : new Set([...said, ...followed].flatMap((slot) => of.layout.itemsOfSlot[slot] ?? []));
    const facts = factsOf(interview);
    for (const at of touched) {
      if (items[at] !== undefined && items[at].answer.outcome !== 2) continue;
      const key = keyOf(of.layout.slotsOfItem[at] ?? [], known);
      const remembered = of.remembered[at] as Map<string, ItemState>;
      const state = remembered.get(key) ?? itemState(at, facts, of.layout);
      remembered.set(key, state);
      items[at] = state;
    }
    interview.open = openQuestions(interview);
  };

  const itemState = (at: number, facts: HouseholdFacts, layout: Layout): ItemState => {
    const item = rulebook.items[at] as Rulebook["items"][number];
    const answer = decideItem(item, situationOf(item, facts));
    const open = answer.outcome === 2 ? missingForItem(item, facts) : [];
    return { answer, open: open.map(({ fact, member }) => layout.slotOf(fact, member)) };
  };

  const openQuestions = ({ of, items, asked, ticked }: Interview): OpenQuestion[] => {
    const { layout } = of;
    const answers = items.map(({ answer }) => answer);
    settleAll(rulebook, answers);
    // One array for all: a map of its own would cost more than all the rest.
    const { weights } = layout;
    const slots: number[] = [];
    for (const missing of missingByItem(rulebook, answers, (_, at) => items[at]?.open ?? [])) {
      for (const slot of missing) {
        const weight = weights[slot] as number;
        if (weight === 0) slots.push(slot);
        weights[slot] = weight + 1 / missing.length;
      }
    }
    const found: OpenQuestion[] = [];
    for (const slot of slots) {
      const weight = weights[slot] as number;
      weights[slot] = 0;
      const { fact, alone, together } = layout.slots[slot] as Slot;
      if (fact.question === null || asked[slot] === 1) continue;
      found.push({ slot, weight, asked: together !== null && ticked[slot] === 0 ? together : alone });
    }
    return found;
  };

  const ask = (interview: Interview, question: OpenQuestion): void => {
    const { of, known, asked, ticked, open } = interview;
    const { slots } = of.layout;
    interview.pages += 1;
    const { fact, member } = slots[question.slot] as Slot;
    const page =
      fact.situation !== null && ticked[question.slot] === 0
        ? open.filter(({ slot }) => {
            const other = slots[slot] as Slot;
            const near = other.member === member || (member === 0 && other.member === -1);
            return near && other.fact.situation !== null && ticked[slot] === 0;
          })
        : [];
    const said: number[] = [];
    for (const { slot } of page.length > 1 ? page : [question]) {
      if (
        page.length > 1 &&
        isTicked(slots[slot] as Slot, of.values[slot]) &&
        slots[slot]?.fact.type.kind !== "boolean"
      ) {
        ticked[slot] = 1;
        continue;
      }
      asked[slot] = 1;
      if (of.values[slot] === undefined) continue;
      known[slot] = 1;
      said.push(slot);
    }
    advance(interview, said);
  };

  const codeOf = ({ of, known }: Interview, asked: Asked): string | number | undefined => {
    if (!("fact" in asked) || asked.of === "other") return undefined;
    const slot = of.layout.slotOf(asked.fact, asked.of === "self" ? 0 : -1);
    const value = known[slot] === 1 ? of.values[slot] : undefined;
    return value === undefined ? undefined : heldCode(rulebook, (of.layout.slots[slot] as Slot).fact, value);
  };

  return { somebody, begin, ask, codeOf };
}

/** Whether somebody would tick a situation. */
function isTicked({ fact }: Slot, value: Value): boolean {
  return fact.type.kind === "boolean"
    ? value === true
    : value !== undefined && fact.values[Number(value)]?.code !== "none";
}

/** The same state, to be gone on with in another way. */
export function copyOf(interview: Interview): Interview {
  const { known, asked, ticked, items } = interview;
  return { ...interview, known: known.slice(), asked: asked.slice(), ticked: ticked.slice(), items: [...items] };
}

function keyOf(slots: readonly number[], known: Uint8Array): string {
  let [key, bits] = ["", 0];
  slots.forEach((slot, at) => {
    bits = bits * 2 + (known[slot] ?? 0);
    if (at % 15 === 14) [key, bits] = [key + String.fromCharCode(bits), 0];
  });
  return key + String.fromCharCode(bits);
}

function makeLayout(rulebook: Rulebook, members: number): Layout {
  const slots: Slot[] = [];
  const first = new Map<string, number>();
  for (const fact of rulebook.facts) {
    first.set(fact.name, slots.length);
    if (fact.entity === "household") slots.push(slotOfMember(fact, -1));
    else for (let member = 0; member < members; member += 1) slots.push(slotOfMember(fact, member));
  }
  const slotOf = (fact: string, member: number) => (first.get(fact) ?? 0) + Math.max(0, member);
  const slotsOfFact = (name: string) => slots.flatMap(({ fact }, slot) => (fact.name === name ? [slot] : []));
  const slotsOfItem = rulebook.items.map((item) => factsReadBy(item).flatMap(slotsOfFact));
  const itemsOfSlot = slots.map((_, slot) => slotsOfItem.flatMap((of, item) => (of.includes(slot) ? [item] : [])));
  const implied = slots.flatMap(({ fact }, slot) => (fact.implied.length > 0 ? [slot] : []));
  const impliedByFact = new Map<string, number[]>();
  for (const slot of implied) {
    const from = new Set(slots[slot]?.fact.implied.flatMap(({ when }) => factsIn(when)));
    for (const name of from) impliedByFact.set(name, [...(impliedByFact.get(name) ?? []), slot]);
  }
  return { slots, weights: new Float64Array(slots.length), slotOf, slotsOfItem, itemsOfSlot, implied, impliedByFact };
}

function slotOfMember(fact: RulebookFact, member: number): Slot {
  const of = member < 0 ? "household" : member === 0 ? "self" : "other";
  const together: Asked | null = fact.situation === null ? null : { situations: of === "other" ? "other" : "self" };
  return { fact, member, alone: { fact: fact.name, of }, together };
}

function factsIn(node: Node): string[] {
  return [...(node.op === "fact" ? [node.fact] : []), ...childrenOf(node).flatMap(factsIn)];
}
