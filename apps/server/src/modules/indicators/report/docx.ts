import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  type IContext,
  type IParagraphStyleOptions,
  type IXmlableObject,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  Table,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import { ChartRun } from "docx/charts";
import type { ReportBlock, ReportChart, ReportDocument, ReportInline } from "./report-document.ts";

/** Width of the text on A4 with margins of 2.4 cm, in twentieths of a point. */
const TEXT_WIDTH = 11906 - 2 * 1361;
const LEVELS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;
const LINE = { style: BorderStyle.SINGLE, size: 4, color: "999999" };
const NO_LINE = { style: BorderStyle.NONE, size: 0, color: "auto" };

/** A report as a Word document: real headings, tables whose header repeats on every page, text that can be edited. */
export async function writeDocx(report: ReportDocument): Promise<Uint8Array> {
  const isChinese = report.language === "zh";
  const body = { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "SimSun" };
  const heading = { ascii: "Arial", hAnsi: "Arial", eastAsia: "SimHei" };
  const document = new Document({
    title: report.title,
    styles: {
      paragraphStyles: cellStyles(),
      default: {
        document: {
          run: { font: body, size: 21, language: { value: isChinese ? "zh-CN" : "en-GB", eastAsia: "zh-CN" } },
          paragraph: { spacing: { line: 360, after: 120 } },
        },
        heading1: {
          run: { font: heading, size: 36, bold: true },
          paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 240, after: 360 } },
        },
        heading2: { run: { font: heading, size: 28, bold: true }, paragraph: { spacing: { before: 240, after: 160 } } },
        heading3: { run: { font: heading, size: 24, bold: true }, paragraph: { spacing: { before: 160, after: 120 } } },
      },
    },
    sections: [
      {
        properties: {
          page: { size: { width: 11906, height: 16838 }, margin: { top: 1474, bottom: 1474, left: 1361, right: 1361 } },
        },
        footers: { default: footerOf(report) },
        children: report.blocks.flatMap((block) => childrenOf(block, report)),
      },
    ],
  });
  return Packer.toBuffer(document);
}

/** Styles of table cells: a header, a word, a number, each also small for wide tables. */
function cellStyles(): IParagraphStyleOptions[] {
  const kinds = { Header: AlignmentType.CENTER, Word: AlignmentType.LEFT, Number: AlignmentType.RIGHT } as const;
  return Object.entries(kinds).flatMap(([kind, alignment]) =>
    [
      { id: `cell${kind}`, size: 18 },
      { id: `cell${kind}Small`, size: 15 },
    ].map(({ id, size }) => ({
      id,
      name: id,
      run: { size, bold: kind === "Header" },
      paragraph: { alignment, spacing: { line: 240, after: 0 } },
    })),
  );
}

function footerOf({ footer }: ReportDocument): Footer {
  const small = { size: 16, color: "5a5a5a" };
  return new Footer({
    children: [
      new Paragraph({
        tabStops: [{ type: "right", position: TEXT_WIDTH }],
        children: [
          new TextRun({ text: `${footer}\t`, ...small }),
          new TextRun({ children: [PageNumber.CURRENT], ...small }),
        ],
      }),
    ],
  });
}

function childrenOf(block: ReportBlock, report: ReportDocument): (Paragraph | Table)[] {
  switch (block.kind) {
    case "heading":
      return [new Paragraph({ heading: LEVELS[block.level], children: runsOf(block.text) })];
    case "paragraph":
      return [
        new Paragraph({
          alignment: AlignmentType.JUSTIFIED,
          ...(report.language === "zh" ? { indent: { firstLine: 420 } } : {}),
          children: runsOf(block.text),
        }),
      ];
    case "list":
      return block.items.map((item) => new Paragraph({ bullet: { level: 0 }, children: runsOf(item) }));
    case "page":
      return [new Paragraph({ children: [new PageBreak()] })];
    case "contents":
      return contentsOf(report);
    case "chart":
      return [chartOf(block)];
    case "table":
      return tableOf(block);
  }
}

/** A chart of Word's own: its figures can be opened and drawn anew. */
function chartOf({ form, caption, unit, categories, series, axis, told }: ReportChart): Paragraph {
  const height = form === "line" ? 300 : 80 + 22 * categories.length;
  const common = {
    title: { text: caption },
    legend: series.length > 1 ? { position: "bottom" as const } : (false as const),
    valueAxis: {
      minimum: axis.low,
      maximum: axis.high,
      interval: axis.ticks[1]! - axis.ticks[0]!,
      ...(unit !== "" && { title: unit }),
    },
    transformation: { width: 600, height },
    altText: { name: caption, description: told },
  };
  const chart =
    form === "line"
      ? new ChartRun({ type: "line", markers: true, categories, series, ...common })
      : // Word draws the first bar at the bottom.
        new ChartRun({
          type: "bar",
          categories: categories.toReversed(),
          series: series.map(({ name, values }) => ({ name, values: values.toReversed() })),
          ...common,
        });
  return new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, children: [chart] });
}

function runsOf(inlines: readonly ReportInline[]): TextRun[] {
  return inlines.flatMap(({ text, note }) => [
    new TextRun(text),
    ...(note === undefined ? [] : [new TextRun({ text: String(note), superScript: true })]),
  ]);
}

/** The headings as they stand: Word's own contents would be empty until somebody updates its fields. */
function contentsOf({ blocks }: ReportDocument): Paragraph[] {
  return blocks.flatMap((block) =>
    block.kind === "heading" && block.level > 1
      ? [
          new Paragraph({
            indent: { left: (block.level - 2) * 420 },
            children: [new TextRun(block.text.map(({ text }) => text).join(""))],
          }),
        ]
      : [],
  );
}

function tableOf({
  caption,
  header,
  rows,
  source,
  plain,
}: Extract<ReportBlock, { kind: "table" }>): (Paragraph | Table)[] {
  const isWide = header.length > 8;
  const first = Math.floor(TEXT_WIDTH * (plain ? 1 / header.length : 2 / (header.length + 1)));
  const other = Math.floor((TEXT_WIDTH - first) / Math.max(1, header.length - 1));
  const widths = header.map((_, column) => (column === 0 ? first : other));
  const row = (texts: readonly string[], isHeader: boolean) =>
    new TextRow(
      texts.map((text, column) => {
        const kind = isHeader ? "Header" : column === 0 || plain ? "Word" : "Number";
        return { text, style: `cell${kind}${isWide ? "Small" : ""}`, width: widths[column]! };
      }),
      isHeader,
    );
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      keepNext: true,
      spacing: { before: 200, after: 80 },
      children: [new TextRun({ text: caption, bold: true })],
    }),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      columnWidths: widths,
      borders: {
        top: LINE,
        bottom: LINE,
        insideHorizontal: LINE,
        left: NO_LINE,
        right: NO_LINE,
        insideVertical: NO_LINE,
      },
      rows: [row(header, true), ...rows.map((cells) => row(cells, false))],
    }),
    new Paragraph({
      spacing: { before: 60, after: 200, line: 240 },
      children: [new TextRun({ text: source, size: 15, color: "5a5a5a" })],
    }),
  ];
}

interface TextCell {
  readonly text: string;
  readonly style: string;
  /** In twentieths of a point. */
  readonly width: number;
}

/** A row whose cells hold one line of text each: written straight away, for a report has thousands of cells and an object for every part of one is slow. */
class TextRow extends TableRow {
  readonly #cells: readonly TextCell[];
  readonly #isHeader: boolean;

  constructor(cells: readonly TextCell[], isHeader: boolean) {
    super({ children: [] });
    this.#cells = cells;
    this.#isHeader = isHeader;
  }

  override prepForXml(_: IContext): IXmlableObject {
    const properties = { "w:trPr": [{ "w:cantSplit": {} }, ...(this.#isHeader ? [{ "w:tblHeader": {} }] : [])] };
    return { "w:tr": [properties, ...this.#cells.map(xmlOfCell)] };
  }
}

const xmlOfCell = ({ text, style, width }: TextCell) => ({
  "w:tc": [
    { "w:tcPr": [{ "w:tcW": { _attr: { "w:type": "dxa", "w:w": width } } }] },
    {
      "w:p": [
        { "w:pPr": [{ "w:pStyle": { _attr: { "w:val": style } } }] },
        { "w:r": [{ "w:t": [{ _attr: { "xml:space": "preserve" } }, text] }] },
      ],
    },
  ],
});
