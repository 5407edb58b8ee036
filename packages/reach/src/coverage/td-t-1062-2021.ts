import type { LayoutStandard } from "./standard.ts";

/**
 * TD/T 1062-2021: life circles of towns at 15 and at 5 to 10 minutes, of villages at the township seat and the village.
 * Its basic services are held to the minutes of their level at the walking speed of each group, not to metres.
 */
export const tdt1062: LayoutStandard = {
  id: "td-t-1062-2021",
  title: { zh: "社区生活圈规划技术指南", en: "Technical guide for planning community life circles" },
  travel: "foot",
  source: "TD/T 1062-2021, Ministry of Natural Resources 2021",
  levels: [
    {
      id: "15",
      label: { zh: "城镇 15 分钟层级", en: "Town, 15 minutes" },
      minutes: 15,
      metres: { from: 800, to: 1000 },
      clause: "town levels",
      mark: "read",
    },
    {
      id: "5-10",
      label: { zh: "城镇 5—10 分钟层级", en: "Town, 5 to 10 minutes" },
      minutes: 10,
      clause: "town levels",
      mark: "read",
    },
  ],
  requirements: [
    {
      code: "tdt1062.health-centre",
      level: "15",
      service: "health-centre",
      label: { zh: "社区卫生服务中心", en: "Community health centre" },
      group: "everyone",
      clause: "basic elements, health",
      mark: "unchecked",
    },
    {
      code: "tdt1062.junior-school",
      level: "15",
      service: "junior-school",
      label: { zh: "初中", en: "Junior secondary school" },
      group: "age12to14",
      clause: "basic elements, education",
      mark: "unchecked",
    },
    {
      code: "tdt1062.primary-school",
      level: "5-10",
      service: "primary-school",
      label: { zh: "小学", en: "Primary school" },
      group: "age6to11",
      clause: "basic elements, education",
      mark: "unchecked",
    },
    {
      code: "tdt1062.kindergarten",
      level: "5-10",
      service: "kindergarten",
      label: { zh: "幼儿园", en: "Kindergarten" },
      group: "age3to5",
      clause: "basic elements, education",
      mark: "unchecked",
    },
    {
      code: "tdt1062.day-care",
      level: "5-10",
      service: "day-care",
      label: { zh: "老年人日间照料中心", en: "Day-care centre for older people" },
      group: "age60up",
      clause: "basic elements, older people",
      mark: "unchecked",
    },
  ],
};
