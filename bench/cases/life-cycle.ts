import type { FactsFile } from "@qingdan/list";
import type { Client } from "./client.ts";

/** What every case of the bench is about. */
export const item = "cn-31.senior-comprehensive-allowance";

export const facts = (): FactsFile => ({
  persons: { p1: { birthDate: "1954-03-01", sex: "female", hukouArea: "cn-319901" } },
  households: { h1: { members: ["p1"] } },
  subject: "p1",
});

/** One case from the application to its last reading (create, accept, assign, decide, read), or until it is assigned; gives its id. */
export async function lifeCycle({ ask }: Client, until: "assigned" | "decided" = "decided"): Promise<string> {
  const person = String(Math.ceil(Math.random() * 500_000));
  const application = { list: "cn-3199", item, area: "cn-319901", channel: "window", person, facts: facts() };
  const { id } = JSON.parse(await ask("POST", "/cases", application)) as { id: string };
  const act = (seq: number, action: unknown) => ask("POST", `/cases/${id}/actions`, { seq, channel: "window", action });
  await act(1, { kind: "accept" });
  await act(2, { kind: "assign", to: "bench", name: "Bench" });
  if (until === "assigned") return id;
  await act(3, { kind: "decide", outcome: "grant" });
  await ask("GET", `/cases/${id}`);
  return id;
}
