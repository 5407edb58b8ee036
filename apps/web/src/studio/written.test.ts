import { expect, test } from "vitest";
import { writtenItem, writtenParameters } from "./written.ts";

test("a file that is half written has no fields, and breaks nothing", () => {
  for (const value of [null, undefined, "text", 1, [], [1], {}, { code: 7 }]) {
    expect(writtenItem(value)).toBeUndefined();
    expect(writtenParameters(value)).toBeUndefined();
  }
  for (const half of [
    { values: null },
    { values: [{ key: [] }] },
    { values: [{ area: "cn", key: "full" }] },
    { zh: {} },
  ])
    expect(writtenParameters([{ code: "line", ...half }]), JSON.stringify(half)).toBeUndefined();
  expect(writtenParameters([{ code: "line", values: [{ area: "cn", key: ["full"] }] }])).toHaveLength(1);
  expect(writtenItem({ code: "cn.x" })?.code).toBe("cn.x");
  expect(writtenParameters([{ code: "line" }, { code: "rate" }])?.map(({ code }) => code)).toEqual(["line", "rate"]);
});
