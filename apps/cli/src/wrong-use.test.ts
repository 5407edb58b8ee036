import { parseArgs } from "node:util";
import { expect, test } from "vitest";
import { wrongUse } from "./wrong-use.ts";

const options = { days: { type: "string" }, json: { type: "boolean" } } as const;

function refused(...args: string[]): string {
  try {
    parseArgs({ args, options });
  } catch (error) {
    return wrongUse(error, Object.keys(options)).words.zh;
  }
  throw new Error(`${args.join(" ")} is taken`);
}

test.each([
  [["--dys", "3"], "没有选项 --dys；是否指 --days？"],
  [["--zzzzzzzz"], "没有选项 --zzzzzzzz"],
  [["--days"], "选项 --days 缺少值"],
  [["--days", "-3"], "选项 --days 的值以“-”开头，要写成 --days=-值"],
  [["--json=1"], "选项 --json 不带值"],
])("%j is told in Chinese", (args, words) => {
  expect(refused(...args)).toBe(words);
});
