import { availableParallelism } from "node:os";
import {
  allocateDecisions,
  emitKernel,
  instantiateKernel,
  type People,
  type Rulebook,
  type RulebookDecisions,
} from "@qingdan/list";
import { decideOnCores } from "./decisions/cores.ts";
import { measureCosts } from "./decisions/costs.ts";
import { feelinPeer, type Peer, type PeerAnswers, peerFacts, zenPeer } from "./decisions/peers.ts";
import { benchPeople } from "./decisions/people.ts";
import { shanghaiRulebook } from "./decisions/rulebook.ts";

/**
 * Shanghai's executable list over a million residents in memory: outcome, reason and amount of every item. Beside it
 * zen-engine and feelin decide a sample of the same residents by the same rules, after a check that all answers agree.
 * Then what reason codes and three-valued logic add to a run without them.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const persons = option(args, "--people", 1_000_000);
  const sample = option(args, "--sample", 300);
  const cores = Math.min(2, availableParallelism());
  const rulebook = await shanghaiRulebook();
  const people = benchPeople(rulebook, persons, 2024);
  const { zenSeconds, feelinSeconds, kernelSeconds } = await comparePeers(rulebook, people, sample);
  const seconds = await decideOnCores(rulebook, people, cores);
  const { ratioReasons, ratioThreeValued } = measureCosts(rulebook);
  const decisions = decisionCount(rulebook, people.persons, people.households);
  return {
    people: persons,
    items: rulebook.items.length,
    decisions,
    seconds: round(seconds, 4),
    decisionsPerSecond: Math.round(decisions / seconds),
    ratioZen: round(zenSeconds / kernelSeconds, 0),
    ratioFeelin: round(feelinSeconds / kernelSeconds, 0),
    ratioReasons: round(ratioReasons, 2),
    ratioThreeValued: round(ratioThreeValued, 2),
    cores,
  };
}

function option(args: readonly string[], name: string, otherwise: number): number {
  const at = args.indexOf(name);
  return at < 0 ? otherwise : Number(args[at + 1]);
}

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

/** Items of persons count for each person, items of households for each household. */
function decisionCount({ items }: Rulebook, persons: number, households: number): number {
  const ofHouseholds = items.filter((item) => item.subject === "household").length;
  return (items.length - ofHouseholds) * persons + ofHouseholds * households;
}

/** Seconds each engine takes for one resident of the sample, on one core, in alternating rounds. */
async function comparePeers(rulebook: Rulebook, people: People, sample: number) {
  // Interactions between items are left out for all: the other engines decide each item by itself.
  const alone: Rulebook = { ...rulebook, interactions: [] };
  const rows = wholeHouseholds(people, sample);
  const out = allocateDecisions(alone, people.persons);
  const kernel = instantiateKernel(emitKernel(alone));
  const facts = Array.from({ length: rows }, (_, row) => peerFacts(alone, people, row));
  const peers = { zen: zenPeer(alone), feelin: feelinPeer(alone) };
  kernel(people, out, 0, rows);
  for (const [name, peer] of Object.entries(peers)) await checkAgreement(name, peer, alone, people, out, facts);
  const best = { zen: Number.POSITIVE_INFINITY, feelin: Number.POSITIVE_INFINITY, kernel: Number.POSITIVE_INFINITY };
  const timed = async (name: keyof typeof best, residents: number, work: () => Promise<void> | void) => {
    const start = performance.now();
    await work();
    best[name] = Math.min(best[name], (performance.now() - start) / 1000 / residents);
  };
  const many = Math.min(people.persons, 100_000);
  const few = Math.min(rows, 30);
  for (let at = 0; at < 3; at += 1) {
    await timed("kernel", many, () => kernel(people, out, 0, many));
    await timed("zen", rows, () => decideRows(peers.zen, people, facts));
    await timed("feelin", few, () => decideRows(peers.feelin, people, facts.slice(0, few)));
  }
  return { zenSeconds: best.zen, feelinSeconds: best.feelin, kernelSeconds: best.kernel };
}

function wholeHouseholds({ household }: People, sample: number): number {
  return household.start.find((row) => row >= sample) ?? sample;
}

const isHead = ({ household, householdOf }: People, row: number) =>
  household.members[household.start[householdOf[row] ?? 0] ?? 0] === row;

async function decideRows(
  peer: Peer,
  people: People,
  facts: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (let row = 0; row < facts.length; row += 1) {
    await peer.decide(facts[row] ?? {}, "person");
    if (isHead(people, row)) await peer.decide(facts[row] ?? {}, "household");
  }
}

/** Throws at the first answer that differs. */
async function checkAgreement(
  name: string,
  peer: Peer,
  rulebook: Rulebook,
  people: People,
  out: RulebookDecisions,
  facts: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (let row = 0; row < facts.length; row += 1) {
    const person = await peer.decide(facts[row] ?? {}, "person");
    const household = isHead(people, row) ? await peer.decide(facts[row] ?? {}, "household") : null;
    rulebook.items.forEach((item, at) => {
      const answers = item.subject === "person" ? person : household;
      if (answers === null) return;
      const [reason, fen] = answerOf(item, at, answers);
      const ours = [out.reason[at]?.[row], out.amount[at]?.[row]];
      if (ours[0] === reason && ours[1] === fen) return;
      throw new Error(
        `${name} differs from the kernel: ${item.code}, row ${row}: ${reason}, ${fen} against ${ours.join(", ")}`,
      );
    });
  }
}

/** Reason and fen from what the other engine computed, as a kernel tells them. */
function answerOf(item: Rulebook["items"][number], at: number, answers: PeerAnswers): readonly [number, number] {
  const reason = Number(answers[`p${at}`]);
  const fen = answers[`x${at}`];
  if (item.reasons[reason]?.outcome !== 1) return [reason, 0];
  if (fen == null) return [item.common.parameterMissing, 0];
  if (item.amount.kind === "service" || fen > 0) return [reason, fen];
  return [item.common.nothingDue, 0];
}
