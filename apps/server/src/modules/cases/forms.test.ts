import { readdirSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, allowance, type CaseDesk, demoList, formDesk } from "../../testing/case-desk.ts";
import { readGuides } from "./guides.ts";
import type { BundleProgress, BundleView, CaseCard, CasePage, FormPage } from "./model.ts";
import { mostFailures } from "./pickup-code.ts";

let desk: CaseDesk;
beforeAll(async () => {
  desk = await formDesk();
}, 120_000);
afterAll(() => desk.close());

const page = (answer: Answer) => answer.json as unknown as FormPage;
async function begin(
  actor: "resident" | "neighbour",
  request: Record<string, unknown> = { items: [allowance] },
): Promise<FormPage> {
  const answer = await desk.ask(actor, "POST", "/forms", { list: "cn-3199", ...request });
  expect(answer.status, answer.text).toBe(201);
  return page(answer);
}

async function upload(actor: string, form: FormPage, file: { name: string; bytes: Uint8Array; paper?: string }) {
  const body = new FormData();
  body.set("seq", String(form.seq));
  body.set("paper", file.paper ?? form.papers[0]?.id ?? "");
  body.set("file", new Blob([file.bytes.slice().buffer]), file.name);
  const request = new Request("http://x", { method: "POST", body });
  const answer = await desk.app.inject({
    method: "POST",
    url: `/api/forms/${form.id}/uploads`,
    headers: {
      "x-test-actor": actor,
      "content-type": String(request.headers.get("content-type")),
      "accept-language": "en",
    },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  return { status: answer.statusCode, json: answer.json() as FormPage & { code: string } };
}

/** A PDF whose objects stand in a compressed stream. */
function packedPdf(objects: string): Uint8Array {
  const head = "%PDF-1.7\n4 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n";
  const parts = [Buffer.from(head), deflateSync(objects), Buffer.from("\nendstream\nendobj\n%%EOF")];
  return Uint8Array.from(Buffer.concat(parts));
}

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

describe("questions and prefilled facts", () => {
  test("what the registers hold is not asked, and shows whose it is, of which day, for what and on which law", async () => {
    const form = await begin("resident");
    expect(form).toMatchObject({ complete: true, question: null, papers: [], papersSaved: { asked: 0 } });
    expect(form.papersSaved.saved).toBeGreaterThan(0);
    expect(form.items[0]).toMatchObject({ outcome: "entitled", fen: 15_000 });
    const born = form.answers.find(({ fact }) => fact === "birthDate");
    expect(born).toMatchObject({
      origin: "register",
      source: { date: "2024-07-01", unit: { code: "public-security" } },
    });
    expect(born?.source?.basis.length).toBeGreaterThan(0);
    // The allowance reads neither sex nor residence: the form is not given them.
    expect(form.answers.map(({ fact }) => fact).toSorted()).toEqual(["birthDate", "hukouArea"]);
  });

  test("without a register only what can change the answer is asked, and a failed condition ends the questions", async () => {
    let form = await begin("neighbour");
    expect(form.question).not.toBeNull();
    const asked: string[] = [];
    while (form.question) {
      const { of, fact } = form.question;
      asked.push(fact);
      const value = fact === "birthDate" ? "1990-01-01" : "cn-3199";
      form = page(
        await desk.ask("neighbour", "PUT", `/forms/${form.id}/answers`, {
          seq: form.seq,
          answers: [{ of, fact, value }],
        }),
      );
    }
    expect(form.items[0]).toMatchObject({ outcome: "not", reasons: [{ code: "age" }] });
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  test("a register that is wrong is disputed: both values stand, and a paper is asked for", async () => {
    let form = await begin("resident");
    const wrong = await desk.ask("resident", "PUT", `/forms/${form.id}/answers`, {
      seq: form.seq,
      answers: [{ of: "p1", fact: "birthDate", value: "1943-01-01" }],
    });
    expect(wrong.json.code).toBe("FORM-ANSWER-WRONG");
    form = page(
      await desk.ask("resident", "POST", `/forms/${form.id}/disputes`, {
        seq: form.seq,
        of: "p1",
        fact: "birthDate",
        value: "1943-01-01",
        text: "身份证写错",
      }),
    );
    expect(form.answers.find(({ fact }) => fact === "birthDate")).toMatchObject({
      value: "1943-01-01",
      dispute: { register: "1954-03-01" },
    });
    expect(form.papers.map(({ facts }) => facts.map(({ fact }) => fact))).toEqual([["birthDate"]]);
    // 80 to 89: 180 yuan.
    expect(form.items[0]).toMatchObject({ fen: 18_000 });
    const early = await desk.ask("resident", "POST", `/forms/${form.id}/submit`, { seq: form.seq, declaration: true });
    expect(early.json.code).toBe("FORM-INCOMPLETE");
  });

  test("every answer is held to the dictionary, and nothing but the form's own facts is taken", async () => {
    const form = await begin("neighbour");
    const put = (answers: unknown) =>
      desk.ask("neighbour", "PUT", `/forms/${form.id}/answers`, { seq: form.seq, answers });
    for (const answer of [
      { of: "p1", fact: "birthDate", value: "2023-02-29" },
      { of: "p1", fact: "age", value: 70 },
      { of: "p9", fact: "birthDate", value: "1950-01-01" },
      { of: "p1", fact: "hukouArea", value: "within(x)" },
    ]) {
      expect((await put([answer])).json.code, JSON.stringify(answer)).toBe("FORM-ANSWER-WRONG");
    }
    expect((await put([{ of: "__proto__", fact: "polluted", value: true }])).status).toBe(400);
    expect(
      (
        await desk.ask("neighbour", "PUT", `/forms/${form.id}/answers`, {
          seq: 1,
          answers: [{ of: "p1", fact: "birthDate", value: "1950-01-01" }],
          person: "1",
        })
      ).status,
    ).toBe(400);
  });

  test("two tabs on one form: the second is told", async () => {
    const form = await begin("neighbour");
    const put = () =>
      desk.ask("neighbour", "PUT", `/forms/${form.id}/answers`, {
        seq: 1,
        answers: [{ of: "p1", fact: "birthDate", value: "1950-01-01" }],
      });
    expect((await put()).status).toBe(200);
    expect((await put()).json.code).toBe("FORM-CONFLICT");
  });
});

describe("save and resume", () => {
  test("a code picks the form up at a window, once; the slip is of no use afterwards", async () => {
    const form = await begin("neighbour");
    const { code } = (await desk.ask("neighbour", "POST", `/forms/${form.id}/pickup-code`)).json as unknown as {
      code: string;
    };
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$/);
    const stored = await desk.cases.database.selectFrom("form_code").select("hash").execute();
    expect(JSON.stringify(stored)).not.toContain(code.replace("-", ""));
    expect(page(await desk.ask("clerk", "POST", "/forms/resume", { code: code.toLowerCase() })).id).toBe(form.id);
    expect((await desk.ask("clerk", "POST", "/forms/resume", { code })).json.code).toBe("FORM-CODE-WRONG");
  });

  test("somebody else's code does not open their form to another resident", async () => {
    const form = await begin("neighbour");
    const { code } = (await desk.ask("neighbour", "POST", `/forms/${form.id}/pickup-code`)).json as unknown as {
      code: string;
    };
    expect((await desk.ask("resident", "POST", "/forms/resume", { code })).status).toBe(403);
  });

  test("guesses side by side are counted: after ten the door closes for a quarter of an hour", async () => {
    desk.at("2026-02-10T03:00:00Z");
    const guesses = Array.from({ length: 3 * mostFailures }, (_, at) =>
      desk.ask("secondClerk", "POST", "/forms/resume", { code: `AAAAA-${at}AAAA` }),
    );
    const codes = (await Promise.all(guesses)).map(({ json }) => json.code);
    expect(codes.filter((code) => code === "FORM-CODE-WRONG")).toHaveLength(mostFailures);
    expect(codes.filter((code) => code === "FORM-CODE-LOCKED")).toHaveLength(2 * mostFailures);
    desk.at("2026-02-10T03:16:00Z");
    expect((await desk.ask("secondClerk", "POST", "/forms/resume", { code: "AAAAA-AAAAA" })).json.code).toBe(
      "FORM-CODE-WRONG",
    );
    desk.at("2026-02-10T02:00:00Z");
  });

  test("a form that nobody comes back to is removed after thirty days", async () => {
    const form = await begin("neighbour");
    desk.at("2026-03-20T02:00:00Z");
    await begin("neighbour");
    expect((await desk.ask("neighbour", "GET", `/forms/${form.id}`)).json.code).toBe("FORM-UNKNOWN");
    desk.at("2026-02-10T02:00:00Z");
  });
});

describe("papers", () => {
  const disputed = async () => {
    const form = await begin("resident");
    return page(
      await desk.ask("resident", "POST", `/forms/${form.id}/disputes`, {
        seq: form.seq,
        of: "p1",
        fact: "birthDate",
        value: "1943-01-01",
        text: "…",
      }),
    );
  };

  test("an upload stays readable for its owner and the clerk of the case, and for nobody else", async () => {
    let form = await disputed();
    const uploaded = await upload("resident", form, { name: "身份证.png", bytes: png });
    expect(uploaded.status, JSON.stringify(uploaded.json)).toBe(200);
    form = uploaded.json;
    const [file] = form.papers[0]?.uploads ?? [];
    expect(file).toMatchObject({ name: "身份证.png", type: "image/png", bytes: png.length });
    const submitted = await desk.ask("resident", "POST", `/forms/${form.id}/submit`, {
      seq: form.seq,
      declaration: true,
    });
    expect(submitted.status, submitted.text).toBe(201);
    const read = (actor: "resident" | "clerk" | "neighbour" | "elsewhere") =>
      desk.ask(actor, "GET", `/uploads/${file?.id}`);
    expect([(await read("resident")).status, (await read("clerk")).status]).toEqual([200, 200]);
    expect([(await read("neighbour")).status, (await read("elsewhere")).status]).toEqual([403, 403]);
  });

  test("papers saved and asked are counted over the submitted forms of an area, not over drafts", async () => {
    const counted = async () => (await desk.ask("clerk", "GET", "/papers-saved")).json;
    const before = await counted();
    const submit = (form: FormPage) =>
      desk.ask("resident", "POST", `/forms/${form.id}/submit`, { seq: form.seq, declaration: true });
    // One form that the registers fill whole, one whose birth date is disputed: a paper is asked for.
    const whole = await begin("resident");
    const { saved } = whole.papersSaved;
    let form = await disputed();
    expect(form.papersSaved).toEqual({ saved: saved - 1, asked: 1 });
    expect(await counted()).toEqual(before);
    expect((await submit(whole)).status).toBe(201);
    form = (await upload("resident", form, { name: "身份证.png", bytes: png })).json;
    expect((await submit(form)).status).toBe(201);
    const sum = (name: "forms" | "saved" | "asked", more: number) => Number(before[name]) + more;
    expect(await counted()).toEqual({
      forms: sum("forms", 2),
      saved: sum("saved", 2 * saved - 1),
      asked: sum("asked", 1),
    });
    expect((await desk.ask("elsewhere", "GET", "/papers-saved")).json).toEqual({ forms: 0, saved: 0, asked: 0 });
    expect((await desk.ask("resident", "GET", "/papers-saved")).status).toBe(403);
    const draft = sql`update case_form set papers_saved = 1, papers_asked = 1 where submitted is null`;
    await begin("resident");
    await expect(draft.execute(desk.cases.database)).rejects.toThrow(/case_form_papers/);
  });

  test("hostile files are refused: by content, size, name and what a PDF would do", async () => {
    const form = await disputed();
    const pdf = (inside: string) => new TextEncoder().encode(`%PDF-1.7\n${inside}\n%%EOF`);
    const html = new TextEncoder().encode("<script>alert(1)</script>");
    for (const [file, code] of [
      [{ name: "a.png", bytes: html }, "UPLOAD-TYPE"],
      [{ name: "a.pdf", bytes: pdf("/OpenAction << /S /JavaScript >>") }, "UPLOAD-TYPE"],
      [{ name: "a.pdf", bytes: pdf("<< /S /J#61v#61Script >>") }, "UPLOAD-TYPE"],
      [{ name: "a.pdf", bytes: pdf("trailer << /Encrypt 5 0 R >>") }, "UPLOAD-TYPE"],
      [{ name: "a.pdf", bytes: packedPdf("1 0 << /AA << /O 2 0 R >> >>") }, "UPLOAD-TYPE"],
      [{ name: "a.exe", bytes: png }, "UPLOAD-NAME"],
      [{ name: ".png", bytes: png }, "UPLOAD-NAME"],
      [{ name: "a\u202Egnp.png", bytes: png }, "UPLOAD-NAME"],
      [{ name: "a.png", bytes: new Uint8Array(0) }, "UPLOAD-SIZE"],
      [{ name: "a.png", bytes: new Uint8Array(11 * 1024 * 1024).fill(0x89) }, "UPLOAD-SIZE"],
      [{ name: "a.png", bytes: png, paper: "p1:nobody" }, "UPLOAD-UNKNOWN"],
    ] as const) {
      expect((await upload("resident", form, file)).json.code, file.name).toBe(code);
    }
    expect((await upload("neighbour", form, { name: "a.png", bytes: png })).status).toBe(403);
    const plain = await upload("resident", form, { name: "a.pdf", bytes: packedPdf("1 0 << /Type /Page >>") });
    expect(plain.status, JSON.stringify(plain.json)).toBe(200);
  });
});

describe("submitting", () => {
  test("makes one case, also when it is sent twice, with what the registers said marked as theirs", async () => {
    const form = await begin("resident");
    const send = () => desk.ask("resident", "POST", `/forms/${form.id}/submit`, { seq: form.seq, declaration: true });
    const [first, second] = [await send(), await send()];
    const [card] = first.json.cases as CaseCard[];
    expect((second.json.cases as CaseCard[]).map(({ id }) => id)).toEqual([card?.id]);
    const shown = (await desk.ask("resident", "GET", `/cases/${card?.id}`)).json as unknown as CasePage;
    expect(shown.facts.find(({ fact }) => fact === "birthDate")?.history[0]).toMatchObject({
      origin: "register 2024-07-01",
    });
    expect((await desk.ask("neighbour", "GET", `/cases/${card?.id}`)).status).toBe(403);
  });

  test("a bundle asks shared questions once; a branch opens when the one before it is granted", async () => {
    const { list } = await demoList();
    const bundles = (
      (await desk.ask("resident", "GET", "/bundles/cn-3199")).json as unknown as { bundles: BundleView[] }
    ).bundles;
    expect(bundles.map(({ code }) => code).toSorted()).toEqual([
      "birth",
      "death",
      "disability",
      "job-loss",
      "loss-of-self-care",
      "school-entry",
      "turning-65",
    ]);
    for (const { branches } of bundles)
      for (const { item } of branches) expect(list.items.has(item.code), item.code).toBe(true);
    let form = await begin("neighbour", { bundle: "job-loss" });
    for (let asked = 0; form.question && asked < 60; asked += 1) {
      const { of, fact } = form.question;
      form = page(await desk.ask("neighbour", "POST", `/forms/${form.id}/skips`, { seq: form.seq, of, fact }));
    }
    const submitted = await desk.ask("neighbour", "POST", `/forms/${form.id}/submit`, {
      seq: form.seq,
      declaration: true,
      items: form.items.map(({ code }) => code),
    });
    expect(submitted.status, submitted.text).toBe(201);
    const progress = async () =>
      (await desk.ask("neighbour", "GET", `/bundle-cases/${submitted.json.bundle}`)).json as unknown as BundleProgress;
    expect((await progress()).branches.map(({ state }) => state)).toEqual(["open", "waiting", "waiting"]);
    const [root] = submitted.json.cases as CaseCard[];
    const act = async (actor: "clerk" | "checker", seq: number, action: unknown) => {
      const answer = await desk.ask(actor, "POST", `/cases/${root?.id}/actions`, { seq, channel: "window", action });
      expect(answer.status, answer.text).toBe(200);
    };
    await act("clerk", 1, { kind: "accept" });
    await act("clerk", 2, { kind: "propose", outcome: "grant", text: "窗口核实" });
    await act("checker", 3, { kind: "decide", outcome: "grant", text: "窗口核实" });
    expect((await progress()).branches.map(({ state }) => state)).toEqual(["decided", "open", "open"]);
    const mine = async (actor: "neighbour" | "resident") =>
      (await desk.ask(actor, "GET", "/my/bundles")).json as { bundles: BundleProgress[] };
    expect((await mine("neighbour")).bundles).toEqual([await progress()]);
    expect((await mine("resident")).bundles).toEqual([]);
  });
});

describe("guides", () => {
  test("every guide and bundle of the lists is sound, and every item has a guide with an appeal", async () => {
    const { list } = await demoList();
    const lists = new URL("../../../../../lists", import.meta.url).pathname;
    expect(readdirSync(`${lists}/cn/guides`).length).toBeGreaterThan(5);
    const guides = await readGuides([lists]);
    for (const code of list.items.keys()) {
      const { guide } = guides.of(list, code);
      expect(
        guide.appeals.map(({ route }) => route),
        code,
      ).toContain("administrative-review");
      for (const { law } of [guide.total.statutory, guide.total.promised].flatMap((limit) => limit ?? [])) {
        expect(law.title ?? list.sources.get(law.source ?? "")?.title, code).toBeTruthy();
      }
    }
    // 最低生活保障审核确认办法 art. 22: 30 working days; delegated to sub-districts in Shanghai: 20.
    expect(guides.of(list, "cn-31.subsistence-allowance").guide.total.statutory?.amount).toBe(20);
    expect(guides.of(list, "cn-31.unemployment-benefit").guide.total.statutory).toMatchObject({
      amount: 10,
      unit: "working-day",
    });
  });
});
