import type { Item, List } from "@qingdan/list";
import { openList } from "../list-folder.ts";
import { type Context, Refusal, UsageError, type Verb } from "../verb.ts";

export const listShow: Verb = {
  usage: "<dir> [item]",
  options: {},
  async run(context, _, [folder, code]) {
    if (folder === undefined) throw new UsageError({ zh: "请给出清单文件夹", en: "Name the folder of the list" });
    const list = await openList(context, folder);
    if (code === undefined) showList(context, list);
    else showItem(context, list, code);
    return 0;
  },
};

function showList(context: Context, list: List) {
  const items = [...list.items.values()].map((item) => ({
    code: item.code,
    name: context.say(item.name),
    domain: item.domain,
    status: item.status,
    executable: item.rule !== undefined,
  }));
  const document = { code: list.code, name: context.say(list.name), area: list.area, items };
  context.answer(document, () =>
    [document.name, ...items.map(({ code, name, executable }) => `${executable ? "●" : "○"} ${code}  ${name}`)].join(
      "\n",
    ),
  );
}

function showItem(context: Context, list: List, code: string) {
  const item = list.items.get(code) ?? list.replaced.get(code);
  if (!item) {
    throw new Refusal("CLI-ITEM-UNKNOWN", { zh: `清单没有 ${code}`, en: `The list has no ${code}` });
  }
  const { origin: _, ...document } = item;
  context.answer(document, () => elementsOf(context, list, item).join("\n"));
}

function elementsOf(context: Context, list: List, item: Item): string[] {
  const unit = (code: string) => {
    const names = list.units.get(code)?.names ?? [];
    const name = names.at(-1);
    return name ? context.say(name) : code;
  };
  const line = (label: { zh: string; en: string }, text: string, mark: string) =>
    `${context.say(label)}: ${text} [${mark}]`;
  return [
    `${item.code}  ${context.say(item.name)}`,
    line({ zh: "服务对象", en: "Object" }, context.say(item.object), item.object.mark),
    line({ zh: "服务内容", en: "Content" }, context.say(item.content), item.content.mark),
    line({ zh: "服务标准", en: "Standard" }, context.say(item.standard), item.standard.mark),
    line({ zh: "支出责任", en: "Payer" }, context.say(item.payer), item.payer.mark),
    line({ zh: "牵头负责单位", en: "Lead unit" }, item.lead.units.map(unit).join("、"), item.lead.mark),
    ...(item.rule?.conditions ?? []).map((condition) => `  - ${context.say(condition)}: ${condition.test}`),
  ];
}
