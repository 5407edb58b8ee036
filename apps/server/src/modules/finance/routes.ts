import { shanghaiDay } from "@qingdan/clock";
import { sql } from "kysely";
import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import { type Cases, keyOf } from "../cases/index.ts";
import { type Actor, accountNames, authorise, type Resource } from "../identity/index.ts";
import { accountRoutes } from "./account-routes.ts";
import { type BankBatch, bankCsv, bankFen, pain001 } from "./bank-file.ts";
import { batchOf, bookResults, discardBatch, releaseBatch, retryReturned } from "./change-batch.ts";
import {
  type BatchPage,
  batchesPage,
  batchesQuery,
  batchPage,
  batchRequest,
  discardRequest,
  linesPage,
  linesQuery,
  month,
  ownPayments,
  reconciliation,
  resultsRequest,
} from "./model.ts";
import { payerOf } from "./payers.ts";
import { prepareBatch } from "./prepare-batch.ts";
import { itemWords, payerOfBatch, presentBatch, presentLine } from "./present.ts";
import { figuresOf, reconcile, withholdingsOf } from "./queries.ts";

const tags = ["payments"];
const byId = z.object({ id: z.string().max(64) });

export function financeRoutes(cases: Cases): Routes {
  const { database } = cases;
  /** Of those who prepared, released and discarded. */
  const namesOf = (batches: readonly Awaited<ReturnType<typeof batchOf>>[]) =>
    accountNames(
      database,
      batches.flatMap(({ prepared_by, released_by, discarded_by }) =>
        [prepared_by, released_by, discarded_by].filter((by) => by !== null),
      ),
    );
  const page = async (id: string): Promise<BatchPage> => {
    const batch = await batchOf(database, id);
    return presentBatch(await cases.list(batch.list), batch, await figuresOf(database, id), await namesOf([batch]));
  };
  /** The batch, for somebody who may do this to it. */
  const permitted = async (actor: Actor | undefined, action: string, id: string) => {
    const batch = await batchOf(database, id);
    authorise(actor, action, { type: "payment", id, area: batch.area, item: batch.item, by: batch.prepared_by });
    return { batch, actor: actor as Actor };
  };
  const bankBatch = async (id: string): Promise<BankBatch> => {
    const batch = await batchOf(database, id);
    if (!batch.released_at)
      throw new Problem("PAY-STATE", {
        zh: "放行后才有银行文件",
        en: "The bank file is made once the batch is released",
      });
    // A batch that was released before there were payers' accounts pinned none: the area's present one pays it.
    const payer = payerOfBatch(batch) ?? (await payerOf(database, batch.area));
    const lines = await database
      .selectFrom("payment_line")
      .select(["n", "name", "account", "fen", "month"])
      .where("batch", "=", id)
      .orderBy("n")
      .execute();
    const held = await withholdingsOf(
      database,
      lines.map(({ n }) => ({ batch: id, n })),
    );
    const told = lines.map((line) => ({ ...line, withholdings: held.get(`${id} ${line.n}`) ?? [] }));
    const toBank = told.filter((line) => bankFen(line) > 0);
    if (toBank.length === 0) {
      throw new Problem("PAY-NOTHING-TO-BANK", {
        zh: "各笔都已全数抵扣，不用送银行",
        en: "Every line was withheld whole; the bank has nothing to do",
      });
    }
    const list = await cases.list(batch.list);
    return {
      id,
      itemName: itemWords(list, batch.item).zh,
      payer,
      releasedAt: batch.released_at,
      on: shanghaiDay(batch.released_at),
      lines: toBank,
    };
  };
  return (api) => {
    accountRoutes(cases)(api);

    api.post(
      "/payments",
      { schema: { tags, body: batchRequest, response: { 201: batchPage } } },
      async ({ body, actor, headers }, reply) => {
        const area = body.area ?? (await cases.list(body.list)).area;
        authorise(actor, "payment.prepare", { type: "payment", area, item: body.item });
        const id = await prepareBatch(cases, actor as Actor, { ...body, area }, keyOf(headers));
        return reply.code(201).send(await page(id));
      },
    );

    api.get(
      "/payments",
      { schema: { tags, querystring: batchesQuery, response: { 200: batchesPage } } },
      async ({ query, actor }) => {
        const area = query.area ?? actor?.roles[0]?.area;
        authorise(actor, "payment.read", { type: "payment", ...(area && { area }) } satisfies Resource);
        const areas = area === undefined ? undefined : await cases.areasBelow(area);
        let select = database.selectFrom("payment_batch").selectAll();
        if (areas) select = select.where("area", "in", areas);
        if (query.after) select = select.where("id", "<", query.after);
        // Identifiers begin with their time, so that their order is that of preparing.
        const found = await select
          .orderBy("id", "desc")
          .limit(query.size + 1)
          .execute();
        const shown = found.slice(0, query.size);
        const names = await namesOf(shown);
        const batches = shown.map(async (batch) =>
          presentBatch(await cases.list(batch.list), batch, await figuresOf(database, batch.id), names),
        );
        return {
          batches: await Promise.all(batches),
          after: found.length > query.size ? (shown.at(-1)?.id ?? null) : null,
        };
      },
    );

    api.get(
      "/payments/:id",
      { schema: { tags, params: byId, response: { 200: batchPage } } },
      async ({ params, actor }) => {
        await permitted(actor, "payment.read", params.id);
        return page(params.id);
      },
    );

    api.get(
      "/payments/:id/lines",
      { schema: { tags, params: byId, querystring: linesQuery, response: { 200: linesPage } } },
      async ({ params, query, actor }) => {
        await permitted(actor, "payment.read", params.id);
        let select = database
          .selectFrom("payment_line")
          .leftJoin("payment_result", (join) =>
            join
              .onRef("payment_result.batch", "=", "payment_line.batch")
              .onRef("payment_result.n", "=", "payment_line.n"),
          )
          .selectAll("payment_line")
          .select(["result", "reason"])
          .where("payment_line.batch", "=", params.id)
          .where("payment_line.n", ">", query.after);
        if (query.state === "waiting")
          select = select.where("result", "is", null).where("payment_line.discarded", "=", false);
        else if (query.state) select = select.where("result", "=", query.state);
        const found = await select
          .orderBy("payment_line.n")
          .limit(query.size + 1)
          .execute();
        const shown = found.slice(0, query.size);
        const held = await withholdingsOf(database, shown);
        const lines = shown.map((line) => presentLine(line, held.get(`${line.batch} ${line.n}`) ?? []));
        return { lines, after: found.length > query.size ? (shown.at(-1)?.n ?? null) : null };
      },
    );

    api.post(
      "/payments/:id/release",
      { schema: { tags, params: byId, response: { 200: batchPage } } },
      async ({ params, actor }) => {
        const allowed = await permitted(actor, "payment.release", params.id);
        await releaseBatch(cases, allowed.actor, params.id);
        return page(params.id);
      },
    );

    api.post(
      "/payments/:id/discard",
      { schema: { tags, params: byId, body: discardRequest, response: { 200: batchPage } } },
      async ({ params, body, actor }) => {
        const allowed = await permitted(actor, "payment.discard", params.id);
        await discardBatch(cases, allowed.actor, params.id, body.reason);
        return page(params.id);
      },
    );

    api.post(
      "/payments/:id/results",
      { schema: { tags, params: byId, body: resultsRequest, response: { 200: batchPage } } },
      async ({ params, body, actor, headers }) => {
        const allowed = await permitted(actor, "payment.return", params.id);
        await bookResults(cases, allowed.actor, params.id, body.results, keyOf(headers));
        return page(params.id);
      },
    );

    api.post(
      "/payments/:id/retry",
      { schema: { tags, params: byId, response: { 201: batchPage } } },
      async ({ params, actor, headers }, reply) => {
        const allowed = await permitted(actor, "payment.prepare", params.id);
        const id = await retryReturned(cases, allowed.actor, params.id, keyOf(headers));
        return reply.code(201).send(await page(id));
      },
    );

    api.get("/payments/:id/bank.csv", { schema: { tags, params: byId } }, async ({ params, actor }, reply) => {
      await permitted(actor, "payment.prepare", params.id);
      reply.header("content-disposition", `attachment; filename="${params.id}.csv"`);
      return reply.type("text/csv; charset=utf-8").send(bankCsv(await bankBatch(params.id)));
    });

    api.get("/payments/:id/pain.001.xml", { schema: { tags, params: byId } }, async ({ params, actor }, reply) => {
      await permitted(actor, "payment.prepare", params.id);
      reply.header("content-disposition", `attachment; filename="${params.id}.xml"`);
      return reply.type("application/xml; charset=utf-8").send(pain001(await bankBatch(params.id)));
    });

    api.get(
      "/reconciliation",
      {
        schema: {
          tags,
          querystring: z.object({ month, area: z.string().optional() }),
          response: { 200: reconciliation },
        },
      },
      async ({ query, actor }) => {
        const area = query.area ?? actor?.roles[0]?.area;
        authorise(actor, "payment.read", { type: "payment", ...(area && { area }) });
        return reconcile(database, query.month, area === undefined ? undefined : await cases.areasBelow(area));
      },
    );

    api.get("/my/payments", { schema: { tags, response: { 200: ownPayments } } }, async ({ actor }) => {
      const owner = actor?.person ?? actor?.id ?? "";
      authorise(actor, "payment.read", { type: "payment", owner });
      const rows = await sql<{
        batch: string;
        n: number;
        case_id: string;
        list: string;
        item: string;
        month: string;
        fen: number;
        released: boolean;
        result: string | null;
        reason: string | null;
      }>`
        select line.batch, line.n, line.case_id, batch.list, batch.item, line.month, line.fen, batch.released_by is not null as released, result, reason
        from payment_line line join payment_batch batch on batch.id = line.batch
        left join payment_result answer on answer.batch = line.batch and answer.n = line.n
        where line.person = ${owner} and not line.discarded order by line.month desc, batch.id desc limit 200`.execute(
        database,
      );
      const held = await withholdingsOf(database, rows.rows);
      const payments = rows.rows.map(async (row) => ({
        case: row.case_id,
        item: itemWords(await cases.list(row.list), row.item),
        month: row.month,
        fen: Number(row.fen),
        withholdings: [...(held.get(`${row.batch} ${row.n}`) ?? [])],
        state: (row.result ?? (row.released ? "waiting" : "prepared")) as "prepared",
        reason: row.reason,
      }));
      return { payments: await Promise.all(payments) };
    });
  };
}
