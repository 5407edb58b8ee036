import {
  completeCommunities,
  gb50180,
  type LayoutStandard,
  medicalCircles,
  serviceCircles,
  shanghai2024,
  tdt1062,
} from "@qingdan/reach";
import { Problem, type Words } from "../../problem.ts";

/** The layout standards that coverage is judged by. */
export const standards: readonly LayoutStandard[] = [
  gb50180,
  tdt1062,
  completeCommunities,
  shanghai2024,
  serviceCircles,
  medicalCircles,
];

/** @throws {Problem} PLACES-STANDARD-UNKNOWN */
export function standardNamed(id: string): LayoutStandard {
  const standard = standards.find((one) => one.id === id);
  if (standard) return standard;
  const known = standards.map((one) => one.id).join(", ");
  throw new Problem("PLACES-STANDARD-UNKNOWN", { zh: `可用：${known}`, en: `Known are ${known}` });
}

/** A standard that is measured on streets, which plans can change. @throws {Problem} PLACES-STANDARD-UNKNOWN, PLACES-MINUTES-GIVEN */
export function walkedStandard(id: string): LayoutStandard {
  const standard = standardNamed(id);
  if (standard.travel === "foot") return standard;
  const walked = standards.filter(({ travel }) => travel === "foot").map((one) => one.id);
  throw new Problem("PLACES-MINUTES-GIVEN", {
    zh: `${standard.title.zh}按给定的车程判定；可用：${walked.join(", ")}`,
    en: `${standard.title.en} are judged by minutes by car that are given; of use are ${walked.join(", ")}`,
  });
}

/** Kinds of facility beside those that standards name. */
const further: Readonly<Record<string, Words>> = {
  "care-home": { zh: "养老院", en: "Care home" },
  library: { zh: "图书馆", en: "Library" },
  "vacant-premises": { zh: "闲置公共用房", en: "Vacant public premises" },
};

/** Every kind of facility that a directory may hold, by code; a standard's name for it, first named first kept. */
export const kinds: ReadonlyMap<string, Words> = new Map<string, Words>([
  ...standards
    .flatMap(({ requirements }) => requirements.map(({ service, label }) => [service, label] as const))
    .reverse(),
  ...Object.entries(further),
]);

/** @throws {Problem} PLACES-KIND-UNKNOWN */
export function kindNamed(code: string): { readonly code: string; readonly name: Words } {
  const name = kinds.get(code);
  if (name) return { code, name };
  const known = [...kinds.keys()].join(", ");
  throw new Problem("PLACES-KIND-UNKNOWN", { zh: `可用：${known}`, en: `Known are ${known}` });
}
