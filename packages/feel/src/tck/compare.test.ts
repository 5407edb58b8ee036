import { describe, expect, it } from "vitest";
import { parseNumber } from "../numbers.ts";
import type { FeelValue } from "../values.ts";
import { isExpected } from "./compare.ts";
import { readTckFile } from "./read.ts";
import { csvOf } from "./run.ts";
import { toFeelValue } from "./values.ts";

const number = (text: string) => parseNumber(text) as FeelValue;

describe("comparing results", () => {
  it("is exact for finite decimals, and within 1e-8 for results of more than 15 digits", () => {
    expect(isExpected(number("0.3"), number("0.30000000001"))).toBe(false);
    expect(isExpected(number("1000000000000"), number("1000000000001"))).toBe(false);
    expect(isExpected(number("0.33333333"), number("0.3333333333333333333333333333333333"))).toBe(true);
    expect(isExpected(number("0.3333333"), number("0.3333333333333333333333333333333333"))).toBe(false);
  });

  it("takes no value of one kind for another, and no context with an entry too many", () => {
    expect(isExpected("1", 1)).toBe(false);
    expect(isExpected(null, false)).toBe(false);
    expect(isExpected({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(isExpected([1, [2]], [1, [2]])).toBe(true);
    expect(isExpected([1, 2], [2, 1])).toBe(false);
  });
});

describe("reading test files", () => {
  const file = (inner: string) => `<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
    xmlns:x="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
    <modelName>m.dmn</modelName><testCase id="1">${inner}</testCase></testCases>`;

  it("reads values, lists, components and nulls, with the schema-instance prefix of the file", () => {
    const { cases } = readTckFile(
      file(`<inputNode name="i"><component name="a"><list><item><value x:type="xsd:date">2024-02-29</value></item></list>
        </component><component name="b"><value x:nil="true"/></component></inputNode>
        <resultNode name="r" errorResult="true"><expected><value x:type="xsd:string"> a &lt;b </value></expected></resultNode>`),
    );
    expect(cases[0]?.inputs[0]?.value).toEqual({
      kind: "context",
      entries: [
        { name: "a", value: { kind: "list", items: [{ kind: "value", type: "date", text: "2024-02-29" }] } },
        { name: "b", value: { kind: "null" } },
      ],
    });
    expect(cases[0]?.results).toEqual([
      { name: "r", expected: { kind: "value", type: "string", text: " a <b " }, errorResult: true },
    ]);
  });

  it("throws for a value that is none of its type", () => {
    expect(() => toFeelValue({ kind: "value", type: "date", text: "2024-02-30" })).toThrow("not an xsd:date");
  });

  it("refuses what is no test file, with the place", () => {
    expect(() => readTckFile("<a>\n<b></a>", "t.xml")).toThrow("t.xml:2:4");
    expect(() => readTckFile("<a/>", "t.xml")).toThrow("The root element is <a>");
  });
});

describe("the result format", () => {
  it("quotes fields and puts a comment on one line", () => {
    const failure = { folder: "f", file: "t.xml", case: "1", node: "n", expected: 'a "b"', actual: "c\nd" };
    expect(csvOf([{ folder: "f", file: "t.xml", case: "1", failures: [failure] }])).toBe(
      '"f","t","1","ERROR","n: expected a ""b"", got c d"\n',
    );
  });
});
