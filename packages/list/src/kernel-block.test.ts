import { expect, test } from "vitest";
import { negated } from "./kernel-block.ts";

const a = 3;

test.each([
  ["7", 7],
  ["-7", -7],
  ["a", a],
  ["-a", -a],
  ["a - 5", a - 5],
])("%s with the other sign is JavaScript of the other value", (text, value) => {
  expect(new Function("a", `return ${negated(text)};`)(a)).toBe(-value);
});
