import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromJson, toJson } from "../json.ts";
import type { FeelContext } from "../values.ts";
import { type PreparedDmn, prepareDmn } from "./decide.ts";
import type { Boxed, Decision, DmnModel, KnowledgeModel } from "./model.ts";
import { boxedOfTable, type Rule } from "./table.ts";

/*
 * What types prove is not checked when a model is evaluated. Here the same is asked for in two forms, of which the types prove
 * one: values and causes have to be the same.
 */

const literal = (text: string): Boxed => ({ kind: "literal", text });
const rule = (when: readonly string[], ...results: readonly string[]): Rule => ({ when, ["then" as const]: results });
const noRequirements = { decisions: [], inputs: [], knowledge: [], sources: [] };

function decision(name: string, logic: Boxed, requires: Partial<Decision["requires"]>, typeRef?: string): Decision {
  const variable = typeRef === undefined ? { name } : { name, typeRef };
  return { id: name, name, variable, requires: { ...noRequirements, ...requires }, logic };
}

const parameters = [
  { name: "count", typeRef: "number" },
  { name: "colour", typeRef: "tColour" },
];

function knowledge(name: string, body: Boxed, requires: readonly string[] = []): KnowledgeModel {
  const logic = { kind: "function" as const, language: "FEEL" as const, parameters, body };
  return { id: name, name, variable: { name }, requires: { ...noRequirements, knowledge: requires }, logic };
}

function invocation(called: string, count: string, colour: string): Boxed {
  const bindings = [
    { parameter: { name: "colour" }, value: literal(colour) },
    { parameter: { name: "count" }, value: literal(count) },
  ];
  return { kind: "invocation", called: literal(called), bindings };
}

function prepared(parts: Partial<DmnModel>): PreparedDmn {
  const empty = { imports: [], inputs: [], decisions: [], knowledge: [], services: [], sources: [] };
  const items: DmnModel["items"] = [
    { name: "tColour", isCollection: false, typeRef: "string", allowedValues: '"red", "green"', components: [] },
    {
      name: "tThing",
      isCollection: false,
      components: [
        { name: "colour", isCollection: false, typeRef: "tColour", components: [] },
        { name: "count", isCollection: false, typeRef: "number", components: [] },
      ],
    },
  ];
  return prepareDmn({ id: "m", name: "m", namespace: "urn:m", items, ...empty, ...parts });
}

const typed = [{ id: "thing", name: "thing", variable: { name: "thing", typeRef: "tThing" } }];
const untyped = [{ id: "thing", name: "thing", variable: { name: "thing" } }];

const scalar = fc.constantFrom(null, 0, 3, 2.5, "red", "green", "blue", true, [7], ["red"], [1, 2], {});
const thing = fc.oneof(
  fc.record({ colour: fc.constantFrom("red", "green", null), count: fc.constantFrom(1, 2.5, null) }),
  fc.record({ colour: scalar, count: scalar }),
  scalar,
);

function told(prepared: PreparedDmn, name: string, inputs: unknown) {
  const { value, diagnostics } = prepared.decide(name, fromJson({ thing: inputs }) as FeelContext);
  return { value: toJson(value), codes: diagnostics.map(({ code }) => code) };
}

describe("a call of a knowledge model", () => {
  const table = boxedOfTable({
    hitPolicy: "UNIQUE",
    inputs: [{ expression: "colour" }, { expression: "count", type: "number" }],
    outputs: [{}],
    rules: [rule(['"red"', "> 1"], '"many red"'), rule(['"green"', "-"], "count * 2")],
  });
  const calls = (inputs: DmnModel["inputs"]) =>
    prepared({
      inputs,
      knowledge: [
        knowledge("inner", table),
        knowledge("outer", invocation("inner", "count + 1", "colour"), ["#inner"]),
      ],
      decisions: [
        decision("boxed", invocation("outer", "thing.count", "thing.colour"), {
          inputs: ["#thing"],
          knowledge: ["#outer"],
        }),
        decision("text", literal("outer(colour: thing.colour, count: thing.count)"), {
          inputs: ["#thing"],
          knowledge: ["#outer"],
        }),
      ],
    });

  it.each([
    ["typed", typed],
    ["not typed", untyped],
  ])("gives the same linked ahead as looked up, from inputs that are %s", (_, inputs) => {
    const called = calls(inputs);
    const property = fc.property(thing, (given) => {
      expect(told(called, "boxed", given)).toEqual(told(called, "text", given));
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("refuses arguments of other types, and tells it", () => {
    expect(told(calls(untyped), "boxed", { colour: "blue", count: 1 })).toEqual({
      value: null,
      codes: ["BAD_ARGUMENTS"],
    });
    expect(told(calls(typed), "boxed", { colour: "green", count: 1 })).toEqual({ value: 4, codes: [] });
  });

  it("may come from within itself", () => {
    const body: Boxed = {
      kind: "conditional",
      if: literal("count <= 1"),
      yes: literal("1"),
      no: {
        kind: "context",
        entries: [
          { variable: { name: "before", typeRef: "number" }, value: invocation("factorial", "count - 1", "colour") },
          { value: literal("count * before") },
        ],
      },
    };
    const requires = { inputs: ["#thing"], knowledge: ["#factorial"] };
    const decisions = [decision("d", invocation("factorial", "thing.count", "thing.colour"), requires)];
    const recursive = prepared({ inputs: typed, knowledge: [knowledge("factorial", body, ["#factorial"])], decisions });
    expect(told(recursive, "d", { colour: "red", count: 5 })).toEqual({ value: 120, codes: [] });
  });
});

describe("a path", () => {
  it("through a typed context tells as much as any", () => {
    const count = (inputs: DmnModel["inputs"]) =>
      prepared({ inputs, decisions: [decision("d", literal("thing.count"), { inputs: ["#thing"] })] });
    const [fromTyped, fromAny] = [count(typed), count(untyped)];
    const property = fc.property(thing, (given) => {
      const found = told(fromTyped, "d", given);
      // An input that is not of its type is null, and told as such first.
      if (found.codes[0] === "DMN_WRONG_TYPE") {
        expect(found.codes.slice(1)).toEqual(told(fromAny, "d", null).codes);
      } else expect(found).toEqual(told(fromAny, "d", Array.isArray(given) ? given[0] : given));
    });
    fc.assert(property, { numRuns: 300 });
  });
});

describe("a result", () => {
  const withOutput = (output: string) =>
    prepared({
      inputs: untyped,
      decisions: [
        decision(
          "d",
          boxedOfTable({
            hitPolicy: "FIRST",
            inputs: [{ expression: "thing" }],
            outputs: [{}],
            rules: [rule(["1"], '"red"'), rule(["-"], output)],
          }),
          { inputs: ["#thing"] },
          "tColour",
        ),
      ],
    });

  it("that some rule of a table may give wrongly is checked", () => {
    expect(told(withOutput('"blue"'), "d", 1)).toEqual({ value: "red", codes: [] });
    expect(told(withOutput('"blue"'), "d", 2)).toEqual({ value: null, codes: ["DMN_WRONG_TYPE"] });
    expect(told(withOutput("7"), "d", 2)).toEqual({ value: null, codes: ["DMN_WRONG_TYPE"] });
    expect(told(withOutput('["green"]'), "d", 2)).toEqual({ value: "green", codes: [] });
  });
});
