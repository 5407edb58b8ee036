import { describe, expect, it } from "vitest";
import { toJson } from "../json.ts";
import type { FeelContext } from "../values.ts";
import { type PreparedDmn, prepareDmn } from "./decide.ts";
import type { Boxed, Decision, DmnModel, Variable } from "./model.ts";
import { boxedOfTable, type DecisionTable, type Rule } from "./table.ts";

const literal = (text: string, typeRef?: string): Boxed => ({ kind: "literal", text, ...(typeRef ? { typeRef } : {}) });
const rule = (when: readonly string[], ...results: readonly string[]): Rule => ({ when, ["then" as const]: results });

function decision(
  name: string,
  logic: Boxed,
  requires: Partial<Decision["requires"]> = {},
  typeRef?: string,
): Decision {
  const variable: Variable = typeRef === undefined ? { name } : { name, typeRef };
  return {
    id: name,
    name,
    variable,
    requires: { decisions: [], inputs: [], knowledge: [], sources: [], ...requires },
    logic,
  };
}

function model(parts: Partial<DmnModel>): DmnModel {
  const empty = { imports: [], items: [], inputs: [], decisions: [], knowledge: [], services: [], sources: [] };
  return { name: "m", namespace: "urn:m", ...empty, ...parts };
}

function input(name: string, typeRef?: string): DmnModel["inputs"][number] {
  return { id: name, name, variable: typeRef === undefined ? { name } : { name, typeRef } };
}

function result(prepared: PreparedDmn, name: string, inputs: FeelContext = {}): { value: unknown; codes: string[] } {
  const { value, diagnostics } = prepared.decide(name, inputs);
  return { value: toJson(value), codes: diagnostics.map(({ code }) => code) };
}

function tableModel(table: Omit<DecisionTable, "inputs">): PreparedDmn {
  const logic = boxedOfTable({ ...table, inputs: [{ expression: "x" }] });
  return prepareDmn(model({ inputs: [input("x")], decisions: [decision("d", logic, { inputs: ["#x"] })] }));
}

/** The policies as chapter 8.2.11 of the standard describes them. */
describe("hit policies", () => {
  const rules = [
    rule(["> 0"], '"low"'),
    rule(["> 10"], '"high"'),
    rule(["> 20"], '"high"'),
    rule(["< -5"], '"middle"'),
  ];
  const outputs = [{ allowedValues: '"high","middle","low"' }];

  it.each([
    ["UNIQUE", 5, "low", []],
    ["UNIQUE", 15, null, ["DMN_SEVERAL_RULES"]],
    ["ANY", 15, null, ["DMN_SEVERAL_RULES"]],
    ["FIRST", 25, "low", []],
    ["PRIORITY", 25, "high", []],
    ["RULE ORDER", 25, ["low", "high", "high"], []],
    ["OUTPUT ORDER", 25, ["high", "high", "low"], []],
    ["COLLECT", 15, ["low", "high"], []],
    ["COLLECT", 0, [], []],
    ["FIRST", 0, null, ["DMN_NO_RULE"]],
  ] as const)("%s of %d gives %j", (hitPolicy, x, value, codes) => {
    expect(result(tableModel({ hitPolicy, outputs, rules }), "d", { x })).toEqual({ value, codes });
  });

  it.each([
    ["SUM", 60],
    ["MIN", 10],
    ["MAX", 30],
    ["COUNT", 3],
  ] as const)("COLLECT %s adds up the rules that match", (aggregation, value) => {
    const amounts = [rule(["> 0"], "10"), rule(["> 1"], "20"), rule(["> 2"], "30"), rule(["< 0"], "99")];
    const prepared = tableModel({ hitPolicy: "COLLECT", aggregation, outputs: [{}], rules: amounts });
    expect(result(prepared, "d", { x: 5 }).value).toBe(value);
  });

  it("ANY takes rules that agree, and defaults stand in where no rule matches", () => {
    const agree = [rule(["> 0"], '"a"', "1"), rule(["> 10"], '"a"', "1.0")];
    const two = [{ name: "grade" }, { name: "rate", default: "0" }];
    const prepared = tableModel({ hitPolicy: "ANY", outputs: two, rules: agree });
    expect(result(prepared, "d", { x: 11 })).toEqual({ value: { grade: "a", rate: 1 }, codes: [] });
    expect(result(prepared, "d", { x: -1 })).toEqual({ value: { grade: null, rate: 0 }, codes: [] });
  });

  it("names the rules that match together", () => {
    const { diagnostics } = tableModel({ hitPolicy: "UNIQUE", outputs, rules }).decide("d", { x: 25 });
    expect(diagnostics[0]?.message).toEqual({ zh: "第 1, 2, 3 条规则同时命中", en: "rules 1, 2, 3 match together" });
  });

  it("refuses an input that its column does not allow", () => {
    const logic = boxedOfTable({
      hitPolicy: "FIRST",
      inputs: [{ expression: "x", allowedValues: "[0..9]" }],
      outputs: [{}],
      rules: [rule(["-"], "1")],
    });
    const prepared = prepareDmn(model({ inputs: [input("x")], decisions: [decision("d", logic, { inputs: ["#x"] })] }));
    expect(result(prepared, "d", { x: 9 }).value).toBe(1);
    expect(result(prepared, "d", { x: 10 })).toEqual({ value: null, codes: ["DMN_WRONG_TYPE"] });
  });
});

describe("requirements", () => {
  it("gives a decision what it requires and nothing else", () => {
    const prepared = prepareDmn(
      model({
        inputs: [input("家庭人均月收入", "number"), input("低保标准", "number")],
        decisions: [
          decision("差额", literal("低保标准 - 家庭人均月收入"), { inputs: ["#家庭人均月收入", "#低保标准"] }),
          decision("应保", literal("差额 > 0"), { decisions: ["#差额"] }, "boolean"),
          decision("越权", literal("低保标准"), {}),
        ],
      }),
    );
    const inputs = { 家庭人均月收入: 500, 低保标准: 740 };
    expect(result(prepared, "应保", inputs)).toEqual({ value: true, codes: [] });
    expect(result(prepared, "越权", inputs)).toEqual({ value: null, codes: ["UNKNOWN_NAME"] });
    expect(toJson(prepared.decideAll(inputs, { decisions: ["差额", "应保"] }).value)).toEqual({
      差额: 240,
      应保: true,
    });
  });

  it("tells missing inputs, wrong types, missing logic, unknown references and circles, and throws for none", () => {
    const { logic: _, ...empty } = decision("empty", literal("1"));
    const prepared = prepareDmn(
      model({
        inputs: [input("n", "number")],
        decisions: [
          decision("d", literal("n"), { inputs: ["#n"] }),
          decision("typed", literal('"x"'), {}, "number"),
          decision("broken", literal("1 +")),
          decision("lost", literal("1"), { decisions: ["#nowhere"] }),
          decision("a", literal("b"), { decisions: ["#b"] }),
          decision("b", literal("a"), { decisions: ["#a"] }),
          empty,
        ],
      }),
    );
    expect(result(prepared, "d")).toEqual({ value: null, codes: ["DMN_MISSING_INPUT"] });
    expect(result(prepared, "d", { n: "x" }).codes).toEqual(["DMN_WRONG_TYPE"]);
    expect(result(prepared, "d", { n: 1, other: 2 }).codes).toEqual(["DMN_UNKNOWN_ELEMENT"]);
    expect(result(prepared, "typed")).toEqual({ value: null, codes: ["DMN_WRONG_TYPE"] });
    expect(result(prepared, "broken")).toEqual({ value: null, codes: ["DMN_SYNTAX"] });
    expect(result(prepared, "a")).toEqual({ value: null, codes: ["DMN_CIRCULAR"] });
    expect(result(prepared, "empty")).toEqual({ value: null, codes: ["DMN_NO_LOGIC"] });
    expect(result(prepared, "none")).toEqual({ value: null, codes: ["DMN_UNKNOWN_ELEMENT"] });
    expect(prepared.faults.map(({ code, element }) => `${code} ${element}`)).toEqual([
      "DMN_SYNTAX broken",
      "DMN_UNKNOWN_ELEMENT lost",
      "DMN_CIRCULAR a",
      "DMN_CIRCULAR b",
    ]);
  });

  it("says whose expression a fault is in", () => {
    const prepared = prepareDmn(
      model({
        decisions: [decision("a", literal("1 / 0")), decision("b", literal("a + 1"), { decisions: ["#a"] })],
      }),
    );
    expect(prepared.decide("b", {}).diagnostics.map(({ element, text }) => [element, text])).toEqual([
      ["a", "1 / 0"],
      ["b", "a + 1"],
    ]);
  });

  it("finds imported decisions under the name of the import", () => {
    const other = model({ namespace: "urn:o", name: "o", decisions: [decision("rate", literal("0.5"))] });
    const own = model({
      imports: [{ name: "tax", namespace: "urn:o", importType: "https://www.omg.org/spec/DMN/20230324/MODEL/" }],
      decisions: [decision("d", literal("tax.rate * 2"), { decisions: ["urn:o#rate"] })],
    });
    expect(result(prepareDmn(own, [other]), "d")).toEqual({ value: 1, codes: [] });
    expect(prepareDmn(own).faults.map(({ code }) => code)).toEqual(["DMN_UNKNOWN_IMPORT", "DMN_UNKNOWN_ELEMENT"]);
  });

  it("calls services with their input data first, then their input decisions", () => {
    const prepared = prepareDmn(
      model({
        inputs: [input("n", "number")],
        decisions: [
          decision("base", literal("100")),
          decision("sum", literal("base + n"), { decisions: ["#base"], inputs: ["#n"] }),
          decision("call", literal("add(2, 40)"), { knowledge: ["#add"] }),
        ],
        services: [
          {
            id: "add",
            name: "add",
            variable: { name: "add" },
            outputs: ["#sum"],
            encapsulated: [],
            inputDecisions: ["#base"],
            inputData: ["#n"],
          },
        ],
      }),
    );
    expect(result(prepared, "call")).toEqual({ value: 42, codes: [] });
    expect(toJson(prepared.decideService("add", { n: 1, base: 5 }).value)).toEqual({ sum: 6 });
  });

  it("lets knowledge call itself", () => {
    const variable = { name: "factorial" };
    const requires = { decisions: [], inputs: [], knowledge: ["#factorial"], sources: [] };
    const body = literal("if n <= 1 then 1 else n * factorial(n - 1)");
    const prepared = prepareDmn(
      model({
        knowledge: [
          {
            id: "factorial",
            name: "factorial",
            variable,
            requires,
            logic: { kind: "function", language: "FEEL", parameters: [{ name: "n", typeRef: "number" }], body },
          },
        ],
        decisions: [decision("d", literal("factorial(20)"), { knowledge: ["#factorial"] })],
      }),
    );
    expect(result(prepared, "d").value).toBe("2432902008176640000");
  });
});

describe("item definitions", () => {
  const items: DmnModel["items"] = [
    { name: "tAge", typeRef: "number", isCollection: false, allowedValues: "[0..150]", components: [] },
    { name: "tAges", typeRef: "tAge", isCollection: true, typeConstraint: "count(?) <= 2", components: [] },
    {
      name: "tPerson",
      isCollection: false,
      components: [
        { name: "full name", typeRef: "string", isCollection: false, components: [] },
        { name: "age", typeRef: "tAge", isCollection: false, components: [] },
      ],
    },
  ];
  const prepared = prepareDmn(
    model({
      items,
      inputs: [input("ages", "tAges"), input("p", "tPerson")],
      decisions: [
        decision("all", literal("ages"), { inputs: ["#ages"] }),
        decision("name", literal("p.full name"), { inputs: ["#p"] }),
      ],
    }),
  );

  it("constrain values and lists, and wrap a single value as a list", () => {
    expect(result(prepared, "all", { ages: [1, 150] })).toEqual({ value: [1, 150], codes: [] });
    expect(result(prepared, "all", { ages: 7 })).toEqual({ value: [7], codes: [] });
    expect(result(prepared, "all", { ages: [1, 151] })).toEqual({ value: null, codes: ["DMN_WRONG_TYPE"] });
    expect(result(prepared, "all", { ages: [1, 2, 3] })).toEqual({ value: null, codes: ["DMN_WRONG_TYPE"] });
  });

  it("bring names with spaces to the expressions over their values", () => {
    expect(result(prepared, "name", { p: { "full name": "李雷", age: 30 } })).toEqual({ value: "李雷", codes: [] });
    expect(result(prepared, "name", { p: { "full name": "李雷", age: 200 } }).codes).toContain("DMN_WRONG_TYPE");
  });
});
