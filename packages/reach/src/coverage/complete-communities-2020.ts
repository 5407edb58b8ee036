import type { LayoutStandard } from "./standard.ts";

/** Complete residential communities: one each of five services, within 5 to 10 minutes of 5,000 to 12,000 people. */
export const completeCommunities: LayoutStandard = {
  id: "complete-communities-2020",
  title: { zh: "完整居住社区建设标准(试行)", en: "Standard for complete residential communities (trial)" },
  source: "MOHURD and twelve other departments, 2020",
  levels: [
    {
      id: "community",
      label: { zh: "完整居住社区", en: "Complete community" },
      minutes: 10,
      people: { from: 5000, to: 12_000 },
      clause: "1",
      mark: "unchecked",
    },
  ],
  requirements: [
    {
      code: "complete.community-station",
      level: "community",
      service: "community-station",
      label: { zh: "社区综合服务站", en: "Community service station" },
      group: "everyone",
      leastM2: 800,
      clause: "1.1",
      mark: "unchecked",
    },
    {
      code: "complete.kindergarten",
      level: "community",
      service: "kindergarten",
      label: { zh: "幼儿园", en: "Kindergarten" },
      group: "age3to5",
      clause: "1.2",
      mark: "unchecked",
    },
    {
      code: "complete.nursery",
      level: "community",
      service: "nursery",
      label: { zh: "托儿所", en: "Nursery" },
      group: "age0to2",
      leastM2: 200,
      clause: "1.3",
      mark: "unchecked",
    },
    {
      code: "complete.day-care",
      level: "community",
      service: "day-care",
      label: { zh: "老年服务站", en: "Station for older people" },
      group: "age60up",
      leastM2: 350,
      clause: "1.4",
      mark: "unchecked",
    },
    {
      code: "complete.health-station",
      level: "community",
      service: "health-station",
      label: { zh: "社区卫生服务站", en: "Community health station" },
      group: "everyone",
      leastM2: 120,
      clause: "1.5",
      mark: "unchecked",
    },
  ],
};
