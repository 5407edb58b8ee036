import type { Words } from "../../problem.ts";
import type { Queue } from "./queries.ts";

/** Names of the queues. */
export const queueNames: Readonly<Record<Queue, Words>> = {
  mine: { zh: "我的办件", en: "Mine" },
  unassigned: { zh: "待分派", en: "Not assigned" },
  supplement: { zh: "待补正", en: "Waiting for papers" },
  checking: { zh: "待复核", en: "To be checked" },
  warning: { zh: "将到期", en: "Due soon" },
  breached: { zh: "已超期", en: "Overdue" },
  appeals: { zh: "救济在办", en: "Appeals" },
  "bad-ratings": { zh: "差评待整改", en: "Bad ratings" },
  "without-due": { zh: "时限待推算", en: "Limit not yet known" },
  offered: { zh: "异议期内", en: "Offered" },
};
