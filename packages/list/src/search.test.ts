import { beforeAll, describe, expect, it } from "vitest";
import { loadList } from "./load-list.ts";
import { buildSearch, type ItemSearch, searchItems } from "./search.ts";
import { club } from "./testing/federation.ts";

let search: ItemSearch;
beforeAll(() => {
  const { list } = loadList(
    club({
      "items/care-subsidy.yaml": itemLike("care-subsidy", "养老服务补贴", "Elderly-care service subsidy", "长者餐"),
      "items/subsistence.yaml": itemLike("subsistence", "最低生活保障", "Subsistence allowance", "低保"),
      "items/bank.yaml": itemLike("bank", "银行行长见面", "Meeting the bank manager", "见面会"),
    }),
  );
  if (!list) throw new Error("the club's list is faulty");
  search = buildSearch(list);
});

/** The club's item under another name. */
function itemLike(slug: string, zh: string, en: string, alias: string): string {
  const text = club().files.get("items/free-court.yaml") ?? "";
  return text
    .replace("code: cn-99.free-court", `code: cn-99.${slug}\naliases: [${alias}]`)
    .replace("name: { zh: 东区免费场地, en: Free court in the East }", `name: { zh: ${zh}, en: ${en} }`)
    .replace(/refines:.*\n/, "")
    .replace("[senior]", "[junior]");
}

const best = (query: string) => searchItems(search, query)[0]?.code;

describe("an item is found", () => {
  it.each([
    ["a part of its name", "生活保障"],
    ["two parts of its name", "最低 保障"],
    ["another name that people use", "低保"],
    ["a single character", "障"],
    ["pinyin in full", "zuidishenghuobaozhang"],
    ["pinyin with spaces", "zui di sheng huo"],
    ["pinyin from the middle of the name", "shenghuo"],
    ["initials", "zdshbz"],
    ["initials from the middle", "shbz"],
    ["capital letters", "ZDSHBZ"],
    ["the pinyin of an alias", "dibao"],
    ["an English word", "subsistence"],
    ["the beginning of an English word", "subsist"],
    ["an English word with a slip", "subsistance"],
  ])("by %s: %s", (_, query) => {
    expect(best(query)).toBe("cn-99.subsistence");
  });

  it.each(["養老服務補貼", "養老", "长者餐", "yanglao", "ylfwbt", "elderly care"])(
    "the care subsidy by %s",
    (query) => {
      expect(best(query)).toBe("cn-99.care-subsidy");
    },
  );

  it("by the reading that a character has in its word: 银行 yinhang, 行长 hangzhang", () => {
    expect(best("yinhanghangzhang")).toBe("cn-99.bank");
  });

  it("by a word of its content when no name fits", () => {
    expect(searchItems(search, "发球").map(({ code }) => code)).toEqual(["cn.ball-grant"]);
  });
});

describe("what is found", () => {
  const codes = (query: string, filter = {}) => searchItems(search, query, filter).map(({ code }) => code);

  it("is nothing where nothing fits", () => {
    expect(codes("飞机")).toEqual([]);
    expect(codes("qqq")).toEqual([]);
  });

  it("is every item, in the order of the list, for an empty query", () => {
    expect(codes(" ")).toEqual([...search.list.items.keys()]);
  });

  it("narrows by life stage, lead unit, domain, area and whether there is a rule", () => {
    expect(codes("", { lifeStage: "senior" })).toEqual(["cn-99.free-court"]);
    expect(codes("", { leadUnit: "nobody" })).toEqual([]);
    expect(codes("", { domain: "play" })).toHaveLength(5);
    expect(codes("", { executable: true })).toEqual(["cn.ball-grant"]);
    expect(codes("", { area: "cn-9901" })).toHaveLength(5);
    expect(codes("", { area: "cn-98" })).toEqual(["cn.ball-grant"]);
  });
});
