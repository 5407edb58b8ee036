import { type BoxedTable, type DmnModel, type FeelValue, isContext } from "@qingdan/feel";
import type { Parameters } from "./lifted-inputs.ts";

export type Decision = DmnModel["decisions"][number];
export type Logic = NonNullable<Decision["logic"]>;

/** One expression of a decision, and where its value stands in the decision's. */
export interface Expressed {
  readonly text: string;
  readonly of: (value: FeelValue) => FeelValue;
}

/** The FEEL expressions a decision is made of: one, or those of a context's entries; null where it is more than that. */
export function expressionsOf(logic: Logic): readonly Expressed[] | null {
  if (logic.kind !== "context") {
    const text = textOf(logic);
    return text === null ? null : [{ text, of: (value) => value }];
  }
  const names = logic.entries.map(({ variable }) => variable?.name);
  const found = logic.entries.map(({ value }, at): Expressed | null => {
    const [name, text] = [names[at], textOf(value)];
    // An entry that reads another, or is the result, makes the context more than its entries.
    const reads = names.some((other) => other !== undefined && text?.includes(other));
    if (name === undefined || text === null || reads) return null;
    return { text, of: (whole) => (isContext(whole) ? (whole[name] ?? null) : null) };
  });
  if (found.every((one) => one !== null) && found.length > 0) return found;
  const text = textOf(logic);
  return text === null ? null : [{ text, of: (value) => value }];
}

/** A boxed expression in the words of FEEL, as the standard defines it by them. */
function textOf(logic: Logic): string | null {
  switch (logic.kind) {
    case "literal":
      return logic.text;
    case "conditional": {
      const parts = [logic.if, logic.yes, logic.no].map(textOf);
      return parts.includes(null) ? null : `if ${parts[0]} then ${parts[1]} else ${parts[2]}`;
    }
    case "some":
    case "every":
    case "for": {
      const [source, body] = [textOf(logic.in), textOf(logic.body)];
      if (source === null || body === null) return null;
      return `${logic.kind} ${logic.variable} in ${source} ${logic.kind === "for" ? "return" : "satisfies"} ${body}`;
    }
    case "filter": {
      const [source, match] = [textOf(logic.in), textOf(logic.match)];
      return source === null || match === null ? null : `(${source}\n)[${match}\n]`;
    }
    case "list":
      return listText(logic.items);
    case "relation":
      return listText(
        logic.rows.map((row) => ({
          kind: "context",
          entries: logic.columns.flatMap((variable, at) => {
            const value = row[at];
            return value === undefined ? [] : [{ variable, value }];
          }),
        })),
      );
    case "context":
      return contextText(logic.entries);
    default:
      return null;
  }
}

function listText(items: readonly Logic[]): string | null {
  const texts = items.map(textOf);
  return texts.includes(null) ? null : `[${texts.map((text) => `(${text}\n)`).join(", ")}]`;
}

/** Names that can be keys of a context without quotes, and are then known to the entries that follow. */
const plainName = /^\p{L}[\p{L}\p{N} _]*$/u;
const resultName = "result of the context";

function contextText(entries: (Logic & { kind: "context" })["entries"]): string | null {
  const names = entries.map(({ variable }) => variable?.name ?? resultName);
  const texts = entries.map(({ value }) => textOf(value));
  if (texts.includes(null) || names.some((name) => !plainName.test(name))) return null;
  const whole = `{${names.map((name, at) => `${name}: (${texts[at]}\n)`).join(", ")}}`;
  return names.at(-1) === resultName ? `${whole}.${resultName}` : whole;
}

/** A decision's table: its own, or that of the knowledge model it calls with inputs as they are. */
export function tableOf(
  model: DmnModel,
  logic: Logic,
): { readonly table: BoxedTable; readonly parameters: Parameters } | null {
  if (logic.kind === "table") return { table: logic, parameters: new Map() };
  if (logic.kind !== "invocation" || logic.called.kind !== "literal") return null;
  const called = logic.called.text.trim();
  const body = model.knowledge.find(({ name }) => name === called)?.logic?.body;
  if (body?.kind !== "table") return null;
  const parameters = new Map<string, readonly string[]>();
  for (const { parameter, value } of logic.bindings) {
    if (value.kind !== "literal" || /[^\p{L}\p{N} ._-]/u.test(value.text)) return null;
    parameters.set(parameter.name, value.text.trim().split("."));
  }
  return { table: body, parameters };
}
