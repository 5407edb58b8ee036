import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Routes } from "../../http/compose.ts";
import { type Comparing, compareQuery, draftText, type StudiedList, type Studio } from "../list/index.ts";
import {
  changeEffect,
  comparisonEffect,
  groundPage,
  savedCards,
  savedPage,
  savedQuery,
  saveRequest,
  simulateRequest,
  simulationPage,
} from "./model.ts";
import { type SavedStore, savedHash } from "./saved-store.ts";
import type { Whatif } from "./whatif.ts";

export interface WhatifRoutesOptions {
  readonly whatif: Whatif;
  readonly saved: SavedStore;
  readonly comparing: Pick<Comparing, "sourceOf">;
  readonly studio: Pick<Studio, "study" | "studyProposal">;
  /** Whoever keeps a what-if passes it; gives the name to keep it under, where somebody is signed in. */
  readonly guard: (request: FastifyRequest) => string | undefined;
}

const byHash = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) });
const byList = z.object({ code: z.string() });
const byProposal = z.object({ id: z.string().regex(/^\d{1,15}$/) });
const tags = ["whatif"];

/** Aborted when the asker is gone: a newer position of the slider makes the older question idle. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) abort.abort(new Error("The asker is gone"));
  });
  return abort.signal;
}

export function whatifRoutes({ whatif, saved, comparing, studio, guard }: WhatifRoutesOptions): Routes {
  const effectOf = async ({ shown, source }: StudiedList, reply: FastifyReply) =>
    whatif.effectOf(shown.code, source, goneSignal(reply));
  return (api) => {
    api.get("/whatif", { schema: { tags, response: { 200: groundPage } } }, async () => whatif.ground());

    api.post(
      "/whatif/simulations",
      { schema: { tags, body: simulateRequest, response: { 200: simulationPage } } },
      async ({ body }, reply) => whatif.simulate(body.reforms, goneSignal(reply)),
    );

    api.get(
      "/whatif/saved",
      { schema: { tags, querystring: savedQuery, response: { 200: savedCards } } },
      async ({ query }) => saved.all(query),
    );

    api.post(
      "/whatif/saved",
      { schema: { tags, body: saveRequest, response: { 201: z.object({ hash: z.string() }) } } },
      async (request, reply) => {
        const { title, author, reforms } = request.body;
        const name = guard(request) ?? author;
        const simulation = await whatif.simulate(reforms, goneSignal(reply));
        const hash = await saved.save({ title, author: name, request: { reforms }, simulation });
        return reply.code(201).send({ hash });
      },
    );

    api.get(
      "/whatif/saved/:hash",
      { schema: { tags, params: byHash, response: { 200: savedPage } } },
      async ({ params }) => {
        const page = await saved.one(params.hash);
        const { ground } = await whatif.ground();
        return { ...page, current: savedHash(ground, page.request) === params.hash };
      },
    );

    api.get(
      "/compare/effect",
      { schema: { tags, querystring: compareQuery, response: { 200: comparisonEffect } } },
      async ({ query }, reply) => {
        const [left, right] = [await comparing.sourceOf(query.left), await comparing.sourceOf(query.right)];
        return whatif.compare({ left, right, rightArea: query.rightArea }, goneSignal(reply));
      },
    );

    api.post(
      "/studio/lists/:code/effect",
      { schema: { tags, params: byList, body: draftText, response: { 200: changeEffect } } },
      async ({ params, body }, reply) => effectOf(await studio.study(params.code, body.file, body.text), reply),
    );

    api.get(
      "/studio/proposals/:id/effect",
      { schema: { tags, params: byProposal, response: { 200: changeEffect } } },
      async ({ params }, reply) => effectOf(await studio.studyProposal(params.id), reply),
    );
  };
}
