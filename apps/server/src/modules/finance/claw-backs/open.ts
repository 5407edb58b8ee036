import { shanghaiDay } from "@qingdan/clock";
import type { DatabaseTransaction } from "../../../store/database.ts";
import { type Cases, madeBefore, openClawBack, pinClawBackGuide, viewOrRefuse } from "../../cases/index.ts";
import type { Actor } from "../../identity/index.ts";
import type { ClawBackRequest } from "../model.ts";
import { type Claim, measureOf, workOutClaim } from "./claim.ts";

/** What a claim would be, without opening it. @throws {Problem} as `openClaim` */
export async function previewClaim(cases: Cases, request: ClawBackRequest): Promise<Claim> {
  const source = await cases.store.load(cases.database, await viewOrRefuse(cases, request.case));
  const measure = await measureOf(cases, source, request);
  return workOutClaim(cases.database, source, measure, request, monthOf(cases));
}

/**
 * Opens a claw-back beside the case that paid; the same key again gives the one that it opened. Of two who claim the same
 * payments at once one waits, and finds them claimed.
 *
 * @throws {Problem} CASE-UNKNOWN, PAY-CASE-OPEN, PAY-NOT-OVERPAID, CASE-UNDETERMINED, CASE-FACTS-WRONG, CASE-NO-RULE
 */
export async function openClaim(cases: Cases, actor: Actor, request: ClawBackRequest, key: string): Promise<string> {
  const known = await cases.store.load(cases.database, await viewOrRefuse(cases, request.case));
  const measure = await measureOf(cases, known, request);
  const guide = await pinClawBackGuide(cases, known.view);
  const at = cases.now();
  const id = cases.newId();
  return cases.database.transaction().execute(async (tx) => {
    const before = await madeBefore(tx, { actor: actor.id, key, asked: request, at }, id);
    if (before !== undefined) return before;
    const view = await tx
      .selectFrom("case_view")
      .selectAll()
      .where("id", "=", request.case)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const source = await cases.store.load(tx, view);
    const claim = await workOutClaim(tx, source, measure, request, monthOf(cases));
    const { ground, fen, lines, facts, origins } = claim;
    await openClawBack(tx, cases, {
      id,
      actor,
      channel: "window",
      source,
      guide,
      claim: { of: view.id, fen, ground, text: request.text, lines },
      facts,
      origins,
    });
    await writeClaim(tx, { id, of: view.id, area: view.area, at, by: actor.id }, claim);
    return id;
  });
}

const monthOf = (cases: Cases): string => shanghaiDay(cases.now()).slice(0, 7);

interface Head {
  readonly id: string;
  readonly of: string;
  readonly area: string;
  readonly at: Date;
  readonly by: string;
}

async function writeClaim(tx: DatabaseTransaction, head: Head, { ground, fen, lines, shares }: Claim): Promise<void> {
  const { id, of, area, at, by } = head;
  await tx.insertInto("claw_back").values({ case_id: id, of_case: of, ground, area, fen, at, by }).execute();
  await tx
    .insertInto("claw_back_line")
    .values(lines.map((line) => ({ claw_back: id, batch: line.batch, n: line.n, due_fen: line.dueFen, fen: line.fen })))
    .execute();
  await tx
    .insertInto("claw_back_share")
    .values(shares.map((share) => ({ claw_back: id, ...share })))
    .execute();
}
