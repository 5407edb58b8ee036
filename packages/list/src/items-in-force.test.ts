import { describe, expect, it } from "vitest";
import { areaChain } from "./area-chain.ts";
import { itemsInForce } from "./items-in-force.ts";
import { loadList } from "./load-list.ts";
import { club } from "./testing/federation.ts";
import { unitName } from "./unit-name.ts";

const list = loadList(club()).list!;

describe("the items in force", () => {
  const on = (date: string, from = list) => itemsInForce(from, date).map(({ code }) => code);

  it("begin on their first day and are gone on the day that ends them", () => {
    expect(on("2019-12-31")).toEqual([]);
    expect(on("2020-01-01")).toEqual(["cn.ball-grant"]);
    expect(on("2024-12-31")).toEqual(["cn.ball-grant", "cn-99.free-court"]);
    expect(on("2025-01-01")).toEqual(["cn-99.free-court"]);
  });

  it("hold what is announced from its day, and never a draft", () => {
    const as = (status: string) =>
      loadList(club({ "items/free-court.yaml": (text) => text.replace("status: in-force", `status: ${status}`) }))
        .list!;
    expect(on("2025-01-01", as("announced"))).toEqual(["cn-99.free-court"]);
    expect(on("2025-01-01", as("draft"))).toEqual([]);
  });
});

describe("a unit", () => {
  it("is called as it was on the day", () => {
    expect(unitName(list, "federation-office", "2021-04-30")?.zh).toBe("竞赛部");
    expect(unitName(list, "federation-office", "2021-05-01")?.zh).toBe("会员部");
    expect(unitName(list, "nobody", "2021-05-01")).toBeUndefined();
  });
});

describe("the chain of an area", () => {
  it("goes from the area up to the nation, and is empty on days when the area is not", () => {
    const codes = (area: string, date: string) => areaChain(list, area, date).map(({ code }) => code);
    expect(codes("cn-990102", "2024-01-01")).toEqual(["cn-990102", "cn-9901", "cn-99", "cn"]);
    expect(codes("cn-990102", "2023-12-31")).toEqual([]);
    expect(codes("cn-97", "2024-01-01")).toEqual([]);
  });
});
