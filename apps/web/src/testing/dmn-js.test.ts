import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { tableFromDmn, tableToDmn } from "@qingdan/list/dmn";
import { readList } from "@qingdan/list/node";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { launchBrowser, patience } from "./browser.ts";

const require = createRequire(import.meta.url);
const modeler = require.resolve("dmn-js/dist/dmn-modeler.production.min.js");

vi.setConfig(patience);

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

interface Opened {
  readonly warnings: readonly string[];
  readonly views: readonly string[];
  readonly rows: number;
  readonly descriptions: readonly string[];
  /** What dmn-js writes of what it has read. */
  readonly saved: string;
}

/** As much of dmn-js as the page uses. */
interface Modeler {
  importXML(xml: string): Promise<{ warnings: { message: string }[] }>;
  getViews(): { type: string; id: string }[];
  open(view: unknown): Promise<{ warnings: { message: string }[] }>;
  saveXML(options: { format: boolean }): Promise<{ xml: string }>;
}

it("dmn-js opens the table of an item, shows every row, and what it saves comes back equal", async () => {
  const { list } = await readList(fileURLToPath(new URL("../../../../lists/cn-31", import.meta.url)));
  const item = list?.items.get("cn-31.elderly-care-service-subsidy");
  const table = item?.rule?.table;
  if (!item || !table) throw new Error("Shanghai's care subsidy has no table");
  const page = await browser.newPage();
  await page.setContent('<div id="canvas" style="height: 900px"></div>');
  await page.addScriptTag({ path: modeler });
  const opened = await page.evaluate(
    async (xml): Promise<Opened> => {
      const { DmnJS } = globalThis as unknown as { DmnJS: new (options: object) => Modeler };
      const editor = new DmnJS({ container: "#canvas" });
      const { warnings } = await editor.importXML(xml);
      const views = editor.getViews();
      const shown = await editor.open(views.find(({ type }) => type === "decisionTable"));
      const cells = [...document.querySelectorAll("td.annotation")].map((cell) => cell.textContent ?? "");
      const { xml: saved } = await editor.saveXML({ format: true });
      return {
        warnings: [...warnings, ...shown.warnings].map(({ message }) => message),
        views: views.map(({ type }) => type),
        rows: document.querySelectorAll(".tjs-table tbody td.rule-index").length,
        descriptions: cells,
        saved,
      };
    },
    await tableToDmn(item, table),
  );
  expect(opened.warnings).toEqual([]);
  expect(opened.views.toSorted()).toEqual(["decisionTable", "drd"]);
  expect(opened.rows).toBe(table.rules.length);
  expect(opened.descriptions.some((text) => text.includes(table.rules[0]?.zh ?? "?"))).toBe(true);
  expect(await tableFromDmn(opened.saved)).toEqual(table);
});
