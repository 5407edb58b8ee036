import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { lookupParameter } from "../src/lookup-parameter.ts";
import type { List } from "../src/model/list.ts";
import { readList } from "../src/node/read-list.ts";
import { splitPayment } from "../src/split-payment.ts";

const date = "2025-06-01";
const area = "cn-310101";
let list: List;

beforeAll(async () => {
  const loaded = await readList(fileURLToPath(new URL("../../../lists/cn-31", import.meta.url)));
  if (loaded.list === undefined) throw new Error(loaded.findings.map(({ message }) => message.en).join("\n"));
  list = loaded.list;
});

describe("who pays in Shanghai", () => {
  it("city and district pay half each of what Shanghai adds to the basic pension", () => {
    // 沪人社 2021-04-28: 市、区各 50%. Of 1555 yuan 1412 stand above a national minimum of 143.
    expect(splitPayment(list, "city-and-district-half", { area, date, fen: 141_200 })).toEqual([
      { payer: "city", area: "cn-31", fen: 70_600 },
      { payer: "county", area, fen: 70_600 },
    ]);
  });

  it("the central government pays half of the national minimum in the east, the rest is not published", () => {
    // 人社部发〔2015〕5号: 中西部全额、东部 50%.
    expect(splitPayment(list, "residents-pension", { area, date, fen: 14_300 })).toEqual([
      { payer: "central", area: "cn", fen: 7_150 },
      { payer: "unsplit", area, fen: 7_150 },
    ]);
  });

  it("of the New Year aid the district pays 100 yuan a household and the city the rest", () => {
    // 沪民救发〔2024〕2号: a household of three gets 900 yuan.
    expect(splitPayment(list, "district-fixed-city-rest", { area, date, fen: 90_000, households: 1 })).toEqual([
      { payer: "county", area, fen: 10_000 },
      { payer: "city", area: "cn-31", fen: 80_000 },
    ]);
  });

  it("public health stands in the fifth tier: the central government pays a tenth", () => {
    // 国办发〔2018〕6号: Beijing and Shanghai, 10 %.
    expect(splitPayment(list, "five-tiers", { area, date, fen: 10_000 })).toEqual([
      { payer: "central", area: "cn", fen: 1_000 },
      { payer: "unsplit", area, fen: 9_000 },
    ]);
  });

  it("by affiliation and by item no number is published, so nothing is split", () => {
    for (const code of ["city-and-district-by-affiliation", "city-and-district-by-item"]) {
      expect(splitPayment(list, code, { area, date, fen: 17_500 })).toEqual([{ payer: "unsplit", area, fen: 17_500 }]);
    }
  });
});

describe("the history of the subsistence line", () => {
  const line = (on: string) => lookupParameter(list, { code: "subsistenceLine", area, date: on });

  it.each([
    ["2020-06-30", 1160],
    ["2020-07-01", 1240],
    ["2021-07-01", 1330],
    ["2022-07-01", 1420],
    ["2023-07-01", 1510],
    ["2024-07-01", 1595],
    ["2025-06-30", 1595],
  ])("on %s it is %i yuan", (on, yuan) => {
    expect(line(on)).toMatchObject({ kind: "value", value: yuan * 100 });
  });

  it("from July 2025 it is missing at the source", () => {
    expect(line("2025-07-01").kind).toBe("missing");
  });
});
