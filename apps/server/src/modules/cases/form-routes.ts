import multipart from "@fastify/multipart";
import { shanghaiDay } from "@qingdan/clock";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { authorise } from "../identity/index.ts";
import { beginForm } from "./begin-form.ts";
import { presentBundles, presentProgress } from "./bundles.ts";
import { refuse } from "./case-refusal.ts";
import { viewOrRefuse } from "./case-resource.ts";
import { readUpload, uploadsOfCase, uploadToCase } from "./case-uploads.ts";
import { withAnswers, withDispute, withSkip } from "./change-form.ts";
import { mostBytes } from "./check-upload.ts";
import { noteFormLooks } from "./form-looks.ts";
import { type OpenForm, openForm, writeForm } from "./form-store.ts";
import {
  answersRequest,
  blankForm,
  bundleProgress,
  bundleView,
  caseCard,
  caseUploads,
  disputeRequest,
  formCard,
  formPage,
  formRequest,
  pickupCode,
  resumeRequest,
  skipRequest,
  submitRequest,
} from "./model.ts";
import { givePickupCode, resumeForm } from "./pickup-code.ts";
import { itemName, presentCard } from "./present.ts";
import { presentBlank, presentForm } from "./present-form.ts";
import type { Asker } from "./read-case.ts";
import { keyOf } from "./request-key.ts";
import type { Cases } from "./seams.ts";
import { submitForm } from "./submit-form.ts";
import { removeUpload, uploadPaper } from "./upload-paper.ts";

const tags = ["cases"];
const byId = z.object({ id: z.string().max(64) });
const byListItem = z.object({ list: z.string(), item: z.string() });

export function formRoutes(cases: Cases): Routes {
  const today = () => shanghaiDay(cases.now());
  /** The form for who opens it; that somebody else than the person does is written down first. */
  const shown = async (asker: Asker, form: OpenForm) => {
    await noteFormLooks(cases, asker, form);
    return presentForm(cases, form);
  };
  return (api) => {
    api.post("/forms", { schema: { tags, body: formRequest, response: { 201: formPage } } }, async (request, reply) => {
      const { body, actor, headers } = request;
      const id = await beginForm(cases, actor, body, keyOf(headers));
      return reply.code(201).send(await shown(request, await openForm(cases, actor, "form.read", id)));
    });

    api.get("/forms/:id", { schema: { tags, params: byId, response: { 200: formPage } } }, async (request) =>
      shown(request, await openForm(cases, request.actor, "form.read", request.params.id)),
    );

    api.get(
      "/my/forms",
      { schema: { tags, response: { 200: z.object({ forms: z.array(formCard) }) } } },
      async ({ actor }) => {
        const owner = actor?.person ?? actor?.id ?? "";
        const helped = actor?.actingFor?.items;
        authorise(actor, "form.read", { type: "form", owner, ...(helped && { items: helped }) });
        const rows = await cases.database
          .selectFrom("case_form")
          .selectAll()
          .where("person", "=", owner)
          .where("submitted", "is", null)
          .where("expires_on", ">=", today())
          .orderBy("updated_at", "desc")
          .limit(50)
          .execute();
        const all = helped?.includes("*") !== false;
        const seen = rows.filter((row) => all || (row.items as string[]).every((item) => helped?.includes(item)));
        const forms = seen.map(async (row) => {
          const list = await cases.list(row.list);
          return {
            id: row.id,
            list: row.list,
            items: (row.items as string[]).map((code) => ({ code, name: itemName(list, code) })),
            bundle: row.bundle,
            updatedAt: row.updated_at.toISOString(),
            expiresOn: row.expires_on,
          };
        });
        return { forms: await Promise.all(forms) };
      },
    );

    api.put(
      "/forms/:id/answers",
      { schema: { tags, params: byId, body: answersRequest, response: { 200: formPage } } },
      async ({ params, body, actor }) => {
        const form = await openForm(cases, actor, "form.fill", params.id);
        return presentForm(cases, await writeForm(cases, form, body.seq, withAnswers(form, body.answers)));
      },
    );

    api.post(
      "/forms/:id/skips",
      { schema: { tags, params: byId, body: skipRequest, response: { 200: formPage } } },
      async ({ params, body, actor }) => {
        const form = await openForm(cases, actor, "form.fill", params.id);
        return presentForm(cases, await writeForm(cases, form, body.seq, withSkip(form, body)));
      },
    );

    api.post(
      "/forms/:id/disputes",
      { schema: { tags, params: byId, body: disputeRequest, response: { 200: formPage } } },
      async ({ params, body, actor }) => {
        const form = await openForm(cases, actor, "form.fill", params.id);
        return presentForm(cases, await writeForm(cases, form, body.seq, withDispute(form, body)));
      },
    );

    api.post(
      "/forms/:id/pickup-code",
      { schema: { tags, params: byId, response: { 200: pickupCode } } },
      async ({ params, actor }) => givePickupCode(cases, await openForm(cases, actor, "form.fill", params.id)),
    );

    api.post(
      "/forms/resume",
      { schema: { tags, body: resumeRequest, response: { 200: formPage } } },
      async (request) => {
        const { body, actor } = request;
        authorise(actor, "form.resume", {
          type: "form",
          owner: actor?.person ?? actor?.id ?? "",
          ...(actor?.roles[0] && { area: actor.roles[0].area }),
        });
        return shown(request, await resumeForm(cases, actor, body.code));
      },
    );

    api.post(
      "/forms/:id/submit",
      {
        schema: {
          tags,
          params: byId,
          body: submitRequest,
          response: { 201: z.object({ cases: z.array(caseCard), bundle: z.string().nullable() }) },
        },
      },
      async ({ params, body, actor }, reply) => {
        const form = await openForm(cases, actor, "form.submit", params.id);
        const submitted = await submitForm(cases, form.actor, form, body);
        const cards = submitted.cases.map(async (id) => {
          const view = await viewOrRefuse(cases, id);
          return presentCard(await cases.list(view.list), view, today());
        });
        return reply.code(201).send({ cases: await Promise.all(cards), bundle: submitted.bundle });
      },
    );

    api.get(
      "/forms/blank/:list/:item",
      { schema: { tags, params: byListItem, response: { 200: blankForm } } },
      async ({ params }) => {
        const list = await cases.list(params.list);
        const rulebook = await cases.rulebook(list.code, undefined, cases.ruleDay());
        if (!rulebook.items.some(({ code }) => code === params.item)) {
          refuse("CASE-NO-RULE", "该事项没有可执行的规则", "The item has no executable rule");
        }
        return presentBlank(list, rulebook, params.item);
      },
    );

    api.get(
      "/bundles/:list",
      {
        schema: {
          tags,
          params: z.object({ list: z.string() }),
          response: { 200: z.object({ bundles: z.array(bundleView) }) },
        },
      },
      async ({ params }) => {
        const list = await cases.list(params.list);
        const rulebook = await cases.rulebook(list.code, undefined, cases.ruleDay());
        return { bundles: presentBundles(cases, list, new Set(rulebook.items.map(({ code }) => code))) };
      },
    );

    api.get(
      "/my/bundles",
      { schema: { tags, response: { 200: z.object({ bundles: z.array(bundleProgress) }) } } },
      async ({ actor }) => {
        const { database } = cases;
        const owner = actor?.person ?? actor?.id ?? "";
        authorise(actor, "case.read", { type: "case", owner });
        const rows = await database
          .selectFrom("bundle_case")
          .selectAll()
          .where("person", "=", owner)
          .orderBy("at", "desc")
          .limit(50)
          .execute();
        const ids = rows.map(({ id }) => id);
        const found = ids.length === 0 ? [] : await ownedBy(cases, ids);
        const shown = rows.map(async (row) =>
          presentProgress(
            cases,
            await cases.list(row.list),
            row,
            found.filter(({ bundle }) => bundle === row.id),
          ),
        );
        return { bundles: await Promise.all(shown) };
      },
    );

    api.get(
      "/bundle-cases/:id",
      { schema: { tags, params: byId, response: { 200: bundleProgress } } },
      async ({ params, actor }) => {
        const { database } = cases;
        const row = await database.selectFrom("bundle_case").selectAll().where("id", "=", params.id).executeTakeFirst();
        if (!row) return refuse("BUNDLE-UNKNOWN", "请核对编号", "Check the identifier");
        const views = await database.selectFrom("case_view").selectAll().where("bundle", "=", row.id).execute();
        authorise(actor, "case.read", { type: "case", owner: row.person, ...(views[0] && { area: views[0].area }) });
        return presentProgress(cases, await cases.list(row.list), row, views);
      },
    );

    api.register(async (files) => {
      await files.register(multipart, {
        throwFileSizeLimit: false,
        limits: { fileSize: mostBytes, files: 1, fields: 4, fieldSize: 200, parts: 6 },
      });
      files.post("/forms/:id/uploads", { schema: { tags, params: byId } }, async (request) => {
        const { id } = byId.parse(request.params);
        const form = await openForm(cases, request.actor, "form.fill", id);
        const { fields, file } = await partsOf(request);
        const seq = Number(fields.get("seq"));
        if (!file || !Number.isInteger(seq))
          return refuse(
            "UPLOAD-NAME",
            "需要 seq、paper 两个字段和一个文件",
            "It takes the fields seq and paper, and one file",
          );
        return presentForm(cases, await uploadPaper(cases, form, { ...file, seq, paper: fields.get("paper") ?? "" }));
      });

      files.post("/cases/:id/uploads", { schema: { tags, params: byId } }, async (request) => {
        const { id } = byId.parse(request.params);
        const { fields, file } = await partsOf(request);
        if (!file) return refuse("UPLOAD-NAME", "需要 paper 字段和一个文件", "It takes the field paper, and one file");
        await uploadToCase(cases, request.actor, id, { ...file, paper: fields.get("paper") ?? "" });
        return uploadsOfCase(cases, request.actor, id);
      });
    });

    api.get(
      "/cases/:id/uploads",
      { schema: { tags, params: byId, response: { 200: caseUploads } } },
      async ({ params, actor }) => uploadsOfCase(cases, actor, params.id),
    );

    api.delete(
      "/forms/:id/uploads/:upload",
      {
        schema: {
          tags,
          params: byId.extend({ upload: z.string().max(64) }),
          querystring: z.object({ seq: z.coerce.number().int().min(1) }),
          response: { 200: formPage },
        },
      },
      async ({ params, query, actor }) => {
        const form = await openForm(cases, actor, "form.fill", params.id);
        return presentForm(cases, await removeUpload(cases, form, query.seq, params.upload));
      },
    );

    api.get("/uploads/:id", { schema: { tags, params: byId } }, async (request, reply) => {
      const { name, type, content } = await readUpload(cases, request, request.params.id);
      // What people hand in is never shown inside a page of ours.
      return reply
        .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .header("content-security-policy", "sandbox")
        .type(type)
        .send(Buffer.from(content));
    });
  };
}

/** The fields and the one file of a multipart request. @throws {Problem} UPLOAD-SIZE */
async function partsOf(request: FastifyRequest) {
  const fields = new Map<string, string>();
  let file: { name: string; bytes: Uint8Array } | undefined;
  for await (const part of request.parts()) {
    if (part.type !== "file") fields.set(part.fieldname, String(part.value));
    else file = { name: part.filename, bytes: new Uint8Array(await part.toBuffer()) };
    if (part.type === "file" && part.file.truncated)
      refuse("UPLOAD-SIZE", "文件不超过 10 MB", "A file holds at most 10 MB");
  }
  return { fields, file };
}

const ownedBy = ({ database }: Cases, bundles: readonly string[]) =>
  database.selectFrom("case_view").selectAll().where("bundle", "in", bundles).execute();
