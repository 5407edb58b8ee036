import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { tckPage } from "./node/report.ts";
import { runTck, type TckRun } from "./node/run-tck.ts";
import { csvOf } from "./run.ts";

const dir = join(resolve(process.env.QINGDAN_SHARED ?? "../shared"), "data/dmn-tck");

describe.skipIf(!existsSync(dir))("the DMN TCK", () => {
  let run: TckRun;
  beforeAll(async () => {
    run = await runTck(dir);
  });

  it("is run whole: 3,391 cases of 146 folders, none ignored", () => {
    expect(run.cases).toBe(3391);
    expect(new Set(run.outcomes.map(({ folder }) => folder)).size).toBe(146);
    expect(run.ignored).toBe(0);
    expect(run.passed + run.failed).toBe(3391);
  });

  it("passes at least 3,373 cases", () => {
    expect(run.passed).toBeGreaterThanOrEqual(3373);
  });

  it("fails exactly the cases that docs/dmn-tck.md names", () => {
    expect(readFileSync("docs/dmn-tck.md", "utf8")).toBe(tckPage(run));
  });

  it("writes a line of the TCK's result format for every case", () => {
    const lines = csvOf(run.outcomes).trimEnd().split("\n");
    expect(lines).toHaveLength(3391);
    expect(lines[0]).toBe(
      '"compliance-level-2/0001-input-data-string","0001-input-data-string-test-01","001","SUCCESS",""',
    );
  });
});
