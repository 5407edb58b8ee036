import type { z } from "zod";
import type {
  ClawBackPreview,
  ClawBackRequest,
  clawBacksPage,
  paidOfCase,
} from "../../../server/src/modules/finance/model.ts";
import { ask } from "../app/ask.ts";

export type { ClawBackPreview, ClawBackRequest };

/** Money claimed back, as clerks and finance officers reach it. */
export const clawBackApi = {
  all: (after?: string) =>
    ask<z.infer<typeof clawBacksPage>>(
      `/api/claw-backs?size=50${after === undefined ? "" : `&after=${encodeURIComponent(after)}`}`,
    ),
  paid: (id: string) => ask<z.infer<typeof paidOfCase>>(`/api/cases/${encodeURIComponent(id)}/paid`),
  preview: (body: ClawBackRequest) => ask<ClawBackPreview>("/api/claw-backs/preview", { method: "POST", body }),
  open: (body: ClawBackRequest, key: string) =>
    ask<{ id: string; number: string }>("/api/claw-backs", { method: "POST", body, key }),
};
