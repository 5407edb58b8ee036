import type { LayoutStandard } from "./standard.ts";

/** Shanghai's technical standard for 15-minute community life circles (draft of 2024), main city; the one-stop centre of "1+N". */
export const shanghai2024: LayoutStandard = {
  id: "shanghai-2024-draft",
  title: {
    zh: "上海市15分钟社区生活圈规划技术标准（征求意见稿）",
    en: "Shanghai technical standard for 15-minute life circles (draft)",
  },
  travel: "foot",
  source: "Shanghai, draft of 2024",
  levels: [
    {
      id: "main-city",
      label: { zh: "主城区", en: "Main city" },
      minutes: 15,
      metres: { from: 800, to: 1000 },
      people: { from: 30_000, to: 50_000 },
      clause: "circles",
      mark: "read",
    },
    {
      id: "inner-ring",
      label: { zh: "内环内", en: "Inside the inner ring" },
      minutes: 5,
      clause: "public transport",
      mark: "read",
    },
  ],
  requirements: [
    {
      code: "shanghai.one-stop-centre",
      level: "main-city",
      service: "one-stop-centre",
      label: { zh: "一站式综合服务中心", en: "One-stop service centre" },
      group: "everyone",
      metres: 1000,
      leastM2: 800,
      clause: "1+N",
      mark: "read",
    },
    {
      code: "shanghai.bus-stop",
      level: "inner-ring",
      service: "bus-stop",
      label: { zh: "公交站点", en: "Bus stop" },
      group: "everyone",
      metres: 300,
      clause: "public transport",
      mark: "read",
    },
  ],
};
