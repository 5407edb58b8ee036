import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { annualTemplate, createReportMaker, readSnapshot } from "@qingdan/server/indicators";
import { parseObject } from "../json-option.ts";
import { required, UsageError, type Verb } from "../verb.ts";

/** One report a chosen area, each as DOCX and PDF. Every report is bound before the first file is written. */
export const report: Verb = {
  usage: "--figures SNAPSHOT.json --period P --out DIR [--area CODE,CODE] [--template FILE] [--format docx,pdf]",
  options: {
    figures: { type: "string" },
    period: { type: "string" },
    out: { type: "string" },
    area: { type: "string" },
    template: { type: "string" },
    format: { type: "string" },
  },
  async run(context, values) {
    const read = (name: string) => readFile(path.resolve(context.cwd, name), "utf8");
    const formats = typeof values.format === "string" ? values.format.split(",") : ["docx", "pdf"];
    if (formats.some((format) => format !== "docx" && format !== "pdf"))
      throw new UsageError({ zh: "--format 应为 docx、pdf 或两者", en: "--format takes docx, pdf or both" });
    const [period, out] = [required(values, "period"), path.resolve(context.cwd, required(values, "out"))];
    const snapshot = readSnapshot(parseObject(await read(required(values, "figures")), "figures"));
    const template =
      typeof values.template === "string" ? await read(values.template) : await annualTemplate(context.language);
    const maker = createReportMaker(template, snapshot);
    const areas = typeof values.area === "string" ? values.area.split(",") : snapshot.areas.map(({ code }) => code);
    const requests = areas.map((area) => ({ area, period, language: context.language }));
    for (const request of requests) maker.bind(request);
    await mkdir(out, { recursive: true });
    const task = context.progress.task(context.say({ zh: "生成报告", en: "Making reports" }));
    const made: { area: string; pages: number; figures: number; files: string[] }[] = [];
    for (const [i, request] of requests.entries()) {
      context.signal.throwIfAborted();
      const { docx, pdf, pages, document } = await maker.make(request);
      const files = formats.map((format) => path.join(out, `${request.area}-${period}.${format}`));
      for (const [k, format] of formats.entries()) await writeFile(files[k]!, format === "docx" ? docx : pdf);
      made.push({ area: request.area, pages, figures: document.figures, files });
      task.update(i + 1, requests.length);
    }
    task.finish();
    context.answer({ snapshot: snapshot.hash, listVersion: snapshot.listVersion, period, reports: made }, () =>
      made.flatMap(({ files, pages, figures }) => files.map((file) => `${file}  ${pages} p  ${figures}`)).join("\n"),
    );
    return 0;
  },
};
