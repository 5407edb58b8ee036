import { expect } from "vitest";
import type { CasePage } from "../modules/cases/index.ts";
import { type ActorName, allowance, type CaseDesk, seniorFacts } from "./case-desk.ts";

/** What people do at a desk, as tests of what comes after it need it. */
export interface CaseWork {
  /** A deed in a case as it stands; another status than 200 is the answer expected. */
  act(
    actor: ActorName,
    page: Pick<CasePage, "id" | "seq">,
    action: Record<string, unknown>,
    status?: number,
  ): Promise<WorkedCase>;
  read(id: string): Promise<CasePage>;
  /** An account that one officer asks for and another confirms. */
  keep(path: string, account: object): Promise<void>;
  /** A case applied for at the window and granted by two. */
  granted(opening?: { person?: string; item?: string; decision?: Record<string, unknown> }): Promise<CasePage>;
}

export type WorkedCase = CasePage & { readonly code?: string };

export function caseWork(desk: () => CaseDesk): CaseWork {
  const act: CaseWork["act"] = async (actor, page, action, status = 200) => {
    const channel = actor === "resident" ? "web" : actor === "system" ? "system" : "window";
    const answer = await desk().ask(actor, "POST", `/cases/${page.id}/actions`, { seq: page.seq, channel, action });
    expect(answer.status, answer.text).toBe(status);
    return answer.json as unknown as WorkedCase;
  };
  return {
    act,
    read: async (id) => (await desk().ask("clerk", "GET", `/cases/${id}`)).json as unknown as CasePage,
    async keep(path, account) {
      const { json } = await desk().ask("financeOfficer", "PUT", path, account);
      const { status, text } = await desk().ask("secondFinanceOfficer", "POST", `/account-changes/${json.id}/confirm`);
      expect(status, text).toBe(200);
    },
    async granted({ person = "1", item = allowance, decision = {} } = {}) {
      const request = { list: "cn-3199", item, channel: "window", person, area: "cn-319901", facts: seniorFacts() };
      let page = (await desk().ask("clerk", "POST", "/cases", request)).json as unknown as CasePage;
      page = await act("clerk", page, { kind: "accept" });
      page = await act("clerk", page, { kind: "propose", outcome: "grant", ...decision });
      return act("checker", page, { kind: "decide", outcome: "grant", ...decision });
    },
  };
}
