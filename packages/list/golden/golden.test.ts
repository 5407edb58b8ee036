import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type GoldenRunner, goldenRunner, readGolden } from "../src/golden.ts";
import { createListReader, readGoldenTexts } from "../src/node/read-list.ts";

const lists = fileURLToPath(new URL("../../../lists", import.meta.url));
const codes = readdirSync(lists, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const reader = createListReader();
const runners = new Map<string, Promise<GoldenRunner>>();
async function runner(code: string): Promise<GoldenRunner> {
  const { list, findings } = await reader.load(join(lists, code));
  if (list === undefined) throw new Error(findings.map(({ message }) => message.en).join("\n"));
  return goldenRunner(list);
}
function runnerOf(code: string): Promise<GoldenRunner> {
  const found = runners.get(code) ?? runner(code);
  runners.set(code, found);
  return found;
}

for (const code of codes) {
  for (const [path, text] of await readGoldenTexts(join(lists, code))) {
    const file = `${code}/${path}`;
    const { cases, findings } = readGolden(file, text);
    describe(file, () => {
      it("is well written", () => expect(findings).toEqual([]));
      it.each(cases.map(({ golden }) => golden))("$name", async (golden) => {
        const results = (await runnerOf(code))(golden);
        if ("refused" in results) throw new Error(results.refused);
        expect(Object.fromEntries(results.map(({ item, found }) => [item, found]))).toMatchObject(golden.expect);
        expect(results.every(({ agrees }) => agrees)).toBe(true);
      });
    });
  }
}
