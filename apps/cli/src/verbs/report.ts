import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import {
  annualTemplate,
  type MadeReport,
  makeReports,
  type ReportSnapshot,
  readSnapshot,
  sdmxData,
  sdmxStructure,
} from "@qingdan/server/indicators";
import { parseObject } from "../json-option.ts";
import { required, UsageError, type Values, type Verb } from "../verb.ts";

const FORMATS: readonly string[] = ["docx", "pdf", "sdmx"];

/**
 * One report a chosen area, each as DOCX and PDF; all figures of the snapshot once as SDMX-JSON 2.1. Every report is bound before the first file is
 * written.
 */
export const report: Verb = {
  usage:
    "--figures SNAPSHOT.json --period P --out DIR [--area CODE,CODE] [--template FILE] [--format docx,pdf,sdmx] [--agency ID]",
  options: {
    figures: { type: "string" },
    period: { type: "string" },
    out: { type: "string" },
    area: { type: "string" },
    template: { type: "string" },
    format: { type: "string" },
    agency: { type: "string" },
  },
  async run(context, values) {
    const read = (name: string) => readFile(path.resolve(context.cwd, name), "utf8");
    const formats = typeof values.format === "string" ? values.format.split(",") : ["docx", "pdf"];
    if (formats.some((format) => !FORMATS.includes(format)))
      throw new UsageError({ zh: `--format 应为 ${FORMATS.join("、")}`, en: `--format takes ${FORMATS.join(", ")}` });
    const [period, out] = [required(values, "period"), path.resolve(context.cwd, required(values, "out"))];
    const snapshot = readSnapshot(parseObject(await read(required(values, "figures")), "figures"));
    const template =
      typeof values.template === "string" ? await read(values.template) : await annualTemplate(context.language);
    const papers = formats.filter((format) => format !== "sdmx");
    const areas = typeof values.area === "string" ? values.area.split(",") : snapshot.areas.map(({ code }) => code);
    const { language, signal } = context;
    const requests = papers.length === 0 ? [] : areas.map((area) => ({ area, period, language }));
    const task = context.progress.task(context.say({ zh: "生成报告", en: "Making reports" }));
    const made: { area: string; pages: number; figures: number; files: string[] }[] = [];
    for await (const one of makeReports({ template, snapshot, requests, workers: availableParallelism(), signal })) {
      const { area } = requests[made.length]!;
      const files = await writePapers(one, papers, path.join(out, `${area}-${period}`));
      made.push({ area, pages: one.pages, figures: one.document.figures, files });
      task.update(made.length, requests.length);
    }
    task.finish();
    const sdmx = formats.includes("sdmx") ? await writeSdmx(out, snapshot, values) : [];
    context.answer({ snapshot: snapshot.hash, listVersion: snapshot.listVersion, period, reports: made, sdmx }, () =>
      [
        ...made.flatMap(({ files, pages, figures }) => files.map((file) => `${file}  ${pages} p  ${figures}`)),
        ...sdmx,
      ].join("\n"),
    );
    return 0;
  },
};

async function writePapers(report: MadeReport, papers: readonly string[], file: string): Promise<string[]> {
  await mkdir(path.dirname(file), { recursive: true });
  for (const format of papers) await writeFile(`${file}.${format}`, format === "docx" ? report.docx : report.pdf);
  return papers.map((format) => `${file}.${format}`);
}

/** The figures and their structure as two messages. */
async function writeSdmx(out: string, snapshot: ReportSnapshot, { agency = "QINGDAN" }: Values): Promise<string[]> {
  if (typeof agency !== "string" || !/^[A-Za-z][A-Za-z0-9_-]*$/.test(agency))
    throw new UsageError({ zh: "--agency 应为字母开头的编码", en: "--agency takes a code that starts with a letter" });
  await mkdir(out, { recursive: true });
  const sender = { agency, name: { zh: agency, en: agency }, prepared: new Date() };
  const messages = {
    "sdmx-data.json": sdmxData(snapshot, sender),
    "sdmx-structure.json": sdmxStructure(snapshot, sender),
  };
  for (const [name, message] of Object.entries(messages))
    await writeFile(path.join(out, name), `${JSON.stringify(message)}\n`);
  return Object.keys(messages).map((name) => path.join(out, name));
}
