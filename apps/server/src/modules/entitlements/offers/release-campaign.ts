import { shanghaiDay } from "@qingdan/clock";
import { Problem } from "../../../problem.ts";
import { type Cases, type ReadyAction, readyDeeds, ruledByRun, writeDeeds } from "../../cases/index.ts";
import { campaignOf, type Offers } from "./campaigns.ts";
import { rowsAtOnce } from "./found-people.ts";
import { madeAhead } from "./made-ahead.ts";

/**
 * Grants what nobody declined or objected to, a block a transaction; it can be broken off and called again.
 *
 * @throws {Problem} OFFER-STATE before the objection period has passed
 */
export async function releaseCampaign(
  { cases }: Offers,
  id: string,
  onBlock: (released: number) => void = () => {},
): Promise<void> {
  const campaign = await campaignOf(cases, id);
  const today = shanghaiDay(cases.now());
  if (campaign.finished_at === null || today <= campaign.objection_until) {
    throw new Problem("OFFER-STATE", {
      zh: `异议期到 ${campaign.objection_until} 为止`,
      en: `It can be objected to until ${campaign.objection_until}`,
    });
  }
  const blockAfter = (last: string) => readyReleases(cases, id, last);
  // Who acts on an offer while the others are released has it decided in the next round.
  for (let overtaken = true; overtaken; ) {
    overtaken = false;
    for await (const { ready, offers } of madeAhead<string, Releases>("", blockAfter)) {
      const released = await cases.database.transaction().execute(async (tx) => {
        const done = await writeDeeds(tx, ready);
        await tx
          .updateTable("offer_campaign")
          .set((is) => ({ released: is("released", "+", done.size), released_at: cases.now() }))
          .where("id", "=", id)
          .execute();
        return done.size;
      });
      onBlock(released);
      overtaken ||= released < offers;
    }
  }
}

interface Releases {
  /** Offers that were found; of some the release may be left out, since somebody acted on them meanwhile. */
  readonly offers: number;
  readonly ready: readonly ReadyAction[];
  /** The last case of these; undefined: none comes after it. */
  readonly next: string | undefined;
}

/** What grants the offers that stand, in the order of their cases after `last`. */
async function readyReleases(cases: Cases, campaign: string, last: string): Promise<Releases> {
  const views = await cases.database
    .selectFrom("case_view")
    .selectAll()
    .where("campaign", "=", campaign)
    .where("stage", "=", "offered")
    .where("id", ">", last)
    .orderBy("id")
    .limit(rowsAtOnce)
    .execute();
  const ready = await readyDeeds(cases.database, cases, views, ({ opening }) => {
    if (!opening.offer) throw new Error("A campaign's case has an offer");
    return { kind: "release", ruled: ruledByRun(opening.offer) };
  });
  return { offers: views.length, ready, next: views.length < rowsAtOnce ? undefined : views.at(-1)?.id };
}
