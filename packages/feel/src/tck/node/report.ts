import { writeFileSync } from "node:fs";
import { join } from "node:path";
import packageFile from "../../../package.json" with { type: "json" };
import { runTck, type TckRun } from "./run-tck.ts";

/** The page docs/dmn-tck.md for a run: figures by level, and every case that fails. */
export function tckPage(run: TckRun): string {
  const levels = ["compliance-level-2", "compliance-level-3"].map((level) => {
    const cases = run.outcomes.filter(({ folder }) => folder.startsWith(`${level}/`));
    const folders = new Set(cases.map(({ folder }) => folder)).size;
    const passed = cases.filter(({ failures }) => failures.length === 0).length;
    return `| ${level} | ${folders} | ${cases.length} | ${passed} | ${cases.length - passed} |`;
  });
  const failing = run.outcomes.filter(({ failures }) => failures.length > 0);
  const list = failing.map(({ folder, case: id, failures }) => {
    const nodes = failures.map(({ node, expected, actual }) => `${node}: expected \`${expected}\`, got \`${actual}\``);
    return `- \`${folder}\` ${id}: ${nodes.join("; ")}`;
  });
  return `# DMN TCK

The [DMN Technology Compatibility Kit](https://github.com/dmn-tck/tck) run by @qingdan/feel ${packageFile.version}.
Written by \`npx tsx packages/feel/src/tck/node/report.ts <directory of the TCK's test cases>\`; a test holds it.

| level | folders | cases | passed | failed |
|---|---|---|---|---|
${levels.join("\n")}
| all | ${new Set(run.outcomes.map(({ folder }) => folder)).size} | ${run.cases} | ${run.passed} | ${run.failed} |

Ignored: ${run.ignored}. A case passes when every result node does.

- Numbers have to be equal. Only where the computed value has more than 15 significant digits (a root, a quotient, a
  logarithm, of which the files give a rounded form) may it differ by the 1e-8 that the TCK's own runners allow for every number.
- A node marked as an error result has to be null with an error among the diagnostics; a node with a value must tell no error. Of
  nulls without the mark the files mean both kinds.
- Folder 0076 calls static methods of java.lang classes. There is no Java here: a small table of those methods stands for them.

## Failing cases

${list.length === 0 ? "None." : list.join("\n")}
`;
}

/** Runs the TCK in the directory given and writes the page, and the result file in the TCK's format where one is named. */
async function main([dir, page = join("docs", "dmn-tck.md")]: readonly string[]): Promise<void> {
  if (dir === undefined) throw new Error("Give the directory of the TCK's test cases.");
  const run = await runTck(dir);
  writeFileSync(page, tckPage(run));
  process.stderr.write(`${run.passed} of ${run.cases} passed; wrote ${page}\n`);
}

if (process.argv[1]?.endsWith("report.ts")) await main(process.argv.slice(2));
