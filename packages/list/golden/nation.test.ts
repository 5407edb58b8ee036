import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { compileRulebook } from "../src/compile/compile-rulebook.ts";
import { itemsInForce } from "../src/items-in-force.ts";
import { lookupParameter } from "../src/lookup-parameter.ts";
import type { List } from "../src/model/list.ts";
import { readList } from "../src/node/read-list.ts";
import { splitPayment } from "../src/split-payment.ts";
import { unitName } from "../src/unit-name.ts";

const codes = ["cn", "cn-3301", "cn-34", "cn-3401", "cn-340122", "cn-3406"] as const;
const lists = new Map<string, List>();

function list(code: (typeof codes)[number]): List {
  const found = lists.get(code);
  if (found === undefined) throw new Error(`${code} was not read`);
  return found;
}

beforeAll(async () => {
  for (const code of codes) {
    const loaded = await readList(fileURLToPath(new URL(`../../../lists/${code}`, import.meta.url)));
    if (loaded.list === undefined) throw new Error(loaded.findings.map(({ message }) => message.en).join("\n"));
    lists.set(code, loaded.list);
  }
});

describe("the national list", () => {
  // 国家基本公共服务标准(2023 年版): 81 items in nine domains; 2021: 80 items, folic acid came in 2023.
  it.each([
    ["2021-04-20", 80],
    ["2023-08-08", 80],
    ["2023-08-09", 81],
  ])("on %s has %i items", (date, count) => {
    expect(itemsInForce(list("cn"), date)).toHaveLength(count);
  });

  it("spreads them over nine domains as published", () => {
    const counts: Record<string, number> = {};
    for (const item of list("cn").items.values()) counts[item.domain] = (counts[item.domain] ?? 0) + 1;
    expect(counts).toEqual({
      "early-childhood": 10,
      education: 9,
      work: 12,
      health: 16,
      "old-age": 4,
      housing: 3,
      "support-for-the-vulnerable": 14,
      "veterans-and-military-families": 4,
      "culture-and-sport": 9,
    });
  });

  it("keeps what is only recalled marked as recalled", () => {
    const version = list("cn").versions.find((one) => one.version === "2023");
    expect(version).toMatchObject({ document: "发改社会〔2023〕1072号", mark: "R" });
  });

  it("names a department as it was called on the day", () => {
    expect(unitName(list("cn"), "health", "2018-03-16")?.zh).toBe("国家卫生和计划生育委员会");
    expect(unitName(list("cn"), "health", "2018-03-17")?.zh).toBe("国家卫生健康委员会");
  });
});

describe("who pays", () => {
  it.each([
    ["cn-51", 8_000],
    ["cn-34", 6_000],
    ["cn-37", 5_000],
    ["cn-33", 3_000],
    ["cn-3302", 3_000],
    ["cn-2102", 3_000],
    ["cn-21", 5_000],
    ["cn-11", 1_000],
  ])("of 100 yuan for public health in %s the central government pays %i fen", (area, central) => {
    // 国办发〔2018〕6号: five tiers of 80, 60, 50, 30 and 10 %.
    expect(splitPayment(list("cn"), "five-tiers", { area, date: "2024-01-01", fen: 10_000 })).toEqual([
      { payer: "central", area: "cn", fen: central },
      { payer: "unsplit", area, fen: 10_000 - central },
    ]);
  });

  it("of the 720 yuan of a rural pupil in Anhui the centre pays 60 %, the province 60 % of the rest", () => {
    // 安徽: 中央 6:4; 地方部分农村 省 6:市县 4. 720 x 0.6 = 432; 288 x 0.6 = 172.80; 115.20 stays.
    const shares = splitPayment(list("cn-34"), "anhui-rural-school-funds", {
      area: "cn-340621",
      date: "2024-01-01",
      fen: 72_000,
    });
    expect(shares.map(({ payer, fen }) => [payer, fen])).toEqual([
      ["central", 43_200],
      ["province", 17_280],
      ["unsplit", 11_520],
    ]);
  });

  it("of the 940 yuan of an urban pupil in Anhui province and counties share the rest equally", () => {
    // 940 x 0.6 = 564; 376 / 2 = 188.
    const shares = splitPayment(list("cn-34"), "anhui-urban-school-funds", {
      area: "cn-340104",
      date: "2024-01-01",
      fen: 94_000,
    });
    expect(shares.map(({ fen }) => fen)).toEqual([56_400, 18_800, 18_800]);
  });
});

describe("published values", () => {
  it("a wage issued in May 2024 back to January is not known in February", () => {
    const wage = (knownOn: string) =>
      lookupParameter(list("cn-3301"), { code: "minimumWage", area: "cn-330106", date: "2024-02-01", knownOn });
    expect(wage("2024-02-01").kind).toBe("missing");
    expect(wage("2024-05-11")).toMatchObject({ kind: "value", value: 249_000 });
  });

  it("a county with a missing value does not fall back to its city", () => {
    const line = (area: string, date: string) =>
      lookupParameter(list("cn-3301"), { code: "subsistenceLine", area, date });
    expect(line("cn-330127", "2021-06-01")).toMatchObject({ kind: "value", value: 95_500 });
    expect(line("cn-330127", "2023-08-01").kind).toBe("missing");
    expect(line("cn-330106", "2023-08-01")).toMatchObject({ kind: "value", value: 125_900 });
  });

  it("Feidong has the county line of Hefei's notice, the districts have the city's", () => {
    const line = (area: string) =>
      lookupParameter(list("cn-340122"), { code: "subsistenceLine", key: ["rural"], area, date: "2023-07-01" });
    expect(line("cn-340122")).toMatchObject({ kind: "value", value: 88_100 });
    expect(line("cn-340104")).toMatchObject({ kind: "value", value: 92_400 });
  });

  it("Huaibei's line of 2021 to 2025 stays missing", () => {
    for (const date of ["2021-07-01", "2022-07-01", "2023-07-01", "2024-07-01", "2025-07-01"]) {
      const found = lookupParameter(list("cn-3406"), {
        code: "subsistenceLine",
        key: ["urban"],
        area: "cn-340603",
        date,
      });
      expect(found.kind).toBe("missing");
    }
  });
});

describe("the lists compile", () => {
  it.each([
    ["cn", "2021-04-20"],
    ["cn", "2026-06-01"],
    ["cn-3301", "2025-02-01"],
    ["cn-34", "2022-01-01"],
    ["cn-3401", "2016-07-01"],
    ["cn-340122", "2025-08-01"],
    ["cn-3406", "2024-01-01"],
  ] as const)("%s on %s", (code, date) => {
    const { rulebook, findings } = compileRulebook(list(code), { area: code, date });
    expect(findings).toEqual([]);
    expect(rulebook?.items.length).toBeGreaterThan(0);
  });
});
