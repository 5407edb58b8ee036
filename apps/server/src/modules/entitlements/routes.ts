import type { List } from "@qingdan/list";
import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import { authorise, type Looks } from "../identity/index.ts";
import type { Lake } from "./lake.ts";
import { personPage, personsPage, personsQuery, runCard, runItemPage, runPage } from "./model.ts";
import { personInRun } from "./person-in-run.ts";
import { presentPersons, presentRun, presentRunCard } from "./present.ts";
import type { QuestionTrees } from "./questions/question-trees.ts";
import type { RunStore, StoredRun } from "./run-store.ts";

export interface EntitlementRoutesOptions {
  readonly runs: RunStore;
  readonly lake: Lake;
  readonly list: (code: string) => Promise<List>;
  readonly looks: Looks;
  readonly questions: QuestionTrees;
}

const byRun = z.object({ id: z.string() });
const byItem = byRun.extend({ item: z.string() });
const byPerson = byRun.extend({ person: z.string().regex(/^\d{1,10}$/) });
/** The item for whose sake one looks: without one, staff may not look at a person. */
const lookQuery = z.object({ item: z.string().max(120).optional() });
const tags = ["entitlements"];

export function entitlementRoutes({ runs, lake, list, looks, questions }: EntitlementRoutesOptions): Routes {
  return (api) => {
    api.get("/runs", { schema: { tags, response: { 200: z.object({ runs: z.array(runCard) }) } } }, async () => ({
      runs: (await runs.all()).map(presentRunCard),
    }));

    api.get("/runs/:id", { schema: { tags, params: byRun, response: { 200: runPage } } }, async ({ params }) =>
      presentRun(await runs.one(params.id)),
    );

    api.get("/runs/:id/questions.json", { schema: { tags, params: byRun } }, async ({ params }, reply) => {
      const tree = await questions.of(await runs.one(params.id));
      // It is being made: until then residents are asked in the general order.
      return tree === undefined ? reply.code(204).send() : tree;
    });

    api.get(
      "/runs/:id/items/:item",
      { schema: { tags, params: byItem, response: { 200: runItemPage } } },
      async ({ params }) => {
        const run = await runs.one(params.id);
        return run.record.items[itemPosition(run, params.item)]!;
      },
    );

    api.get(
      "/runs/:id/items/:item/persons",
      { schema: { tags, params: byItem, querystring: personsQuery, response: { 200: personsPage } } },
      async ({ params, query, actor }) => {
        const run = await runs.one(params.id);
        const { area, synthetic } = run.record.run;
        authorise(actor, "run.people", { type: "run", area: area.code, synthetic });
        const item = itemPosition(run, params.item);
        const own = await list(run.list);
        if (query.street !== undefined && !own.areas.has(query.street))
          throw new Problem("API-STREET-UNKNOWN", {
            zh: `清单里没有地区 ${query.street}`,
            en: `The list has no area ${query.street}`,
          });
        const rows = await lake.rows(run, item, query);
        const total = query.street === undefined ? undefined : await lake.count(run, item, query);
        return presentPersons(run, own, item, query, { rows, total });
      },
    );

    api.get(
      "/runs/:id/persons/:person",
      { schema: { tags, params: byPerson, querystring: lookQuery, response: { 200: personPage } } },
      async ({ params, query, actor, ip }) => {
        const { id, person } = params;
        const { item } = query;
        const run = await runs.one(id);
        const { area, synthetic } = run.record.run;
        authorise(actor, "person.look", { type: "person", area: area.code, owner: person, item, synthetic });
        const page = await personInRun({ run, lake, list: await list(run.list), person: Number(person) });
        const facts = page.facts.map(({ name }) => name);
        await looks.record({ person, actor, address: ip, run: id, facts, ...(item && { item }) });
        return page;
      },
    );
  };
}

function itemPosition({ record }: StoredRun, code: string): number {
  const position = record.codes.items.findIndex((item) => item.code === code);
  if (position >= 0) return position;
  throw new Problem("API-ITEM-UNKNOWN", { zh: `这次测算没有 ${code}`, en: `The run has no item ${code}` });
}
