import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { DmnVersion } from "./model.ts";
import { readDmn } from "./read.ts";
import { writeDmn } from "./write.ts";
import { namespaces } from "./xml-schema.ts";

function decisionIn(version: DmnVersion, inner: string): string {
  return `<definitions xmlns="${namespaces[version].model}" id="d" name="m" namespace="urn:m">
    <decision id="a" name="A  b">${inner}</decision></definitions>`;
}

describe("reading DMN", () => {
  it.each(Object.keys(namespaces) as DmnVersion[])("reads the namespace of DMN %s", async (version) => {
    const { model, version: found } = await readDmn(
      decisionIn(version, "<literalExpression><text>1</text></literalExpression>"),
    );
    expect(found).toBe(version);
    expect(model.decisions).toMatchObject([{ id: "a", name: "A b", logic: { kind: "literal", text: "1" } }]);
  });

  it("reads the boxed expressions that DMN 1.4 added", async () => {
    const literal = (text: string) => `<literalExpression><text>${text}</text></literalExpression>`;
    const xml = decisionIn(
      "1.4",
      `<every iteratorVariable="x"><in>${literal("[1]")}</in><satisfies><conditional><if>${literal("a")}</if>
       <then>${literal("b")}</then><else>${literal("c")}</else></conditional></satisfies></every>`,
    );
    const { model } = await readDmn(xml);
    expect(model.decisions[0]?.logic).toMatchObject({
      kind: "every",
      variable: "x",
      in: { text: "[1]" },
      body: { kind: "conditional", if: { text: "a" }, yes: { text: "b" }, no: { text: "c" } },
    });
  });

  it.each([
    ["<a>\n<b></a>", "dmn-not-xml", 2],
    ["hello", "dmn-not-xml", 1],
    ["<definitions xmlns='urn:other'/>", "dmn-namespace", 1],
    [decisionIn("1.5", "</decision><decision id='a'>"), "dmn-duplicate-id", 2],
  ])("refuses %j with a code and the line", async (xml, code, line) => {
    await expect(readDmn(xml, "f.dmn")).rejects.toMatchObject({ name: "DmnFileError", code, file: "f.dmn", line });
  });

  it("says what it does not carry", async () => {
    const { notices } = await readDmn(decisionIn("1.3", "<frob/>"));
    expect(notices.join()).toContain("unknown type <dmn:Frob>");
  });
});

const tck = join(resolve(process.env.QINGDAN_SHARED ?? "../shared"), "data/dmn-tck");

describe.skipIf(!existsSync(tck))("writing DMN", () => {
  it("gives every model of the TCK back as it was", async () => {
    const files = ["compliance-level-2", "compliance-level-3"].flatMap((level) =>
      readdirSync(join(tck, level), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".dmn"))
        .map((file) => join(tck, level, file)),
    );
    expect(files).toHaveLength(150);
    for (const file of files) {
      const { model } = await readDmn(readFileSync(file, "utf8"), file);
      const again = await readDmn(await writeDmn(model), "written");
      expect(again.model, file).toEqual(model);
    }
  });
});
