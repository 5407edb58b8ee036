import { compileRulebook, emitKernel, everyFact, loadList } from "@qingdan/list";
import { readListSource } from "@qingdan/list/node";
import { build } from "esbuild";
import { launchBrowser } from "../apps/web/src/testing/browser.ts";
import { couple } from "./couple.ts";

const rounds = 200;
const questions = 14;

/**
 * One resident, every executable item of Shanghai's list, in a browser: answers, reasons with their distances, and what is
 * missing. `firstMilliseconds` is the answer that follows fourteen questions on a page that has just been opened;
 * `milliseconds` the middle of many.
 */
export async function run(): Promise<Record<string, number>> {
  const { list } = loadList(await readListSource(new URL("../lists/cn-31", import.meta.url).pathname));
  if (list === undefined) throw new Error("Shanghai's list has errors");
  const { rulebook } = compileRulebook(list, { area: "cn-31", date: "2024-08-01" });
  if (rulebook === undefined) throw new Error("Shanghai's list does not compile");
  const kernel = emitKernel(rulebook, { unknown: everyFact(rulebook) }).replace(/^export /m, "");
  const browser = await launchBrowser();
  try {
    const firsts: number[] = [];
    const middles: number[] = [];
    for (let visit = 0; visit < 5; visit += 1) {
      const page = await browser.newPage();
      await page.setContent("<title>Qingdan</title>");
      await page.addScriptTag({ content: await pageScript() });
      await page.addScriptTag({ content: `${kernel}; globalThis.kernel = decide;` });
      const times = (await page.evaluate(
        `answer(${JSON.stringify(rulebook)}, kernel, ${JSON.stringify(couple)}, ${questions}, ${rounds})`,
      )) as number[];
      firsts.push(times[0] ?? Number.NaN);
      middles.push(middle(times));
      await page.close();
    }
    return { items: rulebook.items.length, firstMilliseconds: tenths(firsts), milliseconds: tenths(middles) };
  } finally {
    await browser.close();
  }
}

const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const tenths = (values: readonly number[]) => Math.round(middle(values) * 10) / 10;

/** The part of the list package that pages use, and what is timed, as a plain script. */
async function pageScript(): Promise<string> {
  const contents = `
    import { decideByKernel, nextQuestion, screen } from "@qingdan/list/browser";
    globalThis.answer = (rulebook, kernel, file, questions, rounds) => {
      const decide = decideByKernel(rulebook, kernel);
      for (let at = 0; at < questions; at += 1) nextQuestion(rulebook, file, { decide });
      return Array.from({ length: rounds }, () => {
        const start = performance.now();
        screen(rulebook, file, { decide });
        return performance.now() - start;
      });
    };`;
  const stdin = { contents, resolveDir: new URL(".", import.meta.url).pathname };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "iife", write: false });
  return outputFiles[0]?.text ?? "";
}
