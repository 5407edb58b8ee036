import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import type { Cases } from "../cases/index.ts";
import { type Actor, accountNames, authorise } from "../identity/index.ts";
import { type AccountChange, answerChange, askChange, changeOf, waitingChanges } from "./account-changes.ts";
import {
  accountChange,
  accountChanges,
  missingPage,
  missingQuery,
  payeeRequest,
  payerArea,
  payerRequest,
  payersPage,
  payersQuery,
} from "./model.ts";
import { payeesOf, withoutPayee } from "./payees.ts";
import { payersOf } from "./payers.ts";
import { presentChange, presentPayer } from "./present.ts";

const tags = ["payments"];
const byId = z.object({ id: z.string().max(64) });

/** The accounts that money goes to and comes from: asked for by one finance officer, used once another has confirmed them. */
export function accountRoutes(cases: Cases): Routes {
  const { database } = cases;
  const shown = async (changes: readonly AccountChange[]) => {
    const names = await accountNames(
      database,
      changes.flatMap(({ asked_by, answered_by }) => [asked_by, ...(answered_by ? [answered_by] : [])]),
    );
    const payees = await payeesOf(
      database,
      changes.flatMap(({ kind, of }) => (kind === "payee" ? [of] : [])),
    );
    return changes.map((change) => presentChange(change, payees.get(change.of), names));
  };
  const one = async (change: AccountChange) => (await shown([change]))[0]!;
  /** Of the person's cases one that the officer pays for: nobody redirects the money of people elsewhere. */
  const areaOf = async (actor: Actor | undefined, person: string): Promise<string> => {
    const own = actor?.roles.find(({ role }) => role === "finance-officer")?.area;
    const areas = own === undefined ? undefined : await cases.areasBelow(own);
    let select = database.selectFrom("case_view").select("area").where("person", "=", person);
    if (areas) select = select.where("area", "in", areas);
    const found = await select.limit(1).executeTakeFirst();
    if (found) return found.area;
    throw new Problem("PAY-PAYEE-UNKNOWN", {
      zh: `${person} 在您负责的地区没有办件`,
      en: `${person} has no case in your area`,
    });
  };
  return (api) => {
    api.put(
      "/payees",
      { schema: { tags, body: payeeRequest, response: { 200: accountChange } } },
      async ({ body: { person, ...account }, actor }) => {
        authorise(actor, "payment.prepare", { type: "payment", ...(actor?.roles[0] && { area: actor.roles[0].area }) });
        const area = await areaOf(actor, person);
        authorise(actor, "payment.prepare", { type: "payment", area });
        const asked = { id: cases.newId(), kind: "payee" as const, of: person, area, ...account, bank: null };
        return one(await askChange(database, actor as Actor, asked, cases.now()));
      },
    );

    api.put(
      "/payers/:area",
      { schema: { tags, params: payerArea, body: payerRequest, response: { 200: accountChange } } },
      async ({ params: { area }, body, actor }) => {
        authorise(actor, "payment.prepare", { type: "payment", area });
        const asked = { id: cases.newId(), kind: "payer" as const, of: area, area, ...body };
        return one(await askChange(database, actor as Actor, asked, cases.now()));
      },
    );

    api.get(
      "/account-changes",
      { schema: { tags, querystring: payersQuery, response: { 200: accountChanges } } },
      async ({ query, actor }) => {
        const area = query.area ?? actor?.roles[0]?.area;
        authorise(actor, "payment.prepare", { type: "payment", ...(area && { area }) });
        const areas = area === undefined ? undefined : await cases.areasBelow(area);
        const found = await waitingChanges(database, areas, query);
        const page = found.slice(0, query.size);
        return { changes: await shown(page), after: found.length > query.size ? (page.at(-1)?.id ?? null) : null };
      },
    );

    api.post(
      "/account-changes/:id/confirm",
      { schema: { tags, params: byId, response: { 200: accountChange } } },
      async ({ params: { id }, actor }) => {
        const { area, asked_by: by } = await changeOf(database, id);
        authorise(actor, "payment.release", { type: "payment", id, area, by });
        return one(await answerChange(database, actor as Actor, id, "confirmed", cases.now()));
      },
    );

    api.post(
      "/account-changes/:id/refuse",
      { schema: { tags, params: byId, response: { 200: accountChange } } },
      async ({ params: { id }, actor }) => {
        const { area } = await changeOf(database, id);
        authorise(actor, "payment.prepare", { type: "payment", id, area });
        return one(await answerChange(database, actor as Actor, id, "refused", cases.now()));
      },
    );

    api.get(
      "/payees/missing",
      { schema: { tags, querystring: missingQuery, response: { 200: missingPage } } },
      async ({ query, actor }) => {
        const area = query.area ?? (await cases.list(query.list)).area;
        authorise(actor, "payment.prepare", { type: "payment", area, item: query.item });
        const found = await withoutPayee(database, query, await cases.areasBelow(area));
        const page = found.slice(0, query.size);
        return { cases: [...page], after: found.length > query.size ? (page.at(-1)?.id ?? null) : null };
      },
    );

    api.get(
      "/payers",
      { schema: { tags, querystring: payersQuery, response: { 200: payersPage } } },
      async ({ query, actor }) => {
        const area = query.area ?? actor?.roles[0]?.area;
        authorise(actor, "payment.read", { type: "payment", ...(area && { area }) });
        const areas = area === undefined ? undefined : await cases.areasBelow(area);
        const found = await payersOf(database, areas, query);
        const page = found.slice(0, query.size);
        const names = await accountNames(
          database,
          page.map(({ by }) => by),
        );
        return {
          payers: page.map((payer) => presentPayer(payer, names)),
          after: found.length > query.size ? (page.at(-1)?.area ?? null) : null,
        };
      },
    );
  };
}
