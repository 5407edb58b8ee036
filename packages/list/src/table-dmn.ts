import { boxedOfTable, type DecisionTable, dmnOfTable, readDmn, tableOfBoxed, writeDmn } from "@qingdan/feel";
import { stringify } from "yaml";
import { slugSchema } from "./model/code.ts";
import type { AmountTable, Item } from "./model/list.ts";
import { type Basis, basisSchema } from "./model/rule.ts";
import type { Words } from "./model/words.ts";

/** A DMN file that does not hold a table of an item; the place is a row (1 is the first), 0 for the table itself. */
export class TableDmnError extends Error {
  override readonly name = "TableDmnError";
  readonly code: "TABLE-DMN-NONE" | "TABLE-DMN-POLICY" | "TABLE-DMN-OUTPUT" | "TABLE-DMN-WORDS";
  readonly row: number;
  readonly words: Words;

  constructor(code: TableDmnError["code"], row: number, words: Words) {
    super(words.en);
    this.code = code;
    this.row = row;
    this.words = words;
  }
}

const policies = { U: "UNIQUE", A: "ANY", P: "PRIORITY", F: "FIRST", C: "COLLECT" } as const;
const between = " · ";

/**
 * The table of an item as DMN 1.3 XML, which dmn-js and Camunda Modeler open. What DMN has no place for stands where those
 * editors show it: both languages of a column in its label; code, words and basis of a row, a line each, in its description.
 */
export function tableToDmn(item: Pick<Item, "code" | "name">, table: AmountTable): Promise<string> {
  const plain: DecisionTable = {
    hitPolicy: policies[table.hitPolicy],
    ...(table.aggregation && { aggregation: table.aggregation }),
    inputs: table.inputs.map(({ expression, zh, en }) => ({ expression, label: `${zh}${between}${en}` })),
    outputs: [{ name: "amount", type: "number" }],
    rules: table.rules.map(({ when, amount }) => ({ when, ["then" as const]: [amount] })),
  };
  const model = dmnOfTable(plain, {
    decision: item.name.zh,
    model: item.code,
    namespace: `urn:qingdan:${item.code}`,
    resultType: "number",
  });
  const boxed = boxedOfTable(plain);
  const rules = boxed.rules.map((rule, at) => ({ ...rule, description: describe(table.rules[at]) }));
  const decisions = model.decisions.map((decision) => ({ ...decision, logic: { ...boxed, rules } }));
  return writeDmn({ ...model, decisions });
}

function describe(rule: AmountTable["rules"][number] | undefined): string {
  if (rule === undefined) throw new RangeError("A row of the table is missing");
  return [rule.code, rule.zh, rule.en, ...rule.basis.map((basis) => JSON.stringify(basis))].join("\n");
}

/**
 * The table of an item, from DMN XML as `tableToDmn` writes it and an editor may have changed it.
 * @throws {TableDmnError} where it is no such table; `DmnFileError` where the text is no DMN.
 */
export async function tableFromDmn(xml: string): Promise<AmountTable> {
  const { model } = await readDmn(xml);
  const [boxed, ...others] = model.decisions.flatMap(({ logic }) => (logic?.kind === "table" ? [logic] : []));
  if (boxed === undefined || others.length > 0) {
    throw new TableDmnError("TABLE-DMN-NONE", 0, {
      zh: `文件应有一张决策表，现有 ${boxed === undefined ? 0 : others.length + 1} 张`,
      en: `The file should hold one decision table and holds ${boxed === undefined ? 0 : others.length + 1}`,
    });
  }
  const plain = tableOfBoxed(boxed);
  const policy = Object.entries(policies).find(([, name]) => name === plain.hitPolicy)?.[0];
  if (policy === undefined) {
    throw new TableDmnError("TABLE-DMN-POLICY", 0, {
      zh: `项目的表不能用 ${plain.hitPolicy}；可用 ${Object.values(policies).join("、")}`,
      en: `A table of an item cannot be ${plain.hitPolicy}; write one of ${Object.values(policies).join(", ")}`,
    });
  }
  if (plain.outputs.length !== 1) {
    throw new TableDmnError("TABLE-DMN-OUTPUT", 0, {
      zh: `项目的表只有一列结果（金额），现有 ${plain.outputs.length} 列`,
      en: `A table of an item has one output, the amount; this has ${plain.outputs.length}`,
    });
  }
  return {
    hitPolicy: policy as AmountTable["hitPolicy"],
    ...(plain.aggregation && { aggregation: plain.aggregation }),
    inputs: plain.inputs.map(({ expression, label = expression }) => {
      const [zh = "", en = zh] = label.split(between);
      return { expression, zh, en };
    }),
    rules: plain.rules.map(({ when, then: [amount = ""] }, at) => ({
      when: when.map((cell) => cell || "-"),
      amount,
      ...described(boxed.rules[at]?.description ?? "", at + 1),
    })),
  };
}

function described(text: string, row: number): Pick<AmountTable["rules"][number], "code" | "zh" | "en" | "basis"> {
  const [code = "", zh = "", en = "", ...bases] = text.split("\n").map((line) => line.trim());
  const basis = bases.filter((line) => line !== "").map(basisOf);
  if (!slugSchema.safeParse(code).success || zh === "" || en === "" || basis.includes(undefined)) {
    throw new TableDmnError("TABLE-DMN-WORDS", row, {
      zh: `第 ${row} 行的说明应逐行写：代码、中文、英文，然后每个依据一行，如 {"source":"L1","article":"2"}`,
      en: `The description of row ${row} has a line each for code, Chinese, English, and each basis, as {"source":"L1","article":"2"}`,
    });
  }
  return { code, zh, en, basis: basis as readonly Basis[] };
}

function basisOf(line: string): Basis | undefined {
  try {
    return basisSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** The table as it stands in an item's file, under `rule`. */
export function tableToYaml(table: AmountTable): string {
  const rules = table.rules.map(({ basis, ...rule }) => ({ ...rule, ...(basis.length > 0 && { basis }) }));
  return stringify({ table: { ...table, rules } });
}
