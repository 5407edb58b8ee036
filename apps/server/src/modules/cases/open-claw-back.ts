import type { FactsFile } from "@qingdan/list";
import type { DatabaseTransaction } from "../../store/database.ts";
import type { Actor } from "../identity/index.ts";
import type { Opening } from "./case-state.ts";
import type { StoredCase } from "./case-store.ts";
import type { ClawBackClaim } from "./claw-back-state.ts";
import type { PinnedGuide } from "./guides.ts";
import type { Channel } from "./model.ts";
import { writeOpening } from "./open-case.ts";
import { ruleCase } from "./ruling.ts";
import type { Cases } from "./seams.ts";

/** The name under which the guide of claw-backs stands in `lists/cn/guides`. */
const guideOfClawBacks = "claw-back";

export interface NewClawBack {
  readonly id: string;
  readonly actor: Actor;
  readonly channel: Channel;
  /** The case that paid, as it stands. */
  readonly source: StoredCase;
  readonly guide: PinnedGuide;
  readonly claim: ClawBackClaim;
  /** The facts on which the claim rests, with where they come from. */
  readonly facts: FactsFile;
  readonly origins: Opening["origins"];
}

/** The guide that a claw-back of a case pins, pinned before the transaction that opens it. */
export async function pinClawBackGuide(cases: Cases, view: StoredCase["view"]): Promise<PinnedGuide> {
  const [list, rulebook] = await Promise.all([
    cases.list(view.list),
    cases.store.rulebook(cases.database, view.rulebook_hash),
  ]);
  const guide = cases.guides.of(list, guideOfClawBacks);
  await cases.store.pin({ list, rulebook, guide });
  return guide;
}

/** Opens a claw-back beside the case that paid: same item, person, desk and rulebook, a guide and clocks of its own. */
export async function openClawBack(
  tx: DatabaseTransaction,
  cases: Cases,
  { id, actor, channel, source, guide, claim, facts, origins }: NewClawBack,
): Promise<void> {
  const { view, state } = source;
  const opening: Opening = {
    kind: "open",
    case: "claw-back",
    list: view.list,
    item: view.item,
    area: view.area,
    office: state.office,
    person: view.person,
    rulebookHash: view.rulebook_hash,
    guideHash: guide.hash,
    facts,
    origins,
    uploads: [],
    bundle: null,
    offer: null,
    clawBack: claim,
  };
  await writeOpening(tx, cases, id, { actor, channel, evidence: [], opening, guide });
}

/** What the rulebook that a case pinned answers on other facts. @throws {Problem} CASE-FACTS-WRONG */
export async function ruledOn(cases: Cases, { view, state }: StoredCase, facts: FactsFile) {
  const [list, rulebook] = await Promise.all([
    cases.list(view.list),
    cases.store.rulebook(cases.database, view.rulebook_hash),
  ]);
  return ruleCase({ list, rulebook, item: view.item, facts }, { openedOn: state.openedOn, decidedOn: state.openedOn });
}
