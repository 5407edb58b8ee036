import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { AmountTable } from "./model/list.ts";
import { readList } from "./node/read-list.ts";
import { TableDmnError, tableFromDmn, tableToDmn } from "./table-dmn.ts";

const lists = ["cn-31", "cn-3301", "cn-34", "cn-3406"].map((code) =>
  fileURLToPath(new URL(`../../../lists/${code}`, import.meta.url)),
);

const club: AmountTable = {
  hitPolicy: "C",
  aggregation: "SUM",
  inputs: [{ expression: 'within(home, "cn-31")', zh: "住在本市", en: "Lives in the city" }],
  rules: [{ when: ["true"], amount: "12.5", code: "local", zh: "本市", en: "Local", basis: [{ source: "L1" }] }],
};
const item = { code: "cn-31.club", name: { zh: "俱乐部补贴", en: "Club subsidy" } };

describe("a table of an item goes to DMN and comes back", () => {
  it("equal, every table of every list", async () => {
    let tables = 0;
    for (const dir of lists) {
      const { list } = await readList(dir);
      for (const entry of list?.items.values() ?? []) {
        if (entry.rule?.table === undefined) continue;
        tables += 1;
        expect(await tableFromDmn(await tableToDmn(entry, entry.rule.table))).toEqual(entry.rule.table);
      }
    }
    expect(tables).toBeGreaterThan(10);
  });

  it("with the words where an editor shows them", async () => {
    const xml = await tableToDmn(item, club);
    expect(xml).toContain('label="住在本市 · Lives in the city"');
    expect(xml).toContain("<dmn:description>local\n本市\nLocal\n");
    expect(await tableFromDmn(xml)).toEqual(club);
  });

  it("a row that an editor added without code and words is refused by its number", async () => {
    const xml = (await tableToDmn(item, club)).replace(/<dmn:description>local[^<]*<\/dmn:description>/, "");
    await expect(tableFromDmn(xml)).rejects.toMatchObject({ code: "TABLE-DMN-WORDS", row: 1 });
  });

  it("a policy or an output that items have not is refused", async () => {
    const xml = await tableToDmn(item, club);
    const ordered = xml.replace('hitPolicy="COLLECT" aggregation="SUM"', 'hitPolicy="RULE ORDER"');
    await expect(tableFromDmn(ordered)).rejects.toMatchObject({ code: "TABLE-DMN-POLICY" });
    const bare = xml.replace(/<dmn:decisionTable[\s\S]*<\/dmn:decisionTable>/, "");
    await expect(tableFromDmn(bare)).rejects.toThrow(TableDmnError);
  });
});
