import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DmnFileError } from "../../dmn/file-error.ts";
import type { DmnModel } from "../../dmn/model.ts";
import { readDmn } from "../../dmn/read.ts";
import { readTckFile } from "../read.ts";
import { reportOf, runFolder, type TckOutcome, type TckReport } from "../run.ts";

export interface TckRun extends TckReport {
  /** Every case in the order of folders, files and cases. */
  readonly outcomes: readonly TckOutcome[];
}

export interface TckRunOptions {
  /** Called after each case. */
  readonly onCase?: (outcome: TckOutcome) => void;
  /** Runs only folders whose name holds this text. */
  readonly only?: string;
}

const levels = ["compliance-level-2", "compliance-level-3"];

/**
 * Runs the DMN TCK found in a directory that holds the folders of compliance levels 2 and 3 (`TestCases` of the TCK).
 * Throws DmnFileError when there are none, or a file cannot be read.
 */
export async function runTck(dir: string, options: TckRunOptions = {}): Promise<TckRun> {
  const outcomes: TckOutcome[] = [];
  for (const folder of foldersOf(dir)) {
    if (options.only !== undefined && !folder.includes(options.only)) continue;
    for (const outcome of await runOne(dir, folder)) {
      outcomes.push(outcome);
      options.onCase?.(outcome);
    }
  }
  return { ...reportOf(outcomes), outcomes };
}

function foldersOf(dir: string): string[] {
  const folders = levels.flatMap((level) => {
    const path = join(dir, level);
    return existsSync(path) ? readdirSync(path).map((folder) => `${level}/${folder}`) : [];
  });
  if (folders.length > 0) return folders.sort();
  throw new DmnFileError({
    code: "tck-not-found",
    message: `${dir} holds no ${levels.join(" or ")}`,
    hint: "Give the TestCases directory of a checkout of dmn-tck/tck.",
    file: dir,
  });
}

async function runOne(dir: string, folder: string): Promise<TckOutcome[]> {
  const path = join(dir, folder);
  const files = readdirSync(path).sort();
  const models = new Map<string, DmnModel>();
  for (const file of files.filter((name) => name.endsWith(".dmn"))) {
    const { model } = await readDmn(readFileSync(join(path, file), "utf8"), join(folder, file));
    models.set(file, model);
  }
  return files
    .filter((name) => name.endsWith(".xml"))
    .flatMap((file) => {
      const tests = readTckFile(readFileSync(join(path, file), "utf8"), join(folder, file));
      const model = models.get(tests.modelName);
      if (model === undefined) {
        const message = `There is no model ${tests.modelName}`;
        throw new DmnFileError({
          code: "tck-no-model",
          message,
          hint: "The folder must hold it.",
          file: join(folder, file),
        });
      }
      const others = [...models.values()].filter((other) => other !== model);
      return runFolder({ folder, file, tests, model, others });
    });
}
