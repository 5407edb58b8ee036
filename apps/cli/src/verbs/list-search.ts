import { buildSearch, searchItems } from "@qingdan/list/search";
import { openList } from "../list-folder.ts";
import { UsageError, type Verb } from "../verb.ts";

export const listSearch: Verb = {
  usage: "<dir> <words>",
  options: {},
  async run(context, _, [folder, ...words]) {
    if (folder === undefined || words.length === 0) {
      throw new UsageError({ zh: "请给出清单文件夹和要找的词", en: "Name the folder of the list and what to find" });
    }
    const list = await openList(context, folder);
    const items = searchItems(buildSearch(list), words.join(" ")).map(({ code, name }) => ({
      code,
      name: context.say(name),
    }));
    const nothing = { zh: "没有找到", en: "Nothing found" };
    context.answer(
      { items },
      () => items.map(({ code, name }) => `${code}  ${name}`).join("\n") || context.say(nothing),
    );
    return 0;
  },
};
