import path from "node:path";
import { fileURLToPath } from "node:url";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import type { ReportDocument } from "./report-document.ts";

/** Sets reports as PDF; it loads its fonts once, so keep it for many. */
export interface PdfWriter {
  write(report: ReportDocument): { readonly bytes: Uint8Array; readonly pages: number };
}

const FAMILY = path.resolve(path.dirname(fileURLToPath(import.meta.resolve("@embedpdf/fonts-sc"))), "../fonts");

/** A writer with the embedded Chinese font. It reads no file but its own page description. */
export function createPdfWriter(): PdfWriter {
  const compiler = NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontPaths: [FAMILY] }] });
  return {
    write(report) {
      const input = {
        mainFilePath: path.join(import.meta.dirname, "paper.typ"),
        inputs: { report: JSON.stringify(report) },
      };
      const compiled = compiler.compile(input);
      const document = compiled.result;
      if (!document) {
        const why = JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? []);
        throw new Error(`the page description does not set: ${why}`);
      }
      const bytes = compiler.pdf(document);
      const pages = document.numOfPages;
      // What the next report shares stays for two more; the rest would pile up.
      compiler.evictCache(2);
      return { bytes, pages };
    },
  };
}
