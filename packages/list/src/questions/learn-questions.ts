import type { HouseholdFacts } from "../decide.ts";
import type { Rulebook } from "../rulebook.ts";
import { copyOf, createInterviews, type Interview, type OpenQuestion } from "./interview.ts";
import {
  type Asked,
  branchOf,
  nodeAt,
  type QuestionNode,
  type QuestionTree,
  sameQuestion,
  sizeOf,
} from "./question-tree.ts";

/** Fewer people than this do not decide what is asked: neither chance nor anybody's own answers shall show in the tree. */
const fewestPeople = 50;
/** People with whom every open question is tried, before the best of them are tried with all. */
const firstTrial = 40;
const questionsTriedWithAll = 4;
/** Parts of like many people that numbers and dates are cut into, at most. */
const mostParts = 4;

type Choose = (interview: Interview) => OpenQuestion;

/**
 * The order of questions that asks these people least: at every step each open question is tried, the rest asked by
 * the general order, and the one with the fewest questions on the mean is kept; then the same for those of each answer. Every other
 * of the people is kept aside to see what the tree is worth.
 *
 * After the rollout of D. Bertsekas, J. Tsitsiklis, C. Wu, "Rollout algorithms for combinatorial optimization", Journal of
 * Heuristics 3 (1997): what is chosen so is on these people never worse than the order it goes on with.
 */
export function learnQuestions(rulebook: Rulebook, people: readonly HouseholdFacts[]): QuestionTree {
  const interviews = createInterviews(rulebook);
  const { begin, ask, codeOf } = interviews;
  const all = people.map(interviews.somebody);
  const [taught, aside] = [0, 1].map((half) => all.filter((_, at) => at % 2 === half));

  const finished = (interview: Interview, choose: Choose): number => {
    while (interview.open.length > 0) ask(interview, choose(interview));
    return interview.pages;
  };

  const pagesAfter = (interview: Interview, asked: Asked): number => {
    const next = copyOf(interview);
    const question = questionFor(next, asked);
    if (question !== null) ask(next, question);
    return finished(next, mostSettling);
  };

  const best = (group: readonly Interview[]): Asked | null => {
    const every = [...distinct(group.flatMap(({ open }) => open.map(({ asked }) => asked)))];
    const some = spread(group, firstTrial);
    const total = (of: readonly Interview[], asked: Asked) => of.reduce((sum, one) => sum + pagesAfter(one, asked), 0);
    const ranked = every
      .map((asked) => ({ asked, pages: total(some, asked) }))
      .sort((a, b) => a.pages - b.pages)
      .slice(0, questionsTriedWithAll)
      .map(({ asked }) => ({ asked, pages: total(group, asked) }));
    return (
      ranked.reduce<(typeof ranked)[number] | null>((a, b) => (a === null || b.pages < a.pages ? b : a), null)?.asked ??
      null
    );
  };

  const grown = (group: readonly Interview[]): QuestionNode | null => {
    const going = group.filter(({ open }) => open.length > 0);
    if (going.length < fewestPeople) return null;
    const asked = best(going);
    if (asked === null) return null;
    for (const interview of going) {
      const question = questionFor(interview, asked);
      if (question !== null) ask(interview, question);
    }
    const codes = going.map((interview) => codeOf(interview, asked));
    const cuts = cutsOf(codes.filter((code) => typeof code === "number"));
    const node: QuestionNode = { ask: asked, cuts, after: {} };
    const branches = new Map<string, Interview[]>();
    going.forEach((interview, at) => {
      const branch = branchOf(node, codes[at]);
      branches.set(branch, [...(branches.get(branch) ?? []), interview]);
    });
    const after = [...branches].flatMap(([branch, of]) => {
      const next = grown(of);
      return next === null ? [] : [[branch, next] as const];
    });
    return { ...node, after: Object.fromEntries(after) };
  };

  const households: Record<string, QuestionNode> = {};
  for (const size of ["1", "2", "3", "4", "5"]) {
    const root = grown((taught ?? []).filter(({ members }) => sizeOf(members) === size).map(begin));
    if (root !== null) households[size] = root;
  }
  const tree = {
    rulebook: rulebook.hash,
    households,
    expected: { people: aside?.length ?? 0, withTree: 0, without: 0 },
  };
  const byTree: Choose = (interview) => {
    const node = nodeAt(
      tree,
      interview.of.members,
      (asked) => questionFor(interview, asked) !== null,
      (asked) => codeOf(interview, asked),
    );
    return (node && questionFor(interview, node.ask)) ?? mostSettling(interview);
  };
  const mean = (choose: Choose) =>
    (aside ?? []).reduce((sum, one) => sum + finished(begin(one), choose), 0) / Math.max(1, aside?.length ?? 0);
  return { ...tree, expected: { people: tree.expected.people, withTree: mean(byTree), without: mean(mostSettling) } };
}

/** The general order: see `nextQuestion`. */
const mostSettling: Choose = ({ open }) => open.reduce((a, b) => (b.weight > a.weight ? b : a));

/** The open question of that kind that can settle most: of several members' the first. */
function questionFor({ open }: Interview, asked: Asked): OpenQuestion | null {
  const fitting = open.filter((question) => sameQuestion(question.asked, asked));
  return fitting.reduce<OpenQuestion | null>((a, b) => (a === null || b.weight > a.weight ? b : a), null);
}

function* distinct(all: readonly Asked[]): Generator<Asked> {
  const seen = new Set<string>();
  for (const asked of all) {
    const key = JSON.stringify(asked);
    if (!seen.has(key)) yield asked;
    seen.add(key);
  }
}

/** So many of them, evenly from first to last. */
function spread<T>(of: readonly T[], wanted: number): readonly T[] {
  const count = Math.min(wanted, of.length);
  return Array.from({ length: count }, (_, at) => of[Math.floor((at * of.length) / count)] as T);
}

/** Cuts numbers into parts of like many people, each of at least the fewest. */
function cutsOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const parts = Math.min(mostParts, Math.floor(sorted.length / fewestPeople));
  const cuts = Array.from(
    { length: Math.max(0, parts - 1) },
    (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / parts)] as number,
  );
  return [...new Set(cuts)];
}
