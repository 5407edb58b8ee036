import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import type { Catalogue } from "./catalogue.ts";
import { presentDraft, presentProposal } from "./present-studio.ts";
import type { Studio } from "./studio.ts";
import {
  authorRequest,
  draftAnswer,
  draftRequest,
  draftText,
  editAnswer,
  editRequest,
  fileQuery,
  proposalCard,
  proposalPage,
  proposeRequest,
  publishRequest,
  studioCheck,
  studioFile,
  studioListCard,
  studioListPage,
} from "./studio-model.ts";

/** Who does a deed: an account, or somebody who only gives a name. */
export interface Doer {
  /** Id of the account; empty where nobody is signed in. */
  readonly account: string;
  readonly name: string;
}

/** Lets a deed on a list pass and tells whose it is, or throws; undefined where the name in the request counts. */
export type StudioGuard = (
  request: FastifyRequest,
  action: "list.edit" | "list.publish",
  /** `by`: the account whose proposal is published. */
  list: { readonly code: string; readonly area: string; readonly by?: string },
) => Doer | undefined;

export interface StudioRoutesOptions {
  readonly studio: Studio;
  readonly catalogue: Catalogue;
  /** Every writing request goes through it. */
  readonly guard: StudioGuard;
}

const byList = z.object({ code: z.string() });
const byProposal = z.object({ id: z.string().regex(/^\d{1,15}$/) });
const tags = ["studio"];

export function studioRoutes({ studio, catalogue, guard }: StudioRoutesOptions): Routes {
  const doer = async (
    request: FastifyRequest,
    action: Parameters<StudioGuard>[1],
    code: string,
    { name, by }: { name: string; by?: string },
  ): Promise<Doer> => {
    await catalogue.shown(code);
    // The area of a list is its code: both are GB/T 2260 codes.
    return guard(request, action, { code, area: code, ...(by !== undefined && { by }) }) ?? { account: "", name };
  };

  return (api) => {
    const answer = { tags };
    api.get(
      "/studio/lists",
      { schema: { ...answer, response: { 200: z.object({ lists: z.array(studioListCard) }) } } },
      async () => ({ lists: await studio.lists() }),
    );

    api.get(
      "/studio/lists/:code",
      { schema: { ...answer, params: byList, response: { 200: studioListPage } } },
      async ({ params }) => studio.list(params.code),
    );

    api.get(
      "/studio/lists/:code/file",
      { schema: { ...answer, params: byList, querystring: fileQuery, response: { 200: studioFile } } },
      async ({ params, query }) => studio.file(params.code, query.file),
    );

    api.post(
      "/studio/edit",
      { schema: { ...answer, body: editRequest, response: { 200: editAnswer } } },
      async ({ body }) => studio.edit(body.text, body.edits),
    );

    api.post(
      "/studio/lists/:code/check",
      { schema: { ...answer, params: byList, body: draftText, response: { 200: studioCheck } } },
      async ({ params, body }) => studio.check(params.code, body.file, body.text),
    );

    api.put(
      "/studio/lists/:code/draft",
      { schema: { ...answer, params: byList, body: draftRequest, response: { 200: draftAnswer } } },
      async (request) => {
        const { code } = request.params;
        const { file, text, seen } = request.body;
        const { name: author } = await doer(request, "list.edit", code, { name: request.body.author });
        return { file, ...presentDraft(await studio.saveDraft(code, { file, text, author }, seen)) };
      },
    );

    api.delete(
      "/studio/lists/:code/draft",
      { schema: { ...answer, params: byList, querystring: fileQuery, response: { 204: z.null() } } },
      async (request, reply) => {
        await doer(request, "list.edit", request.params.code, { name: "" });
        await studio.dropDraft(request.params.code, request.query.file);
        return reply.code(204).send(null);
      },
    );

    api.post(
      "/studio/lists/:code/proposals",
      { schema: { ...answer, params: byList, body: proposeRequest, response: { 201: proposalCard } } },
      async (request, reply) => {
        const { code } = request.params;
        const { title } = request.body;
        const { name: author, account } = await doer(request, "list.edit", code, { name: request.body.author });
        return reply.code(201).send(presentProposal(await studio.propose(code, { title, author, account })));
      },
    );

    api.get(
      "/studio/proposals/:id",
      { schema: { ...answer, params: byProposal, response: { 200: proposalPage } } },
      async ({ params }) => studio.proposal(params.id),
    );

    api.post(
      "/studio/proposals/:id/withdraw",
      { schema: { ...answer, params: byProposal, body: authorRequest, response: { 200: proposalPage } } },
      async (request) => {
        const { id } = request.params;
        const { list } = await studio.proposalOf(id);
        const { name } = await doer(request, "list.edit", list, { name: request.body.author });
        await studio.withdraw(id, name);
        return studio.proposal(id);
      },
    );

    api.post(
      "/studio/proposals/:id/publish",
      { schema: { ...answer, params: byProposal, body: publishRequest, response: { 201: proposalPage.shape.shown } } },
      async (request, reply) => {
        const { id } = request.params;
        const { version, author } = request.body;
        const { list, account: by } = await studio.proposalOf(id);
        const { name } = await doer(request, "list.publish", list, { name: author, by });
        await studio.publish(id, { version, author: name });
        return reply.code(201).send((await studio.list(list)).shown);
      },
    );
  };
}
