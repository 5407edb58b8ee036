import {
  allocateDecisions,
  emitKernel,
  instantiateKernel,
  type Kernel,
  type People,
  type Rulebook,
  type RulebookDecisions,
} from "@qingdan/list";

/** Decides blocks of people one after the other. */
export interface Deciding {
  /** Decides every item for every person of the block. The arrays are used again for the next block. */
  decide(people: People): RulebookDecisions;
}

/**
 * Prepares a rulebook for blocks. The kernel is written for the facts that hold unknown values in the blocks so far: where
 * everything is known, two-valued logic is quicker. A new unknown fact makes a new kernel; the answers are the same.
 */
export function prepareDeciding(rulebook: Rulebook): Deciding {
  const unknown = new Set<string>();
  let kernel: Kernel = instantiateKernel(emitKernel(rulebook));
  let capacity = 0;
  let decisions = allocateDecisions(rulebook, 0);
  return {
    decide(people) {
      const known = unknown.size;
      for (const name of unknownFacts(people)) unknown.add(name);
      if (unknown.size > known) kernel = instantiateKernel(emitKernel(rulebook, { unknown }));
      if (people.persons > capacity) {
        capacity = people.persons;
        decisions = allocateDecisions(rulebook, capacity);
      }
      kernel(people, decisions, 0, people.persons);
      return decisions;
    },
  };
}

function unknownFacts({ personColumns, householdColumns }: People): string[] {
  return [...Object.entries(personColumns), ...Object.entries(householdColumns)]
    .filter(([, column]) => column.unknown !== undefined)
    .map(([name]) => name);
}
