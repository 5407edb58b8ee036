import type { Label } from "./standard.ts";

/** A community centre under one roof: floor area and what it offers. */
export interface Centre {
  readonly floorM2: number;
  readonly functions: readonly string[];
}

export interface CentreFinding {
  readonly code: "embedded.too-small" | "embedded.too-few-functions" | "embedded.core-functions-missing";
  readonly message: Label;
  readonly clause: string;
}

/** The four functions of which a centre needs two. */
const core: Readonly<Record<string, Label>> = {
  "elder-care": { zh: "养老", en: "care for older people" },
  nursery: { zh: "托育", en: "nursery" },
  "after-school": { zh: "儿童托管", en: "after-school care" },
  meals: { zh: "助餐", en: "meals" },
};

const leastM2 = 600;
const leastFunctions = 3;
const leastCore = 2;

/** The guide's rule for one roof, as a planning model takes it. */
export const embeddedCentre = {
  floorM2: leastM2,
  atLeast: leastFunctions,
  core: Object.keys(core),
  coreAtLeast: leastCore,
};

const source = "城市社区嵌入式服务设施建设导则（2023）";

/**
 * Holds a centre to the guide for embedded community services of 2023 (NDRC, MOHURD, MNR): at least 600 m2 and three
 * functions, two of them care for older people, nursery, after-school care or meals. No finding means that it meets the guide.
 */
export function judgeCentre({ floorM2, functions }: Centre): readonly CentreFinding[] {
  const different = new Set(functions);
  const has = Object.keys(core).filter((name) => different.has(name));
  const findings: CentreFinding[] = [];
  if (floorM2 < leastM2) {
    findings.push({
      code: "embedded.too-small",
      clause: source,
      message: {
        zh: `建筑面积 ${floorM2} 平方米，应不少于 ${leastM2} 平方米`,
        en: `${floorM2} m² of floor; at least ${leastM2} m² are needed`,
      },
    });
  }
  if (different.size < leastFunctions) {
    findings.push({
      code: "embedded.too-few-functions",
      clause: source,
      message: {
        zh: `功能 ${different.size} 项，应不少于 ${leastFunctions} 项`,
        en: `${different.size} functions; at least ${leastFunctions} are needed`,
      },
    });
  }
  if (has.length < leastCore) {
    const names = Object.values(core);
    findings.push({
      code: "embedded.core-functions-missing",
      clause: source,
      message: {
        zh: `${names.map(({ zh }) => zh).join("、")}四类中有 ${has.length} 类，应不少于 ${leastCore} 类`,
        en: `${has.length} of ${names.map(({ en }) => en).join(", ")}; at least ${leastCore} are needed`,
      },
    });
  }
  return findings;
}
