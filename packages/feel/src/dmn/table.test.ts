import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDmn } from "./read.ts";
import { optional } from "./read-element.ts";
import { type DecisionTable, dmnOfTable, tableOfDmn } from "./table.ts";
import { writeDmn } from "./write.ts";

const cell = fc.oneof(
  fc.constantFrom(
    "-",
    "> 18",
    "[0..100)",
    '"甲","乙"',
    "not(<= 0.5)",
    'date("2024-01-01")',
    'x < 3 & "a"',
    "<b/>",
    "]]>",
  ),
  fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replace(/[^\x21-\x7e\u4e00-\u9fff]/gu, "低")),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const name = fc.constantFrom("家庭人均月收入", "Age", "age of applicant", "户籍");

const column = fc
  .tuple(name, maybe(cell), maybe(fc.constantFrom("number", "string", "date")), maybe(cell))
  .map(([expression, label, type, allowedValues]) => ({
    expression,
    ...optional("label", label),
    ...optional("type", type),
    ...optional("allowedValues", allowedValues),
  }));

const result = fc.tuple(name, maybe(cell), maybe(cell)).map(([own, allowedValues, standard]) => ({
  name: own,
  ...optional("allowedValues", allowedValues),
  ...optional("default", standard),
}));

const table: fc.Arbitrary<DecisionTable> = fc
  .tuple(
    fc.constantFrom("UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"),
    maybe(fc.constantFrom("SUM", "MIN", "MAX", "COUNT")),
    fc.array(column, { minLength: 1, maxLength: 3 }),
    fc.array(result, { minLength: 1, maxLength: 2 }),
  )
  .chain(([hitPolicy, aggregation, inputs, outputs]) => {
    const cells = (length: number) => fc.array(cell, { minLength: length, maxLength: length });
    const rule = fc
      .tuple(cells(inputs.length), cells(outputs.length), maybe(cell))
      .map(([when, results, annotation]) => ({ when, ...thenOf(results), ...optional("annotation", annotation) }));
    return fc.array(rule, { maxLength: 4 }).map((rules) => ({
      hitPolicy: hitPolicy as DecisionTable["hitPolicy"],
      ...(hitPolicy === "COLLECT" ? optional("aggregation", aggregation as DecisionTable["aggregation"]) : {}),
      inputs,
      outputs,
      rules,
    }));
  });

function thenOf(results: readonly string[]): { readonly then: readonly string[] } {
  return { ["then" as const]: results };
}

const names = { decision: "低保标准档", namespace: "urn:example:table" };

describe("a decision table as data", () => {
  it("goes to DMN XML and comes back equal", async () => {
    await fc.assert(
      fc.asyncProperty(table, async (given) => {
        const { model, notices } = await readDmn(await writeDmn(dmnOfTable(given, names)));
        expect(tableOfDmn(model)).toEqual(given);
        expect(notices).toEqual(["Not carried: the diagram (layout is made anew on writing)."]);
      }),
      { numRuns: 200 },
    );
  });

  it("writes what dmn-js opens: DMN 1.3 with a shape for each element and an edge for each requirement", async () => {
    const xml = await writeDmn(
      dmnOfTable(
        {
          hitPolicy: "UNIQUE",
          inputs: [{ expression: "家庭.人数", type: "number" }, { expression: "户籍" }],
          outputs: [{ type: "string" }],
          rules: [],
        },
        names,
      ),
    );
    expect(xml).toContain('xmlns:dmn="https://www.omg.org/spec/DMN/20191111/MODEL/"');
    expect(xml.match(/<dmndi:DMNShape /g)).toHaveLength(3);
    expect(xml.match(/<dmndi:DMNEdge /g)).toHaveLength(2);
    for (const id of ["input-1", "input-2", "decision"]) expect(xml).toContain(`dmnElementRef="${id}"`);
    expect(xml).toContain('<dmn:inputData id="input-1" name="家庭">');
  });

  it("is found by the name of its decision, and not at all where there are several", async () => {
    const model = dmnOfTable({ hitPolicy: "FIRST", inputs: [], outputs: [{}], rules: [] }, names);
    expect(tableOfDmn(model, "低保标准档")?.hitPolicy).toBe("FIRST");
    expect(tableOfDmn(model, "other")).toBeUndefined();
    expect(tableOfDmn({ ...model, decisions: [...model.decisions, ...model.decisions] })).toBeUndefined();
  });
});
