import type { AgeGroup, LayoutStandard, Mark, Requirement } from "./standard.ts";

/** One row of the tables of annex C. */
function need(
  row: readonly [
    code: string,
    level: string,
    zh: string,
    en: string,
    group: AgeGroup,
    metres: number,
    leastM2?: number,
  ],
  clause: string,
  mark: Mark = "unchecked",
): Requirement {
  const [service, level, zh, en, group, metres, leastM2] = row;
  return {
    code: `gb50180.${service}`,
    level,
    service,
    label: { zh, en },
    group,
    metres,
    clause,
    mark,
    ...(leastM2 === undefined ? {} : { leastM2 }),
  };
}

/** GB 50180-2018, Standard for urban residential area planning and design: service radii and least sizes of annex C. */
export const gb50180: LayoutStandard = {
  id: "gb-50180-2018",
  title: { zh: "城市居住区规划设计标准", en: "Standard for urban residential area planning and design" },
  travel: "foot",
  source: "GB 50180-2018, MOHURD 2018",
  levels: [
    {
      id: "15",
      label: { zh: "十五分钟生活圈居住区", en: "15-minute neighbourhood" },
      minutes: 15,
      metres: { from: 800, to: 1000 },
      people: { from: 50_000, to: 100_000 },
      clause: "3.0.4",
      mark: "read",
    },
    {
      id: "10",
      label: { zh: "十分钟生活圈居住区", en: "10-minute neighbourhood" },
      minutes: 10,
      metres: { from: 500, to: 500 },
      people: { from: 15_000, to: 25_000 },
      clause: "3.0.4",
      mark: "read",
    },
    {
      id: "5",
      label: { zh: "五分钟生活圈居住区", en: "5-minute neighbourhood" },
      minutes: 5,
      metres: { from: 300, to: 300 },
      people: { from: 5000, to: 12_000 },
      clause: "3.0.4",
      mark: "read",
    },
  ],
  requirements: [
    need(["junior-school", "15", "初中", "Junior secondary school", "age12to14", 1000], "C.0.1"),
    need(["health-centre", "15", "社区卫生服务中心", "Community health centre", "everyone", 1000, 1700], "C.0.1"),
    need(["culture-centre", "15", "文化活动中心", "Culture centre", "everyone", 1000, 3000], "C.0.1"),
    need(
      [
        "street-service-centre",
        "15",
        "社区服务中心（街道级）",
        "Service centre of the subdistrict",
        "everyone",
        1000,
        700,
      ],
      "C.0.1",
    ),
    need(["primary-school", "10", "小学", "Primary school", "age6to11", 500], "C.0.1"),
    need(["market", "10", "菜市场或生鲜超市", "Food market", "everyone", 500, 750], "C.0.1"),
    need(["culture-station", "5", "文化活动站", "Culture station", "everyone", 500, 250], "C.0.2"),
    need(["kindergarten", "5", "幼儿园", "Kindergarten", "age3to5", 300, 3150], "C.0.2"),
    need(["nursery", "5", "托儿所", "Nursery", "age0to2", 300], "C.0.2"),
    need(["health-station", "5", "社区卫生服务站", "Community health station", "everyone", 300, 120], "C.0.2"),
    need(["community-station", "5", "社区服务站", "Community service station", "everyone", 300, 600], "C.0.2"),
    need(["day-care", "5", "老年人日间照料中心", "Day-care centre for older people", "age60up", 300, 350], "C.0.2"),
    need(["sports-ground", "5", "小型多功能运动场地", "Small sports ground", "everyone", 300, 770], "C.0.2"),
    need(["fitness-ground", "5", "室外综合健身场地", "Outdoor fitness ground", "everyone", 300, 150], "C.0.2"),
  ],
};
