import { describe, expect, it } from "vitest";
import { Run } from "../run.ts";
import type { FeelValue } from "../values.ts";
import { externalFunction } from "./external.ts";

function call(owner: string, signature: string, args: readonly FeelValue[]): FeelValue | undefined {
  const definition = { java: { class: owner, "method signature": signature } };
  const run = new Run({});
  const value = externalFunction(
    definition,
    args.map((_, index) => `p${index}`),
  )?.call(args, run, { from: 0, to: 0 });
  if (value === null) expect(run.diagnostics.some(({ severity }) => severity === "error")).toBe(true);
  return value;
}

describe("external functions", () => {
  it.each([
    ["java.lang.Math", "max(double, double)", [1.5, 2], 2],
    ["java.lang.Math", "abs(long)", [-3], 3],
    ["java.lang.Math", "cos(double)", [0], 1],
    ["java.lang.Integer", "valueOf(java.lang.String)", ["12"], 12],
    ["java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ["%s-%s%%", "a", 1], "a-1%"],
    ["java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ["%d", 1], null],
    ["java.lang.Byte", "valueOf(byte)", [128], null],
    ["java.lang.String", "valueOf(char)", ["ab"], null],
    ["java.lang.Math", "max(double, double)", ["1", 2], null],
  ] as const)("%s.%s of %j is %j", (owner, signature, args, value) => {
    expect(call(owner, signature, args)).toBe(value);
  });

  it("are none where class, method or definition is not known", () => {
    expect(call("java.lang.Runtime", "exec(java.lang.String)", ["x"])).toBeUndefined();
    expect(externalFunction({ pmml: { document: "x" } }, [])).toBeNull();
    expect(externalFunction(null, [])).toBeNull();
  });
});
