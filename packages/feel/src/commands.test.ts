import { describe, expect, it } from "vitest";
import { dmnCommand, feelCommand } from "./commands.ts";
import { dmnOfTable } from "./dmn/table.ts";
import { writeDmn } from "./dmn/write.ts";

describe("the feel command", () => {
  it("gives plain JSON and the cause of a null", () => {
    expect(feelCommand("x + 0.2", { x: 0.1 })).toEqual({ value: 0.3, diagnostics: [] });
    expect(feelCommand('date("2024-01-31") + duration("P1M")').value).toBe("2024-02-29");
    const { value, diagnostics } = feelCommand("1 / 0");
    expect(value).toBeNull();
    expect(diagnostics).toMatchObject([{ code: "DIVISION_BY_ZERO", message: { zh: "除数为零" }, from: 0, to: 5 }]);
  });

  it("tells where a text is no FEEL, and refuses a context that is no object", () => {
    expect(feelCommand("1 +")).toMatchObject({ value: null, diagnostics: [{ code: "FEEL_SYNTAX", from: 3 }] });
    expect(() => feelCommand("1", [1])).toThrow("not a context");
  });
});

describe("the dmn command", () => {
  const rule = (cell: string, result: string) => ({ when: [cell], ["then" as const]: [result] });
  const table = dmnOfTable(
    {
      hitPolicy: "UNIQUE",
      inputs: [{ expression: "age", type: "number" }],
      outputs: [{ type: "string" }],
      rules: [rule("< 60", '"no"'), rule("[60..80)", '"yes"'), rule(">= 79", '"more"')],
    },
    { decision: "allowance", namespace: "urn:t" },
  );

  it("evaluates all decisions or one, and tells what is wrong with the tables", async () => {
    const xml = await writeDmn(table);
    const all = await dmnCommand(xml, { age: 61 });
    expect(all).toMatchObject({ value: { allowance: "yes" }, diagnostics: [] });
    expect(all.tables).toMatchObject([
      { decision: "allowance", findings: [{ code: "table-overlap", rows: [2, 3], where: ["[79..80)"] }] },
    ]);
    const one = await dmnCommand(xml, { age: 79 }, { decision: "allowance" });
    expect(one).toMatchObject({ value: null, diagnostics: [{ code: "DMN_SEVERAL_RULES", element: "allowance" }] });
  });

  it("throws a DmnFileError for what is no DMN", async () => {
    await expect(dmnCommand("<a/>", {}, { file: "a.dmn" })).rejects.toMatchObject({
      code: "dmn-namespace",
      file: "a.dmn",
    });
  });
});
