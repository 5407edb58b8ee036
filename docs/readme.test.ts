import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = (name: string): string => readFileSync(join(root, name), "utf8");

/** Lines of code blocks that run the command, without the comment behind them. */
const commandsOf = (text: string): string[] =>
  [...text.matchAll(/^npm run qingdan -- (.*?)(?: {2,}#.*)?$/gm)].map(([, command = ""]) => command);

const words = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

const data = mkdtempSync(join(tmpdir(), "qingdan-readme-"));
afterAll(() => rmSync(data, { recursive: true, force: true }));

describe("every command of the README does what it says", () => {
  // One after the other: the run uses the city that the demo makes.
  it.sequential.each(commandsOf(readme("README.md")))(
    "%s",
    async (command) => {
      const here = words(command).map((word) => word.replace("data/small", join(data, "small")));
      const { stdout } = await promisify(execFile)(process.execPath, ["apps/cli/bin/qingdan.mjs", ...here], {
        cwd: root,
      });
      expect(stdout.trim()).not.toBe("");
    },
    120_000,
  );
});

it("the Chinese README shows the same commands", () => {
  expect(commandsOf(readme("README.zh-CN.md"))).toEqual(commandsOf(readme("README.md")));
  expect(commandsOf(readme("README.md")).length).toBeGreaterThan(5);
});

it.each(["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/architecture.md"])(
  "%s links only to what is there",
  (name) => {
    const folder = join(root, name, "..");
    const links = [...readme(name).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  },
);
