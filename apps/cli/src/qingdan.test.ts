import { spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("../bin/qingdan.mjs", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function qingdan(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env: { ...process.env, LANG: "C", ...env } });
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

describe("wrong use", () => {
  test("an unknown verb ends with 2 and the list of verbs on standard error", async () => {
    const { code, out, err } = await qingdan(["frobnicate"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    for (const verb of ["start", "demo", "list check", "run", "screen", "explain", "feel", "dmn", "tck"]) {
      expect(err).toContain(verb);
    }
  });

  test("a missing option ends with 2, says which, and shows the example", async () => {
    const { code, err } = await qingdan(["run", "--list", "lists/cn", "--lang", "en"]);
    expect(code).toBe(2);
    expect(err).toContain("--people is missing");
    expect(err).toContain("qingdan run --list");
  });

  test("an option that no verb knows ends with 2", async () => {
    expect((await qingdan(["feel", "1", "--frob"])).code).toBe(2);
  });

  test("a day that does not exist is refused", async () => {
    const args = ["run", "--list", "lists/cn", "--people", "x", "--date", "2024-02-30", "--lang", "en"];
    const { code, err } = await qingdan(args);
    expect(code).toBe(2);
    expect(err).toContain("--date takes a day as YYYY-MM-DD");
  });
});

describe("help", () => {
  test("every verb shows an example", async () => {
    const { code, out } = await qingdan(["list", "search", "--help"]);
    expect(code).toBe(0);
    expect(out).toContain("qingdan list search lists/cn-31 dibao");
  });

  test("Chinese unless the language is said to be English", async () => {
    expect((await qingdan(["feel", "--help"])).out).toContain("用法");
    expect((await qingdan(["feel", "--help", "--lang", "en"])).out).toContain("Usage");
    expect((await qingdan(["feel", "--help"], { LANG: "en_GB.UTF-8" })).out).toContain("Usage");
  });
});

describe("feel", () => {
  test("gives one JSON document with value and diagnostics", async () => {
    const context = JSON.stringify({ income: 3200, members: 2 });
    const { code, out, err } = await qingdan(["feel", "income / members", "--context", context, "--json"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toEqual({ value: 1600, diagnostics: [] });
  });

  test("an error of the expression ends with 1 and is told", async () => {
    const { code, out } = await qingdan(["feel", "nobody + 1", "--json", "--lang", "en"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ value: null });
    expect(JSON.parse(out).diagnostics[0]).toMatchObject({ code: "UNKNOWN_NAME", severity: "error" });
  });

  test("an expression that cannot be read ends with 1 and an error document", async () => {
    const { code, out } = await qingdan(["feel", "1 +", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out).error.message).not.toBe("");
  });
});

describe("list", () => {
  test("check tells where a fault is and ends with 1", async () => {
    const { code, out } = await qingdan(["list", "check", "lists/nowhere", "--json", "--lang", "en"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "list-missing" } });
  });

  test("check counts the national list's 81 items", async () => {
    const { out } = await qingdan(["list", "check", "lists/cn", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ errors: [], items: 81 });
  });

  test("search finds the subsistence allowance by its alias in pinyin", async () => {
    const { code, out } = await qingdan(["list", "search", "lists/cn", "dibao", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).items.map((item: { code: string }) => item.code)).toContain("cn.subsistence-allowance");
  });
});

describe("demo", () => {
  test("makes so many people and says so in one document; progress goes to standard error", async () => {
    const folder = path.join(await mkdtemp(path.join(tmpdir(), "qingdan-demo-")), "city");
    const { code, out, err } = await qingdan(["demo", "--people", "500", "--seed", "7", "--out", folder, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ people: 500, households: expect.any(Number), seconds: expect.any(Number) });
    expect(err).toContain("500");
  });
});
