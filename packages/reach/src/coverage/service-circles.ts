import type { LayoutStandard } from "./standard.ts";

/** Circles that lists of basic public services promise themselves, held to minutes. */
export const serviceCircles: LayoutStandard = {
  id: "service-circles",
  title: { zh: "清单承诺的服务圈", en: "Circles promised by lists of services" },
  travel: "foot",
  source: "Feidong county's list of basic public services (half-hour community rehabilitation circle)",
  levels: [
    {
      id: "half-hour",
      label: { zh: "半小时服务圈", en: "Half-hour circle" },
      minutes: 30,
      clause: "004",
      mark: "read",
    },
  ],
  requirements: [
    {
      code: "circle.rehabilitation",
      level: "half-hour",
      service: "rehabilitation",
      label: { zh: "残疾人社区康复", en: "Community rehabilitation for disabled people" },
      group: "everyone",
      clause: "004",
      mark: "read",
    },
  ],
};
