import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import { evaluatePlan } from "./evaluate-plan.ts";
import { evaluationCard, evaluationPage, evaluationsPage, newEvaluation } from "./evaluation-model.ts";
import { evaluationReport } from "./evaluation-report.ts";
import { allEvaluations, freezeEvaluation, oneEvaluation, type StoredEvaluation } from "./evaluation-store.ts";
import { DOCX, pageOf, planner } from "./lookup.ts";
import { oneId, oneReportFile, pageQuery, reportQuery } from "./model.ts";
import type { Press } from "./report/press.ts";
import type { IndicatorRoutesOptions } from "./work-routes.ts";

const tags = ["indicators"];

/** Mid-term and final evaluations of a plan: frozen, and read again. */
export function evaluationRoutes({ database, house, now }: IndicatorRoutesOptions, press: Press): Routes {
  return (api) => {
    api.get(
      "/cockpit/evaluations",
      { schema: { tags, querystring: pageQuery, response: { 200: evaluationsPage } } },
      async ({ query }) => {
        const intact = (await allEvaluations(database)).filter(({ content }) => content !== undefined);
        return pageOf(intact, query, "evaluations", card);
      },
    );

    api.post(
      "/cockpit/evaluations",
      { schema: { tags, body: newEvaluation, response: { 201: evaluationCard } } },
      async ({ body, actor }, reply) => {
        const { cockpit } = await house.open();
        const by = planner(actor, cockpit.tree.areas[0]!.code);
        const stored = await freezeEvaluation(database, evaluatePlan(cockpit, body), { by, at: now() });
        return reply.code(201).send(card(stored));
      },
    );

    api.get(
      "/cockpit/evaluations/:id",
      { schema: { tags, params: oneId, response: { 200: evaluationPage } } },
      async ({ params }) => {
        const stored = await oneEvaluation(database, params.id);
        return { ...card(stored), version: contentOf(stored).version, targets: contentOf(stored).targets };
      },
    );

    api.get(
      "/cockpit/evaluations/:id/report.:format",
      { schema: { tags, params: oneReportFile, querystring: reportQuery.pick({ language: true }) } },
      async ({ params, query }, reply) => {
        const stored = await oneEvaluation(database, params.id);
        const made = await press.set(evaluationReport(contentOf(stored), stored.hash, query.language));
        const name = `qingdan-evaluation-${stored.hash.slice(0, 12)}.${params.format}`;
        reply.header("content-disposition", `attachment; filename="${name}"`);
        return params.format === "docx"
          ? reply.type(DOCX).send(Buffer.from(made.docx))
          : reply.type("application/pdf").send(Buffer.from(made.pdf));
      },
    );
  };
}

function contentOf({ hash, content }: StoredEvaluation) {
  if (content) return content;
  throw new Problem("COCKPIT-EVALUATION-UNKNOWN", {
    zh: `评估 ${hash} 的内容与指纹不符，不能使用`,
    en: `The content of evaluation ${hash} does not have that hash and cannot be used`,
  });
}

function card(stored: StoredEvaluation) {
  const { plan, kind, year, area, counts } = contentOf(stored);
  return { hash: stored.hash, plan, kind, year, area, counts, by: stored.by, at: stored.at.toISOString() };
}
