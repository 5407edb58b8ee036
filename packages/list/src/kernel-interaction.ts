import type { KernelItem } from "./kernel-item.ts";
import type { InteractionStep, Rulebook } from "./rulebook.ts";

/** Items that a step settles. */
export function settledBy(step: InteractionStep): readonly number[] {
  return step.kind === "higher" ? step.members.map((member) => member.item) : [step.item];
}

/** Items that a step reads or settles. */
export function touchedBy(step: InteractionStep): readonly number[] {
  return step.kind === "higher" ? settledBy(step) : [step.item, step.other];
}

/** Statements that settle one step over the variables of its items. */
export function interactionLines(
  step: InteractionStep,
  items: ReadonlyMap<number, KernelItem>,
  rulebook: Rulebook,
): string[] {
  return step.kind === "higher" ? higherLines(step, items, rulebook) : [yieldLine(step, items)];
}

function named(items: ReadonlyMap<number, KernelItem>, at: number): KernelItem {
  const found = items.get(at);
  if (found === undefined) throw new Error(`Interaction with item ${at}, which is not in the kernel`);
  return found;
}

/** Parts are nothing where the whole is. */
const clear = ({ amount, parts }: KernelItem): string => [amount, ...parts].map((name) => `${name} = 0;`).join(" ");

function yieldLine(
  step: InteractionStep & { kind: "exclusive" | "offset" },
  items: ReadonlyMap<number, KernelItem>,
): string {
  const own = named(items, step.item);
  const other = named(items, step.other);
  const lose = `${own.outcome} = 0; ${own.reason} = ${step.lost}; ${clear(own)}`;
  const given =
    step.kind === "exclusive"
      ? lose
      : `if (${own.amount} <= ${other.amount}) { ${lose} } else ${own.amount} -= ${other.amount};`;
  const unsure = `${own.outcome} = 2; ${own.reason} = ${step.unknown}; ${clear(own)}`;
  return `if (${own.outcome} === 1) { if (${other.outcome} === 1) { ${given} } else if (${other.outcome} === 2) { ${unsure} } }`;
}

/** The factor that makes amounts of a group comparable: payments a year, unless all have one period. */
export function yearlyFactor(rulebook: Rulebook, step: InteractionStep & { kind: "higher" }, at: number): number {
  const periods = new Set(step.members.map((member) => rulebook.items[member.item]?.per));
  return periods.size === 1 ? 1 : (rulebook.items[at]?.timesPerYear ?? 1);
}

function higherLines(
  step: InteractionStep & { kind: "higher" },
  items: ReadonlyMap<number, KernelItem>,
  rulebook: Rulebook,
): string[] {
  const members = step.members.map((member) => named(items, member.item));
  const yearly = members.map(({ amount, at }) => `${amount} * ${yearlyFactor(rulebook, step, at)}`);
  const count = `${members.map(({ outcome }) => `(${outcome} === 1 ? 1 : 0)`).join(" + ")}`;
  const open = members.map(({ outcome }) => `${outcome} === 2`).join(" || ");
  const lines = [`if (${open}) {`, "let open = -1;"];
  [...members.entries()].reverse().forEach(([position, { outcome }]) => {
    lines.push(`if (${outcome} === 2) open = ${position};`);
  });
  members.forEach((member, position) => {
    const reasons = step.members[position]?.reasons.map((reason) => reason[1]) ?? [];
    lines.push(
      `if (${member.outcome} === 1) { ${member.outcome} = 2; ${member.reason} = [${reasons.join(",")}][open]; ${clear(member)} }`,
    );
  });
  lines.push(`} else if (${count} > 1) {`, "let best = -1, most = -1;");
  members.forEach(({ outcome }, position) => {
    lines.push(
      `if (${outcome} === 1 && ${yearly[position]} > most) { best = ${position}; most = ${yearly[position]}; }`,
    );
  });
  members.forEach((member, position) => {
    const reasons = step.members[position]?.reasons.map((reason) => reason[0]) ?? [];
    const lost = `${member.outcome} = 0; ${member.reason} = [${reasons.join(",")}][best]; ${clear(member)}`;
    lines.push(`if (best !== ${position} && ${member.outcome} === 1) { ${lost} }`);
  });
  lines.push("}");
  return lines;
}
