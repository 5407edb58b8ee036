import { createHash } from "node:crypto";
import { canonicalJson } from "@qingdan/proof";
import type { CaseAction } from "./case-state.ts";

/** SHA-256 of an action: the public log holds it in place of what people said. */
export function actionDigest({ by, channel, mandate, evidence, body, at }: CaseAction): string {
  return createHash("sha256").update(canonicalJson({ by, channel, mandate, evidence, body, at })).digest("hex");
}

/** The line of the public log that bears out an action. */
export function logLineOf(caseId: string, action: CaseAction) {
  return {
    kind: `case.${action.body.kind}`,
    subject: `case:${caseId}`,
    body: { case: caseId, seq: action.seq, digest: actionDigest(action) },
    at: new Date(action.at),
    by: action.by.id,
  };
}
