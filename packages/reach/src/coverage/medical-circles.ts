import type { LayoutStandard, Level } from "./standard.ts";

function circle(minutes: number): Level {
  return {
    id: `drive-${minutes}`,
    label: { zh: `${minutes} 分钟车程`, en: `${minutes} minutes by car` },
    minutes,
    people: { from: 300_000, to: 500_000 },
    clause: "医疗服务圈",
    mark: "unchecked",
  };
}

/**
 * Medical circles of 300,000 to 500,000 people: a hospital within 30 to 45 minutes by car. Minutes of travel by car are given,
 * not measured on walking streets (`judgeMinutes`); both ends of the range are judged.
 */
export const medicalCircles: LayoutStandard = {
  id: "medical-circles",
  title: { zh: "医疗服务圈", en: "Medical circles" },
  travel: "car",
  source: "Shanghai's plan for basic public services in the 14th five-year period",
  levels: [circle(30), circle(45)],
  requirements: [30, 45].map((minutes) => ({
    code: `medical.hospital-${minutes}`,
    level: `drive-${minutes}`,
    service: "hospital",
    label: { zh: "医院", en: "Hospital" },
    group: "everyone",
    clause: "医疗服务圈",
    mark: "unchecked",
  })),
};
