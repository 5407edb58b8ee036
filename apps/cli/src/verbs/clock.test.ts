import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const run = promisify(execFile);

/** What the command prints with --json, and how it ends. */
async function clock(text: string): Promise<{ code: number; found: unknown }> {
  const args = ["apps/cli/bin/qingdan.mjs", "clock", ...text.split(" "), "--json", "--lang", "en"];
  try {
    const { stdout } = await run(process.execPath, args, { cwd: root });
    return { code: 0, found: JSON.parse(stdout) };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, found: JSON.parse(stdout) };
  }
}

// Shanghai, entry to primary school in 2025: applications to public schools 7 to 11 May
// (web.shobserver.com/sgh/detail?id=1547976). 11 May 2025 is a Sunday.
describe("qingdan clock window", () => {
  const window = "window --from 05-07 --to 05-11";

  it("ends on the day that the notice names, or on the next working day where a text says so", async () => {
    expect(await clock(`${window} --last-day-off stays --on 2025-05-12`)).toMatchObject({
      code: 0,
      found: { open: false, opening: { first: "2026-05-07", last: "2026-05-11" } },
    });
    expect(await clock(`${window} --last-day-off later --on 2025-05-09`)).toEqual({
      code: 0,
      found: { open: true, opening: { first: "2025-05-07", last: "2025-05-12", unrolled: "2025-05-11" }, daysLeft: 3 },
    });
  });

  it("refuses a day that no year has, and asks what a day off does", async () => {
    expect(await clock("window --from 02-30 --to 05-11 --last-day-off stays --on 2025-05-12")).toMatchObject({
      code: 1,
      found: { error: { code: "CLOCK-MONTH-DAY" } },
    });
    expect(await clock(`${window} --on 2025-05-12`)).toMatchObject({ code: 2 });
    expect(await clock(`${window} --last-day-off earlier --on 2025-05-12`)).toMatchObject({ code: 2 });
  });
});

// Rewards of family planning are paid before 31 August in Shitai, a Sunday in 2025; Beijing pays allowances for disabled
// people before the 10th of each month, 10 August 2025 is a Sunday.
describe("qingdan clock instant", () => {
  it.each([
    ["--event 2025-03-01 --yearly 08-31 --named-day included --day-off earlier --period this", "2025-08-29"],
    ["--event 2025-03-01 --yearly 08-31 --named-day included --day-off later --period this", "2025-09-01"],
    ["--event 2025-03-01 --yearly 08-31 --named-day excluded --day-off stays --period following", "2026-08-30"],
    ["--event 2025-07-20 --monthly 10 --named-day included --day-off earlier --period following", "2025-08-08"],
  ])("%s", async (options, due) => {
    expect(await clock(`instant ${options}`)).toMatchObject({ code: 0, found: { due } });
  });

  it("asks what a short month does, and for one named day", async () => {
    const how = "--event 2025-03-01 --named-day included --day-off stays --period this";
    expect(await clock(`instant ${how} --monthly 31`)).toMatchObject({
      code: 1,
      found: { error: { code: "CLOCK-INSTANT" } },
    });
    // April has 30 days.
    expect(await clock(`instant --monthly 31 --short last-day ${how.replace("03-01", "04-02")}`)).toMatchObject({
      found: { due: "2025-04-30" },
    });
    expect(await clock(`instant ${how}`)).toMatchObject({ code: 2 });
    expect(await clock(`instant ${how} --monthly 10 --yearly 08-31`)).toMatchObject({ code: 2 });
  });
});
