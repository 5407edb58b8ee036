import type { Aggregation, BoxedTable, DmnModel, HitPolicy } from "./model.ts";
import { member, optional } from "./read-element.ts";

/**
 * A decision table as data that people write in YAML and that goes to and from DMN XML. Cells are FEEL: unary tests in `when`
 * (one for each input), expressions in `then` (one for each output).
 */
export interface DecisionTable {
  readonly hitPolicy: HitPolicy;
  /** Only with COLLECT. */
  readonly aggregation?: Aggregation;
  readonly inputs: readonly InputColumn[];
  readonly outputs: readonly OutputColumn[];
  readonly rules: readonly Rule[];
}

export interface InputColumn {
  readonly expression: string;
  readonly label?: string;
  readonly type?: string;
  readonly allowedValues?: string;
}

export interface OutputColumn {
  /** Required where there are several outputs. */
  readonly name?: string;
  readonly label?: string;
  readonly type?: string;
  /** In order of priority, for PRIORITY and OUTPUT ORDER. */
  readonly allowedValues?: string;
  readonly default?: string;
}

export interface Rule {
  readonly when: readonly string[];
  readonly then: readonly string[];
  readonly annotation?: string;
}

export interface TableNames {
  /** Of the decision, and of its output variable. */
  readonly decision: string;
  /** Of the model; the decision's name unless told. */
  readonly model?: string;
  readonly namespace: string;
  /** Type of the result; of a single output its own type unless told. */
  readonly resultType?: string;
}

/** A model with one decision that holds the table, and one input for each name that the input columns start from. */
export function dmnOfTable(table: DecisionTable, names: TableNames): DmnModel {
  const inputs = inputNames(table).map(({ name, type }, index) => ({
    id: `input-${index + 1}`,
    name,
    variable: { name, ...optional("typeRef", type) },
  }));
  const resultType = names.resultType ?? (table.outputs.length === 1 ? table.outputs[0]?.type : undefined);
  return {
    id: "definitions",
    name: names.model ?? names.decision,
    namespace: names.namespace,
    imports: [],
    items: [],
    inputs,
    decisions: [
      {
        id: "decision",
        name: names.decision,
        variable: { name: names.decision, ...optional("typeRef", resultType) },
        requires: { decisions: [], inputs: inputs.map(({ id }) => `#${id}`), knowledge: [], sources: [] },
        logic: boxedOfTable(table),
      },
    ],
    knowledge: [],
    services: [],
    sources: [],
  };
}

/** The names that input expressions start from: `家庭` of `家庭.人数`. A column that is a bare name gives its type. */
function inputNames(table: DecisionTable): { name: string; type?: string }[] {
  const found = new Map<string, string | undefined>();
  for (const { expression, type } of table.inputs) {
    const root = /^[^.([{+*/<>=,"]+/u.exec(expression.trim())?.[0]?.trim();
    if (root === undefined || /^[\d@-]/u.test(root)) continue;
    const bare = root === expression.trim();
    found.set(root, bare ? type : found.get(root));
  }
  return [...found].map(([name, type]) => ({ name, ...optional("type", type) }));
}

/** The table as the logic of a decision; ids are by position, so that the same table gives the same file. */
export function boxedOfTable(table: DecisionTable): BoxedTable {
  return {
    kind: "table",
    id: "table",
    hitPolicy: table.hitPolicy,
    ...optional("aggregation", table.aggregation),
    inputs: table.inputs.map((input, index) => ({
      id: `column-${index + 1}`,
      ...optional("label", input.label),
      expression: input.expression,
      ...optional("typeRef", input.type),
      ...optional("allowedValues", input.allowedValues),
    })),
    outputs: table.outputs.map((output, index) => ({
      id: `result-${index + 1}`,
      ...optional("label", output.label),
      ...optional("name", output.name),
      ...optional("typeRef", output.type),
      ...optional("allowedValues", output.allowedValues),
      ...optional("defaultValue", output.default),
    })),
    annotations: table.rules.some((rule) => rule.annotation !== undefined) ? ["annotation"] : [],
    rules: table.rules.map((rule, index) => ({
      id: `rule-${index + 1}`,
      when: rule.when,
      ...member("then", rule.then),
      annotations: rule.annotation === undefined ? [] : [rule.annotation],
    })),
  };
}

/** The table as data: ids are left behind, several annotations become one, a line each. */
export function tableOfBoxed(boxed: BoxedTable): DecisionTable {
  return {
    hitPolicy: boxed.hitPolicy,
    ...optional("aggregation", boxed.aggregation),
    inputs: boxed.inputs.map((input) => ({
      expression: input.expression,
      ...optional("label", input.label),
      ...optional("type", input.typeRef),
      ...optional("allowedValues", input.allowedValues),
    })),
    outputs: boxed.outputs.map((output) => ({
      ...optional("name", output.name),
      ...optional("label", output.label),
      ...optional("type", output.typeRef),
      ...optional("allowedValues", output.allowedValues),
      ...optional("default", output.defaultValue),
    })),
    rules: boxed.rules.map((rule) => {
      const annotation = rule.annotations.filter((text) => text !== "").join("\n");
      return {
        when: rule.when,
        ...member("then", rule.then),
        ...(annotation === "" ? {} : { annotation }),
      };
    }),
  };
}

/** The table of a decision (the only one that has a table, unless named); undefined where there is none, or several. */
export function tableOfDmn(model: DmnModel, decision?: string): DecisionTable | undefined {
  const tables = model.decisions.flatMap(({ name, logic }) =>
    logic?.kind === "table" && (decision === undefined || name === decision) ? [logic] : [],
  );
  return tables.length === 1 ? tableOfBoxed(tables[0] as BoxedTable) : undefined;
}
