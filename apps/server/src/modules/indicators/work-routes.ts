import type { Routes } from "../../http/compose.ts";
import { Problem } from "../../problem.ts";
import type { Database } from "../../store/database.ts";
import { allActions, moveAction, recordAction } from "./action-store.ts";
import { allAlarms, judgeAlarm } from "./alarm-store.ts";
import { areaAt, pageOf, planner } from "./lookup.ts";
import {
  action,
  actionEvent,
  actionsPage,
  actionsQuery,
  alarm,
  alarmEvent,
  alarmsPage,
  alarmsQuery,
  newAction,
  oneId,
} from "./model.ts";
import type { CockpitHouse } from "./open-cockpit.ts";
import { presentAction, presentAlarm, presentRule } from "./present.ts";
import { recordRules } from "./record-rules.ts";

const tags = ["indicators"];

export interface IndicatorRoutesOptions {
  readonly database: Database;
  readonly house: CockpitHouse;
  readonly now: () => Date;
}

/** What people do in the cockpit: judge alarms and take actions on. */
export function workRoutes({ database, house, now }: IndicatorRoutesOptions): Routes {
  return (api) => {
    api.get(
      "/cockpit/alarms",
      { schema: { tags, querystring: alarmsQuery, response: { 200: alarmsPage } } },
      async ({ query }) => {
        const { cockpit } = await house.open();
        const alarms = await allAlarms(database);
        const wanted = alarms.filter(({ state }) => query.state === undefined || state === query.state);
        return {
          ...pageOf(wanted, query, "alarms", (one) => presentAlarm(cockpit, one)),
          rules: recordRules(cockpit).map((record) => presentRule(cockpit, record, alarms)),
        };
      },
    );

    api.post(
      "/cockpit/alarms/:id/events",
      { schema: { tags, params: oneId, body: alarmEvent, response: { 200: alarm } } },
      async ({ params, body, actor }) => {
        const { cockpit } = await house.open();
        const known = (await allAlarms(database)).find(({ id }) => id === params.id);
        const by = planner(actor, known?.area ?? cockpit.tree.areas[0]!.code);
        return presentAlarm(cockpit, await judgeAlarm(database, params.id, { ...body, by, at: now() }));
      },
    );

    api.get(
      "/cockpit/actions",
      { schema: { tags, querystring: actionsQuery, response: { 200: actionsPage } } },
      async ({ query }) => {
        const [{ cockpit }, actions] = await Promise.all([house.open(), allActions(database)]);
        const wanted = actions.filter(({ state }) => query.state === undefined || state === query.state);
        return pageOf(wanted, query, "actions", (one) => presentAction(cockpit, one));
      },
    );

    api.post(
      "/cockpit/actions",
      { schema: { tags, body: newAction, response: { 201: action } } },
      async ({ body, actor }, reply) => {
        const { cockpit } = await house.open();
        areaAt(cockpit, body.area);
        const by = planner(actor, body.area);
        if (!cockpit.indicators.has(body.indicator)) {
          throw new Problem("COCKPIT-INDICATOR-UNKNOWN", {
            zh: `没有指标 ${body.indicator}`,
            en: `There is no indicator ${body.indicator}`,
          });
        }
        if (body.alarm !== null && !(await allAlarms(database)).some(({ id }) => id === body.alarm)) {
          throw new Problem("COCKPIT-ALARM-UNKNOWN", {
            zh: `没有预警 ${body.alarm}`,
            en: `There is no alarm ${body.alarm}`,
          });
        }
        const stored = await recordAction(database, body, { by, at: now(), today: cockpit.today });
        return reply.code(201).send(presentAction(cockpit, stored));
      },
    );

    api.post(
      "/cockpit/actions/:id/events",
      { schema: { tags, params: oneId, body: actionEvent, response: { 200: action } } },
      async ({ params, body, actor }) => {
        const { cockpit } = await house.open();
        const known = (await allActions(database)).find(({ id }) => id === params.id);
        const by = planner(actor, known?.area ?? cockpit.tree.areas[0]!.code);
        return presentAction(cockpit, await moveAction(database, params.id, { ...body, by, at: now() }));
      },
    );
  };
}
