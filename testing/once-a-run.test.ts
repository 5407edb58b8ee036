import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, inject, test } from "vitest";
import { onceARun } from "./once-a-run.ts";

test("of many that ask at once one makes the folder, and all find it whole", async () => {
  let made = 0;
  const ask = () =>
    onceARun("once-a-run-many", async (folder) => {
      made += 1;
      await setTimeout(50);
      await writeFile(path.join(folder, "made"), String(made));
    });
  const found = await Promise.all(
    Array.from({ length: 8 }, async () => readFile(path.join(await ask(), "made"), "utf8")),
  );
  expect(found).toEqual(Array(8).fill("1"));
});

test("where making fails nothing is left, and the next that asks makes it", async () => {
  const failing = onceARun("once-a-run-failing", async (folder) => {
    await writeFile(path.join(folder, "half"), "");
    throw new Error("no space");
  });
  await expect(failing).rejects.toThrow("no space");
  expect(existsSync(path.join(inject("runFolder"), "once-a-run-failing"))).toBe(false);
  const folder = await onceARun("once-a-run-failing", (place) => writeFile(path.join(place, "whole"), ""));
  expect(await readdir(folder)).toEqual(["whole"]);
});
