import type { Node } from "@qingdan/feel/typed";
import type { Item, Rule } from "../model/list.ts";
import { itemPlace } from "./item-place.ts";
import { inputsOf, prober, probesOf } from "./probe.ts";
import { reportFinding } from "./report-codes.ts";
import type { ReportedFinding } from "./report-model.ts";

/**
 * Conditions that nobody can meet: no value of one expression that they look at lets all of them hold. What depends on
 * several expressions at once counts as reachable.
 */
export function* unreachableRules(item: Item, rule: Rule, conditions: readonly Node[]): Generator<ReportedFinding> {
  const at = conditions.findIndex((condition) => condition.op === "constant" && condition.value === false);
  if (at >= 0) {
    yield unreachable(item, rule, [at]);
    return;
  }
  for (const input of inputsOf(conditions).values()) {
    const asked = conditions.map((condition) => prober(condition, input));
    const probes = probesOf(input, conditions);
    const fails = probes.map((probe) => asked.flatMap((holds, position) => (holds(probe) === false ? [position] : [])));
    if (probes.length === 0 || fails.some((failed) => failed.length === 0)) continue;
    yield unreachable(
      item,
      rule,
      [...new Set(fails.flat())].sort((a, b) => a - b),
    );
    return;
  }
}

function unreachable(item: Item, rule: Rule, positions: readonly number[]): ReportedFinding {
  const named = positions.map((at) => rule.conditions[at]?.code ?? "").join(", ");
  return reportFinding(
    "RULE-UNREACHABLE",
    itemPlace(item, `rule.conditions.${positions[positions.length - 1] ?? 0}.test`),
    [`没有人能同时满足这些条件：${named}`, `Nobody can meet these conditions at once: ${named}`],
    ["放宽其中一条，或终止本项", "Widen one of them, or end the item"],
    { item: item.code },
  );
}
