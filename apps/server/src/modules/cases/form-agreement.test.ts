import { fileURLToPath } from "node:url";
import vm from "node:vm";
import type { Rulebook, RulebookFact } from "@qingdan/list";
import type * as Page from "@qingdan/list/browser";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { demoList } from "../../testing/case-desk.ts";
import { type FormContent, formFile, formRulebook, formState } from "./form-state.ts";

/** QINGDAN_FORM_STATES=100000 is the long run. */
const states = Number(process.env.QINGDAN_FORM_STATES ?? 1500);

/** What a page loads, run where nothing of Node.js is at hand. */
async function loadPage(): Promise<typeof Page> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(import.meta.resolve("@qingdan/list/browser"))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "page",
    platform: "browser",
  });
  return vm.runInNewContext(`${outputFiles[0]?.text}; page`, { TextEncoder, TextDecoder }) as typeof Page;
}

/** A seeded stream of numbers from 0 (included) to 1 (not included): mulberry32. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
const below = (random: Random, most: number) => Math.floor(random() * most);
const oneOf = <T>(random: Random, values: readonly T[]) => values[below(random, values.length)] as T;

/** A value as a person writes it: bounds, small numbers and days of the last ninety years. */
function written({ areas }: Rulebook, { type, name }: RulebookFact, random: Random): string | number | boolean {
  switch (type.kind) {
    case "boolean":
      return random() < 0.5;
    case "enum":
      return oneOf(random, type.values);
    case "area":
      return oneOf(random, areas).code;
    case "date":
      return new Date(Date.UTC(1934, 0, 1 + below(random, 33_000))).toISOString().slice(0, 10);
    case "number": {
      const most = Math.min(type.max, type.min + 10 ** type.scale * 10 ** (1 + below(random, 4)));
      const held = random() < 0.1 ? oneOf(random, [type.min, type.max]) : type.min + below(random, most - type.min + 1);
      return held / 10 ** type.scale;
    }
    default:
      throw new Error(`${name} is a ${type.kind}`);
  }
}

/** A form somewhere on its way: some facts from registers, some said, some skipped, the others open. */
function randomContent(rulebook: Rulebook, random: Random): FormContent {
  const members = Array.from({ length: 1 + below(random, 4) }, (_, at) => `p${at + 1}`);
  const known = random();
  const register: Record<string, string | number | boolean> = {};
  const answers: Record<string, string | number | boolean> = {};
  const skipped: string[] = [];
  for (const fact of rulebook.facts) {
    for (const of of fact.entity === "household" ? ["h"] : members) {
      const draw = random();
      if (draw < known / 2) register[`${of} ${fact.name}`] = written(rulebook, fact, random);
      else if (draw < known) answers[`${of} ${fact.name}`] = written(rulebook, fact, random);
      else if (draw < known + 0.05) skipped.push(`${of} ${fact.name}`);
    }
  }
  const registerDate = Object.keys(register).length > 0 ? "2024-06-30" : null;
  return {
    subject: oneOf(random, members),
    members,
    household: "h",
    register,
    registerDate,
    answers,
    skipped,
    disputes: {},
  };
}

test("the page answers by the kernel what the server answers by the rules: question, screening and what follows", async () => {
  const [{ rulebook }, page] = await Promise.all([demoList(), loadPage()]);
  const random = numbers(7);
  const deciders = new Map<string, Page.Decide>();
  const seen = { questions: 0, entitled: 0, not: 0, undetermined: 0 };
  for (let state = 0; state < states; state += 1) {
    const at = below(random, rulebook.items.length);
    // Three in ten ask for two items at once, as a bundle does.
    const items = rulebook.items.slice(at, at + (random() < 0.3 ? 2 : 1)).map(({ code }) => code);
    const narrow = formRulebook(rulebook, items);
    const content = randomContent(narrow, random);
    const server = formState(rulebook, items, content);
    const key = narrow.items.map(({ code }) => code).join(" ");
    const kernel = () => page.instantiateKernel(page.emitKernel(narrow, { unknown: page.everyFact(narrow) }));
    const decide = deciders.get(key) ?? page.decideByKernel(narrow, kernel());
    deciders.set(key, decide);
    const { file, implied } = page.withImplied(narrow, formFile(content));
    const question = page.nextQuestion(narrow, file, { decide, skipped: new Set(content.skipped) });
    const told = { file, question, screening: page.screen(narrow, file, { decide }) };
    const { entitled, not, undetermined } = server.screening;
    const right = { file: server.file, question: server.question, screening: server.screening };
    expect(JSON.stringify(told), `state ${state} of ${key}`).toBe(JSON.stringify(right));
    const origins = Object.values(server.origins);
    expect(origins.filter((origin) => origin === "implied")).toHaveLength(implied.length);
    seen.questions += question === null ? 0 : 1;
    seen.entitled += entitled.length;
    seen.not += not.length;
    seen.undetermined += undetermined.length;
  }
  // Every kind of answer comes up, or the states would not tell much.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(states / 50);
}, 3_600_000);
