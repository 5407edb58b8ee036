import type { Words } from "../../../problem.ts";

/** Who sends a message and when it was prepared; given by the caller. */
export interface SdmxSender {
  /** An SDMX agency id: letters, digits, `_`. */
  readonly agency: string;
  readonly name: Words;
  readonly prepared: Date;
}

/** The version of the structure below; it changes when dimensions, attributes or their codes do. */
export const STRUCTURE_VERSION = "1.0.0";

/** A name in SDMX-JSON: the best match and all languages. */
export function named({ zh, en }: Words) {
  return { name: zh, names: { zh, en } };
}

/** Codes of indicators and areas may hold a dot, identifiers of SDMX may not: it becomes `$`, which no code holds. */
export function sdmxId(code: string): string {
  return code.replaceAll(".", "$");
}

export const FREQUENCIES = {
  A: { zh: "年", en: "Annual" },
  Q: { zh: "季", en: "Quarterly" },
  M: { zh: "月", en: "Monthly" },
} as const satisfies Record<string, Words>;

export type Frequency = keyof typeof FREQUENCIES;

export function frequencyOf(period: string): Frequency {
  if (period.length === 4) return "A";
  return period[5] === "Q" ? "Q" : "M";
}

/** Observation status, by the codes of CL_OBS_STATUS that the SDMX statistical working group publishes. */
export const STATUSES = {
  ok: { id: "A", zh: "正常值", en: "Normal value" },
  missing: { id: "O", zh: "缺值", en: "Missing value" },
  suppressed: { id: "Q", zh: "缺值：不公布", en: "Missing value; suppressed" },
  failed: { id: "V", zh: "未通过检查的值，不发布", en: "Unvalidated value" },
} as const;

/** The parts of a figure, in the order of its key, then what goes with it. */
export const CONCEPTS = {
  FREQ: { zh: "频度", en: "Frequency" },
  INDICATOR: { zh: "指标", en: "Indicator" },
  REF_AREA: { zh: "地区", en: "Reference area" },
  TIME_PERIOD: { zh: "时期", en: "Time period" },
  OBS_VALUE: { zh: "数值", en: "Observation value" },
  UNIT_MEASURE: { zh: "计量单位", en: "Unit of measure" },
  DECIMALS: { zh: "小数位数", en: "Decimals" },
  SOURCE: { zh: "来源", en: "Source" },
  OBS_STATUS: { zh: "数值状态", en: "Observation status" },
  LOWER_BOUND: { zh: "区间下限", en: "Lower bound" },
  UPPER_BOUND: { zh: "区间上限", en: "Upper bound" },
  COMMENT_OBS: { zh: "说明", en: "Comment" },
  SNAPSHOT: { zh: "数据快照", en: "Snapshot" },
  LIST_VERSION: { zh: "清单版本", en: "List version" },
} as const satisfies Record<string, Words>;

export type Concept = keyof typeof CONCEPTS;

/** The URN of an artefact of ours. */
export function urn(
  kind:
    | "datastructure.DataStructure"
    | "datastructure.Dataflow"
    | "codelist.Codelist"
    | "conceptscheme.ConceptScheme"
    | "conceptscheme.Concept",
  sender: SdmxSender,
  id: string,
): string {
  const [container, member] = id.split("/");
  const inside = member === undefined ? "" : `.${member}`;
  return `urn:sdmx:org.sdmx.infomodel.${kind}=${sender.agency}:${container}(${STRUCTURE_VERSION})${inside}`;
}

/** The head of a message. */
export function metaOf(id: string, sender: SdmxSender) {
  return {
    id,
    test: false,
    prepared: sender.prepared.toISOString(),
    contentLanguages: ["zh", "en"],
    sender: { id: sender.agency, ...named(sender.name) },
  };
}
