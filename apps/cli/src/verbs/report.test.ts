import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freezeSnapshot } from "@qingdan/server/indicators";
import { beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const run = promisify(execFile);
const words = (text: string) => ({ zh: text, en: text });
let folder = "";
let figures = "";

const snapshot = freezeSnapshot({
  listVersion: "2023-08",
  indicators: [
    { code: "beds", name: words("床位"), unit: words("%"), decimals: 1, direction: 1, source: words("民政局") },
  ],
  areas: ["qp", "qp-1"].map((code) => ({ code, name: words(code) })),
  values: [
    { indicator: "beds", area: "qp", period: "2024", value: 59.6, status: "ok" },
    { indicator: "beds", area: "qp-1", period: "2024", value: null, status: "missing" },
  ],
});

async function report(template: string, ...args: string[]) {
  const file = path.join(folder, "template.md");
  await writeFile(file, template);
  const out = await mkdtemp(path.join(folder, "out-"));
  const all = [
    "report",
    "--figures",
    figures,
    "--period",
    "2024",
    "--template",
    file,
    "--out",
    out,
    "--json",
    "--lang",
    "en",
    ...args,
  ];
  try {
    const { stdout } = await run(process.execPath, [path.join(root, "apps/cli/bin/qingdan.mjs"), ...all], {
      cwd: root,
    });
    return { code: 0, found: JSON.parse(stdout), out };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, found: JSON.parse(stdout), out };
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qingdan-report-"));
  figures = path.join(folder, "snapshot.json");
  await writeFile(figures, JSON.stringify(snapshot));
});

describe("qingdan report", () => {
  it("makes both formats and says from which snapshot", async () => {
    const { code, found, out } = await report(
      "# {{area}}\n\n{{beds}}\n\n::notes",
      "--area",
      "qp",
      "--format",
      "docx,pdf,sdmx",
    );
    expect(code).toBe(0);
    expect(found).toMatchObject({
      snapshot: snapshot.hash,
      listVersion: "2023-08",
      reports: [{ area: "qp", pages: 1, figures: 1 }],
    });
    expect((await readdir(out)).toSorted()).toEqual([
      "qp-2024.docx",
      "qp-2024.pdf",
      "sdmx-data.json",
      "sdmx-structure.json",
    ]);
    expect((await readFile(path.join(out, "qp-2024.pdf"))).subarray(0, 5).toString()).toBe("%PDF-");
  });
  it("writes nothing for any area when a figure of one is missing, and names it", async () => {
    const { code, found, out } = await report("{{beds}}");
    expect(code).toBe(1);
    expect(found.error).toMatchObject({ code: "REPORT-MISSING", message: expect.stringContaining("beds@2024:qp-1") });
    expect(await readdir(out)).toEqual([]);
  });
  it("refuses a snapshot whose figures were changed after freezing", async () => {
    await writeFile(figures, JSON.stringify(snapshot).replace("59.6", "69.6"));
    const { code, found } = await report("{{beds}}", "--area", "qp");
    expect(code).toBe(1);
    expect(found.error.code).toBe("REPORT-SNAPSHOT");
  });
});

it("docs/errors.md tells of every refusal of a report, and of no other", async () => {
  const page = await readFile(path.join(root, "docs/errors.md"), "utf8");
  const told = [...page.matchAll(/^\| `(REPORT-[A-Z-]+)`/gm)].map(([, code]) => code);
  const source = await readFile(path.join(root, "apps/server/src/modules/indicators/report/report-error.ts"), "utf8");
  const given = [...source.matchAll(/"(REPORT-[A-Z-]+)"/g)].map(([, code]) => code);
  expect(told.toSorted()).toEqual([...new Set(given)].toSorted());
});
