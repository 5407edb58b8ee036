import { inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { freezeSnapshot, readSnapshot, type SnapshotContent, type SnapshotValue } from "../report-snapshot.ts";
import { bindReport } from "./bind-report.ts";
import { openFigures } from "./figure-lookup.ts";
import { annualTemplate, createReportBinder } from "./make-report.ts";
import { readTemplate } from "./read-template.ts";
import { createReportSetter } from "./set-report.ts";

const both = (zh: string, en = zh) => ({ zh, en });
const indicator = (code: string, zh: string, decimals = 1, unit = both("%")) => ({
  code,
  name: both(zh, code),
  unit,
  decimals,
  direction: 1 as const,
  source: both("清平市统计局", "Qingping statistics"),
});
const value = (
  indicator: string,
  period: string,
  number: number | null,
  more: Partial<SnapshotValue> = {},
): SnapshotValue => ({
  indicator,
  area: "qp",
  period,
  value: number,
  status: number === null ? "missing" : "ok",
  ...more,
});
const content: SnapshotContent = {
  listVersion: "2023-08",
  indicators: [
    indicator("level", "水平得分", 2, both("", "")),
    indicator("equality", "均等程度", 2, both("", "")),
    indicator("score", "均等化得分", 2, both("", "")),
    indicator("beds.care", "护理型床位占比"),
    indicator("childcare", "每千人口托位数", 2, both("个", "places")),
    indicator("satisfaction", "满意度"),
    indicator("fund", "基金结余", 0, both("元", "yuan")),
  ],
  areas: [
    { code: "qp", name: both("清平市", "Qingping") },
    { code: "qp-1", name: both("东河区", "Donghe"), parent: "qp" },
    { code: "qp-2", name: both("西山县", "Xishan"), parent: "qp" },
  ],
  values: [
    ...["2023", "2024"].flatMap((year, i) =>
      ["level", "equality", "score"].map((code) => value(code, year, 0.8 + i / 10)),
    ),
    value("beds.care", "2023", 57.26),
    value("beds.care", "2024", 59.56),
    value("childcare", "2023", 4.1),
    value("childcare", "2024", 4.1),
    value("satisfaction", "2023", 79.1, { low: 76.9, high: 81.3 }),
    value("satisfaction", "2024", 80.3, { low: 78.2, high: 82.4 }),
    value("fund", "2024", -1234567.4),
    value("childcare", "2022", null),
    value("fund", "2023", null, {
      status: "failed",
      reason: both("分项之和不等于合计", "parts do not sum to the whole"),
    }),
    value("beds.care", "2024", 61, { area: "qp-1" }),
    value("beds.care", "2024", null, { area: "qp-2", status: "suppressed" }),
  ],
};
const snapshot = freezeSnapshot(content);
const book = openFigures(snapshot);
const request = { area: "qp", period: "2024", language: "zh" } as const;
const bind = (template: string, language: "zh" | "en" = "zh") =>
  bindReport(readTemplate(template), book, { ...request, language });
const textOf = (template: string, language: "zh" | "en" = "zh") => {
  const block = bind(template, language).blocks[0]!;
  return block.kind === "paragraph" ? block.text.map(({ text }) => text).join("") : "";
};

describe("a frozen snapshot", () => {
  it("has the hash of its content, whatever the order of codes and values", () => {
    const turned = { ...content, indicators: content.indicators.toReversed(), values: content.values.toReversed() };
    expect(freezeSnapshot(turned).hash).toBe(snapshot.hash);
    expect(readSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
  });
  it("is refused when a single digit of it was changed after freezing", () => {
    fc.assert(
      fc.property(fc.nat(content.values.length - 1), (i) => {
        const values = content.values.map((one, k) =>
          k === i && one.value !== null ? { ...one, value: one.value + 0.1 } : one,
        );
        const changed = { ...snapshot, values };
        if (content.values[i]!.value === null) return;
        expect(() => readSnapshot(changed)).toThrow(expect.objectContaining({ code: "REPORT-SNAPSHOT" }));
      }),
    );
  });
  it.each([
    ["a value of no indicator", { values: [value("nothing", "2024", 1)] }, "no indicator nothing"],
    ["a value of no area", { values: [value("level", "2024", 1, { area: "x" })] }, "no area x"],
    ["a figure twice", { values: [value("level", "2024", 1), value("level", "2024", 2)] }, "stands twice"],
    [
      "missing with a value",
      { values: [value("level", "2024", 1, { status: "missing" })] },
      "is missing and has the value 1",
    ],
    ["half an interval", { values: [value("level", "2024", 1, { low: 0 })] }, "half an interval"],
    ["a period that is none", { values: [value("level", "2024-13", 1)] }, "period"],
  ])("is refused with %s", (_, wrong, told) => {
    expect(() => readSnapshot(freezeSnapshot({ ...content, ...wrong }))).toThrow(told);
  });
});

describe("numbers bound into text", () => {
  it("are written as published, with unit, thousands and note; the same figure has one note", () => {
    expect(textOf("护理型床位{{beds.care}}，去年{{beds.care@-1}}，结余{{fund}}。")).toBe(
      "护理型床位59.6%，去年57.3%，结余-1,234,567元。",
    );
    expect(textOf("{{childcare}} in {{area}}, {{period}}", "en")).toBe("4.10 places in Qingping, 2024");
    const block = bind("{{level}} {{beds.care}} {{level}}").blocks[0]!;
    expect(block.kind === "paragraph" && block.text.flatMap(({ note }) => note ?? [])).toEqual([1, 2, 1]);
  });
  it("changes are written by the program: up, unchanged, or inside the margin of error", () => {
    expect(textOf("{{beds.care change -1}}")).toBe("上升2.3个百分点");
    expect(textOf("{{beds.care change -1}}", "en")).toBe("up 2.3 percentage points");
    expect(textOf("{{childcare change -1}}")).toBe("持平");
    // 80.3 ± 2.1 against 79.1 ± 2.2: the difference of 1.2 is known within 3.04.
    expect(textOf("{{satisfaction change 2023}}")).toBe("变化在误差范围内");
  });
  it("notes and tables cite source, period, snapshot and list version", () => {
    const document = bind(
      '{{satisfaction}}\n\n::table caption="床位" indicators=beds.* areas=children missing=show\n\n::notes',
    );
    const tables = document.blocks.flatMap((block) => (block.kind === "table" ? [block] : []));
    expect(tables[0]!.rows).toEqual([
      ["东河区", "61.0"],
      ["西山县", "*"],
    ]);
    for (const { source } of tables) {
      expect(source).toContain(snapshot.hash.slice(0, 16));
      expect(source).toContain("2023-08");
    }
    expect(tables[0]!.source).toContain("清平市统计局");
    expect(tables[1]!.rows).toEqual([["1", "满意度", "清平市", "2024年", "80.3%（78.2 至 82.4）", "清平市统计局"]]);
    expect(document.figures).toBe(2);
  });
  it.each([
    ["REPORT-UNBOUND", "{{nothing}}", "nothing@2024:qp (template:1)"],
    ["REPORT-UNBOUND", "\n{{level@1999}}", "level@1999:qp (template:2)"],
    ["REPORT-UNBOUND", "{{level@2024:zz}}", "level@2024:zz"],
    ["REPORT-MISSING", "{{childcare@2022}}", "childcare@2022:qp"],
    ["REPORT-MISSING", "{{beds.care@2024:qp-2}}", "beds.care@2024:qp-2"],
    ["REPORT-FAILED", "{{fund@-1}}", "分项之和不等于合计"],
    ["REPORT-FAILED", "{{fund change -1}}", "fund@2023:qp"],
    ["REPORT-CLAIM", "{{childcare rose -1 提高}}", "childcare@2024:qp rose 2023: 4.10个 → 4.10个"],
    ["REPORT-CLAIM", "{{beds.care fell -1 下降}}", "beds.care@2024:qp fell"],
    ["REPORT-CLAIM", "满意度{{satisfaction rose -1 提高}}", "satisfaction@2024:qp"],
    ["REPORT-MISSING", '::table caption="x" indicators=beds.* areas=children', "beds.care@2024:qp-2"],
    ["REPORT-FAILED", '::table caption="x" indicators=fund periods=2023..2024 missing=show', "fund@2023:qp"],
    ["REPORT-UNBOUND", '::table caption="x" indicators=zz*', "zz*"],
  ])("%s stops the build with the figure's name: %s", (code, template, place) => {
    expect(() => bind(template)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(place) }));
  });
  it("a claim that holds is written as it stands; all faults are told at once", () => {
    expect(textOf("{{beds.care rose -1 提高到}}{{beds.care}}")).toBe("提高到59.6%");
    expect(() => bind("{{a1}} {{fund@-1}}")).toThrow(
      expect.objectContaining({
        code: "REPORT-UNBOUND",
        places: ["a1@2024:qp (template:1)", expect.stringContaining("REPORT-FAILED fund@2023:qp")],
      }),
    );
    expect(() => bindReport(readTemplate("x"), book, { ...request, area: "nowhere" })).toThrow(
      expect.objectContaining({ code: "REPORT-AREA" }),
    );
  });
});

describe("a template", () => {
  it.each([
    ["an unknown directive", "::chart", "1: "],
    ["a heading too deep", "#### x", "1: "],
    ["braces that do not close", "a\n\n{{level", "3: "],
    ["a figure that is none", "{{level in 2024}}", "{{level in 2024}}"],
    ["a claim without words", "{{level rose -1}}", "{{level rose -1}}"],
    ["a table without indicators", '::table caption="x"', "needs caption and indicators"],
    ["a table of a setting it does not have", '::table caption="x" indicators=level colour=red', "knows no colour"],
    ["a table of areas and years", '::table caption="x" indicators=level areas=all periods=-1..-0', "one period"],
    ["nothing at all", "// only a remark", "empty"],
  ])("is refused with %s", (_, text, told) => {
    expect(() => readTemplate(text)).toThrow(
      expect.objectContaining({ code: "REPORT-TEMPLATE", message: expect.stringContaining(told) }),
    );
  });
});

describe("the annual report, in both formats", () => {
  /** The text of a Word document: its main part, without tags. */
  const docxText = (bytes: Uint8Array) => {
    const file = Buffer.from(bytes);
    const end = file.lastIndexOf("PK\u0005\u0006");
    let at = file.readUInt32LE(end + 16);
    for (let i = 0; i < file.readUInt16LE(end + 10); i++) {
      const [packed, name, extra, comment, local] = [20, 28, 30, 32, 42].map((offset, k) =>
        k === 0 || k === 4 ? file.readUInt32LE(at + offset) : file.readUInt16LE(at + offset),
      ) as [number, number, number, number, number];
      if (file.toString("utf8", at + 46, at + 46 + name) === "word/document.xml") {
        const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
        return inflateRawSync(file.subarray(start, start + packed))
          .toString("utf8")
          .replace(/<[^>]+>/g, "");
      }
      at += 46 + name + extra + comment;
    }
    return "";
  };
  /** Every character that a PDF's fonts can give back when its text is selected. */
  const pdfCharacters = (bytes: Uint8Array) => {
    const maps = Buffer.from(bytes)
      .toString("latin1")
      .matchAll(/beginbfchar([\s\S]*?)endbfchar/g);
    const codes = [...maps].flatMap(([, map]) =>
      [...map!.matchAll(/<\w{4}> <(\w{4})>/g)].map(([, code]) => Number.parseInt(code!, 16)),
    );
    return new Set(codes.map((code) => String.fromCharCode(code)));
  };
  it.each(["zh", "en"] as const)(
    "%s: set from one document; every number of the text stands in the Word file; the PDF has an embedded font and selectable text",
    async (language) => {
      const kept = { ...content, values: content.values.filter(({ status }) => status !== "failed") };
      const bind = createReportBinder(await annualTemplate(language), freezeSnapshot(kept));
      const document = bind({ ...request, language });
      const { docx, pdf, pages } = await createReportSetter()(document);
      expect(pages).toBeGreaterThanOrEqual(3);
      const word = docxText(docx);
      for (const block of document.blocks) {
        const texts =
          block.kind === "table"
            ? [...block.rows.flat(), block.source]
            : block.kind === "paragraph"
              ? block.text.map(({ text }) => text)
              : [];
        for (const text of texts) expect(word).toContain(text.replaceAll("&", "&amp;").trim());
      }
      const raw = Buffer.from(pdf).toString("latin1");
      expect(raw.startsWith("%PDF-")).toBe(true);
      expect(raw).toMatch(/FontFile3/);
      const characters = pdfCharacters(pdf);
      for (const character of new Set(`${document.title.replaceAll(" ", "")}0123456789.`))
        expect(characters).toContain(character);
    },
  );
  it("text that looks like markup is set as text", async () => {
    const odd = {
      ...content,
      areas: [{ code: "qp", name: both("#pagebreak() *清平* \\ <b>&", "x") }],
      values: content.values.filter(({ area }) => area === "qp"),
    };
    const bind = createReportBinder("# {{area}}\n\n{{level}}", freezeSnapshot(odd));
    const { pages, docx } = await createReportSetter()(bind(request));
    expect(pages).toBe(1);
    expect(docxText(docx)).toContain("#pagebreak() *清平* \\ &lt;b&gt;&amp;");
  });
});
