import { spawn } from "node:child_process";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
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
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...process.env, LC_ALL: "", LC_MESSAGES: "", LANG: "C", ...env },
  });
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

  test("a text that is no FEEL ends with 1 and says where", async () => {
    const { code, out } = await qingdan(["feel", "1 +", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out).diagnostics[0]).toMatchObject({ severity: "error", message: expect.any(String) });
  });
});

describe("list", () => {
  test("check tells where a fault is and ends with 1", async () => {
    const { code, out } = await qingdan(["list", "check", "lists/nowhere", "--json", "--lang", "en"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "CLI-LIST-MISSING" } });
  });

  test.each(["zh", "en"])("a refusal begins with its stable code where people read it: %s", async (language) => {
    const missing = await qingdan(["list", "check", "lists/nowhere", "--lang", language]);
    expect(missing).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/^CLI-LIST-MISSING: ./) });
    const unknown = await qingdan(["list", "show", "lists/cn", "cn.nothing", "--lang", language]);
    expect(unknown).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/^CLI-ITEM-UNKNOWN: ./) });
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

describe("dmn and tck", () => {
  const model = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="club">
    <inputData id="i" name="hours"><variable name="hours" typeRef="number"/></inputData>
    <decision id="fee" name="fee"><variable name="fee" typeRef="number"/>
      <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
      <literalExpression id="e"><text>hours * 12</text></literalExpression></decision></definitions>`;

  test("a decision of a file is evaluated", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "qingdan-dmn-"));
    const file = path.join(folder, "club.dmn");
    await writeFile(file, model);
    const { code, out } = await qingdan(["dmn", file, "--input", '{"hours": 3}', "--decision", "fee", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ value: 36, diagnostics: [] });
  });

  test("a file that is no DMN is refused with its code", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "qingdan-dmn-"));
    const file = path.join(folder, "club.dmn");
    await writeFile(file, "<club/>");
    const { code, out } = await qingdan(["dmn", file, "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out).error.code).toMatch(/^dmn-/);
    expect((await qingdan(["tck", folder, "--json"])).code).toBe(1);
  });
});

describe("screen and explain", () => {
  const older = { persons: { p1: { birthDate: "1950-03-02", hukouArea: "cn-310101" } }, subject: "p1" };
  const args = ["--list", "lists/cn-31", "--date", "2024-07-01"];
  const write = async (facts: unknown) => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), "qingdan-facts-")), "me.json");
    await writeFile(file, JSON.stringify(facts));
    return file;
  };

  test("a Shanghai resident of 74 has the senior allowance of 150 yuan; what is not said stays open", async () => {
    const file = await write({ ...older, households: { h1: { members: ["p1"] } } });
    const { code, out } = await qingdan(["screen", ...args, "--facts", file, "--json"]);
    expect(code).toBe(0);
    const { entitled, not, undetermined } = JSON.parse(out);
    // 沪府办规〔2021〕: 70 to 79 years, 150 yuan a month
    const senior = entitled.find(({ code }: { code: string }) => code === "cn-31.senior-comprehensive-allowance");
    expect(senior).toMatchObject({ fen: 15_000, per: "month" });
    expect(not.every(({ reasons }: { reasons: unknown[] }) => reasons.length > 0)).toBe(true);
    const allowance = undetermined.find(({ code }: { code: string }) => code === "cn-31.subsistence-allowance");
    expect(allowance.missing.map(({ fact }: { fact: string }) => fact)).toContain("monthlyIncome");
    const item = "cn-31.senior-comprehensive-allowance";
    const tree = await qingdan(["explain", ...args, "--facts", file, "--item", item, "--json"]);
    expect(JSON.parse(tree.out)).toMatchObject({ code: item, outcome: "entitled", fen: 15_000 });
  });

  test("a facts file with faults is refused with all of them", async () => {
    const file = await write({ persons: { p1: { birthDate: "1950-02-30", hat: 1 } }, subject: "p2" });
    const { code, err } = await qingdan(["screen", ...args, "--facts", file, "--lang", "en"]);
    expect(code).toBe(1);
    // Each fault tells its own code, and none is told twice.
    expect(err.match(/FACTS-SUBJECT/g)).toHaveLength(1);
    for (const text of ["FACTS-SUBJECT", "p2", "FACTS-VALUE persons.p1.birthDate", "FACTS-UNKNOWN-FACT persons.p1.hat"])
      expect(err).toContain(text);
  });

  test("what one fact would change is told beside the explanation; a fact that there is not is refused", async () => {
    const file = await write({ ...older, households: { h1: { members: ["p1"] } } });
    const item = "cn-31.senior-comprehensive-allowance";
    const suppose = (asked: string, ...more: string[]) =>
      qingdan(["explain", ...args, "--facts", file, "--item", item, "--what-if", asked, ...more]);
    // 沪府发〔2016〕24号: 150 yuan a month from 70 to 79, 180 from 80 to 89.
    const { code, out } = await suppose("p1.birthDate=1940-03-02", "--json");
    expect(code).toBe(0);
    const { fen, whatIf } = JSON.parse(out);
    expect([fen, whatIf.of, whatIf.fact]).toEqual([15_000, "p1", "birthDate"]);
    expect(whatIf.changes.find((changed: { code: string }) => changed.code === item)).toMatchObject({
      before: { outcome: "entitled", fen: 15_000 },
      after: { outcome: "entitled", fen: 18_000 },
    });
    const text = (await suppose("birthDate=1940-03-02", "--lang", "en")).out;
    expect(text).toContain("Senior comprehensive allowance: entitled ¥150.00 a month → entitled ¥180.00 a month");
    // The number that was read stands with its document, its mark and where it was read.
    expect(text).toContain("= 150.00 yuan a month  (since 2016-05-01, 沪府发〔2016〕24号, V2, B11 B12 B29)");
    expect((await suppose("p2.birthDate=1940-03-02")).err).toContain("FACTS-NOBODY p2");
  });

  test("an item that does not run is refused", async () => {
    const file = await write(older);
    const { code, out } = await qingdan(["explain", ...args, "--facts", file, "--item", "cn-31.none", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out).error.code).toBe("RULEBOOK-UNKNOWN-ITEM");
  });
});

describe("demo and run", () => {
  test("a made city is run; each says so in one document, and its progress on standard error", async () => {
    const folder = path.join(await mkdtemp(path.join(tmpdir(), "qingdan-demo-")), "city");
    const { code, out, err } = await qingdan(["demo", "--people", "500", "--seed", "7", "--out", folder, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ people: 500, households: expect.any(Number), seconds: expect.any(Number) });
    expect(err).toContain("500");

    const outDir = path.join(folder, "..", "run");
    const args = ["run", "--list", "cities/qingping/list", "--people", folder, "--date", "2024-07-01", "--out", outDir];
    const first = JSON.parse((await qingdan([...args, "--json"])).out);
    expect(first).toMatchObject({ people: 500, seconds: expect.any(Number), rssMiB: expect.any(Number) });
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(first.totals).toHaveLength(first.items);
    const entitled = first.totals.reduce((sum: number, total: { people: number }) => sum + total.people, 0);
    expect(entitled).toBe(first.entitled);
    expect(await readdir(outDir)).toEqual(expect.arrayContaining(["answers-part-00000.parquet", "run.json"]));
    const again = JSON.parse((await qingdan([...args, "--json", "--workers", "2", "--block", "64"])).out);
    expect(again.hash).toBe(first.hash);
  }, 240_000);

  test("people that are not there are refused with a code", async () => {
    const args = ["run", "--list", "lists/cn", "--people", "nowhere", "--date", "2024-07-01", "--json"];
    const { code, out } = await qingdan(args);
    expect(code).toBe(1);
    expect(JSON.parse(out).error.code).toBe("SNAPSHOT-MISSING");
  });
});
