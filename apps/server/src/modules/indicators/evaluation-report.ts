import type { EvaluationContent } from "./evaluation-model.ts";
import type { ReportBlock, ReportDocument } from "./report/report-document.ts";

type Language = "zh" | "en";
type Status = keyof EvaluationContent["counts"]["binding"];

const told: Readonly<Record<Status, Readonly<Record<Language, string>>>> = {
  achieved: { zh: "已达标", en: "achieved" },
  "on-track": { zh: "进度正常", en: "on track" },
  "needs-acceleration": { zh: "须加快", en: "needs acceleration" },
  limited: { zh: "进展有限", en: "limited progress" },
  open: { zh: "未达标", en: "not met" },
  deteriorating: { zh: "倒退", en: "deteriorating" },
  "no-value": { zh: "缺数", en: "no value" },
  "no-target": { zh: "无目标", en: "no target" },
};

/** The evaluation of a plan as a report: how many targets stand where, and every target with base, figure and pace. */
export function evaluationReport(content: EvaluationContent, hash: string, language: Language): ReportDocument {
  const { plan, kind, year, area, counts, targets, version, synthetic } = content;
  const zh = language === "zh";
  const [place, name] = [area.name[language], plan.name[language]];
  const which = {
    "mid-term": { zh: "中期评估", en: "Mid-term evaluation" },
    final: { zh: "期末评估", en: "Final evaluation" },
  };
  const title = zh
    ? `${place}${name}${which[kind].zh}（${year}年）`
    : `${which[kind].en} of ${name} in ${place}, ${year}`;
  const short = hash.slice(0, 16);
  const source = zh ? `来源：评估快照 ${hash}；数据版本 ${version}` : `Source: evaluation ${hash}; figures ${version}`;
  const made = zh ? "数据是合成的，不是真实统计。" : "The figures are synthetic, no real statistics.";
  const blocks: ReportBlock[] = [
    { kind: "heading", level: 1, text: [{ text: title }] },
    ...(synthetic ? [{ kind: "paragraph" as const, text: [{ text: made }] }] : []),
    { kind: "paragraph", text: [{ text: summaryOf(content, language) }] },
    {
      kind: "table",
      caption: zh ? "各状态的目标数" : "Targets by status",
      header: zh ? ["状态", "约束性", "预期性", "未注明"] : ["Status", "Binding", "Expected", "Not said"],
      rows: (Object.keys(told) as Status[])
        .filter((status) => status !== "no-target")
        .map((status) => [
          told[status][language],
          ...[counts.binding, counts.expected, counts.other].map((group) => String(group[status])),
        ]),
      source,
      plain: false,
    },
    {
      kind: "table",
      caption: zh ? "各项目标" : "Every target",
      header: zh
        ? ["指标", "性质", "基期", "目标", "现值", "状态", "已走／时间"]
        : ["Indicator", "Nature", "Base", "Target", "Figure", "Status", "Way / time"],
      rows: targets.map((target) => rowOf(target, language)),
      source,
      plain: true,
    },
  ];
  const footer = zh ? `评估快照 ${short}` : `Evaluation ${short}`;
  return { title, language, footer, blocks, figures: targets.filter(({ figure }) => figure.value !== null).length };
}

function summaryOf({ counts, targets }: EvaluationContent, language: Language): string {
  const sum = (...statuses: readonly Status[]) =>
    statuses.reduce(
      (total, status) => total + counts.binding[status] + counts.expected[status] + counts.other[status],
      0,
    );
  const [met, paced] = [sum("achieved"), sum("on-track")];
  const behind = sum("needs-acceleration", "limited", "open", "deteriorating");
  const unknown = sum("no-value");
  return language === "zh"
    ? `规划共 ${targets.length} 项目标：已达标 ${met} 项，进度正常 ${paced} 项，落后 ${behind} 项，缺数 ${unknown} 项；缺数的不算达标，也不算落后。`
    : `Of ${targets.length} targets ${met} are achieved, ${paced} on track, ${behind} behind, and ${unknown} have no figure, which counts neither way.`;
}

const signs = { "at-least": "≥", above: ">", "at-most": "≤", below: "<", about: "≈", all: "=" } as const;
const natures = { binding: { zh: "约束性", en: "binding" }, expected: { zh: "预期性", en: "expected" } } as const;

function rowOf(
  { indicator, target, base, figure, track }: EvaluationContent["targets"][number],
  language: Language,
): string[] {
  const missing = language === "zh" ? (figure.suppressed ? "*" : "缺") : figure.suppressed ? "*" : "n/a";
  const number = (value: number) =>
    value.toLocaleString("en-US", {
      minimumFractionDigits: indicator.decimals,
      maximumFractionDigits: indicator.decimals,
    });
  const share = (value: number) => `${Math.round(value * 100)}%`;
  const unit = indicator.unit[language];
  return [
    unit === "" ? indicator.name[language] : `${indicator.name[language]} (${unit})`,
    target.nature ? natures[target.nature][language] : "–",
    base ? `${number(base.value)} (${base.year})` : "–",
    `${signs[target.comparison]} ${target.value ?? ""} (${target.year})`,
    figure.value === null ? missing : `${number(figure.value)} (${figure.year})`,
    told[track.status][language],
    track.done === null || track.time === null ? "–" : `${share(track.done)} / ${share(track.time)}`,
  ];
}
