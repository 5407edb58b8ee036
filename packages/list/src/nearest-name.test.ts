import { describe, expect, it } from "vitest";
import { nearestName } from "./nearest-name.ts";

describe("the name that was meant", () => {
  it.each([
    ["subsistanceLine", ["subsistenceLine", "minimumWage"], "subsistenceLine"],
    ["tset", ["test", "code"], "test"],
    ["IN-FORCE", ["in-force", "draft"], "in-force"],
    ["hukoArea", ["hukouArea", "residenceArea"], "hukouArea"],
  ])("for %s of %j is %s", (name, known, meant) => {
    expect(nearestName(name, known)).toBe(meant);
  });

  it("is not guessed where nothing is near, or the name is too short to tell", () => {
    expect(nearestName("area", ["sources", "payer"])).toBeUndefined();
    expect(nearestName("S9", ["S1", "S2"])).toBeUndefined();
  });
});
