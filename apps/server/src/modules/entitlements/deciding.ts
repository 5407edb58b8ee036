import {
  allocateDecisions,
  emitKernel,
  instantiateKernel,
  type Kernel,
  type People,
  type Rulebook,
  type RulebookDecisions,
} from "@qingdan/list";
import type { Snapshot } from "../intake/index.ts";

/** Decides the parts of a snapshot one after the other. */
export interface Deciding {
  open(snapshot: Snapshot, part: number): Promise<PartDeciding>;
}

/** Decides the blocks of a part in their order. */
export interface PartDeciding {
  /** Decides every item for every person of the block. The arrays are used again for the next block. */
  decide(people: People): RulebookDecisions | Promise<RulebookDecisions>;
  close(): Promise<void>;
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
  const ofAnyPart: PartDeciding = {
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
    close: async () => {},
  };
  return { open: async () => ofAnyPart };
}

function unknownFacts({ personColumns, householdColumns }: People): string[] {
  return [...Object.entries(personColumns), ...Object.entries(householdColumns)]
    .filter(([, column]) => column.unknown !== undefined)
    .map(([name]) => name);
}
