import { readFile } from "node:fs/promises";
import { TableDmnError, tableFromDmn, tableToDmn, tableToYaml } from "@qingdan/list/dmn";
import { openList } from "../list-folder.ts";
import { Refusal, UsageError, type Verb } from "../verb.ts";
import { tellFile } from "./dmn.ts";

export const listTable: Verb = {
  usage: "<dir> <item> [--from FILE.dmn]",
  options: { from: { type: "string" } },
  async run(context, { from }, [folder, code]) {
    if (folder === undefined || code === undefined) {
      throw new UsageError({ zh: "请给出清单文件夹和项目代码", en: "Name the folder of the list and the item" });
    }
    const list = await openList(context, folder);
    const item = list.items.get(code) ?? list.replaced.get(code);
    if (!item) throw new Refusal("CLI-ITEM-UNKNOWN", { zh: `清单没有 ${code}`, en: `The list has no ${code}` });
    const table = item.rule?.table;
    if (!table) throw new Refusal("CLI-TABLE-NONE", { zh: `${code} 没有决策表`, en: `${code} has no decision table` });
    if (typeof from !== "string") {
      const dmn = await tableToDmn(item, table);
      context.answer({ item: code, dmn }, () => dmn);
      return 0;
    }
    const read = await readTable(await readFile(from, "utf8"), from);
    const same = JSON.stringify(read) === JSON.stringify(table);
    context.log(
      context.say(
        same ? { zh: "与清单相同", en: "The same as in the list" } : { zh: "与清单不同", en: "Not as in the list" },
      ),
    );
    context.answer({ item: code, same, table: read }, () => tableToYaml(read).trimEnd());
    return 0;
  },
};

/** @throws Refusal where the file is no DMN, or no table of an item */
async function readTable(xml: string, file: string) {
  try {
    return await tellFile(() => tableFromDmn(xml));
  } catch (error) {
    if (!(error instanceof TableDmnError)) throw error;
    throw new Refusal(error.code, { zh: `${file}:${error.words.zh}`, en: `${file}: ${error.words.en}` });
  }
}
