import { toInteger } from "../numbers.ts";
import type { Run } from "../run.ts";
import { type CallSite, type FeelList, type FeelNumber, type FeelValue, isList, isNumber, kindOf } from "../values.ts";
import type { Compile, Scope } from "./code.ts";

/** `list[condition]` and `list[position]`; a single value is a list of one (DMN 1.5, 10.3.2.5). */
export const compileFilter: Compile<"filter"> = (node, scope, compiler) => {
  const source = compiler.expression(node.source, scope);
  const inner: Scope = { parent: scope, kind: "item", names: [] };
  const condition = compiler.expression(node.condition, inner);
  return (frame, run) => {
    const value = source(frame, run);
    if (value === null) return run.warn("NULL_OPERAND", node, ["[]"]);
    const list: FeelList = isList(value) ? value : [value];
    if (!run.allow(list.length, node, "[]")) return null;
    const first = condition({ parent: frame, values: [list[0] ?? null] }, run);
    if (isNumber(first)) return itemAt(list, first, run, node);
    const kept: FeelValue[] = [];
    for (const [index, item] of list.entries()) {
      const met = index === 0 ? first : condition({ parent: frame, values: [item] }, run);
      if (met === true) kept.push(item);
      else if (met !== false && met !== null) run.error("NOT_BOOLEAN", node.condition, ["[]", kindOf(met)]);
    }
    return kept;
  };
};

/** 1 is the first item, -1 the last. */
function itemAt(list: FeelList, position: FeelNumber, run: Run, site: CallSite): FeelValue {
  const index = toInteger(position);
  const item = index > 0 ? list[index - 1] : list[list.length + index];
  if (item !== undefined && index !== 0) return item;
  return run.warn("INDEX_OUT_OF_BOUNDS", site, [String(index), String(list.length)]);
}
