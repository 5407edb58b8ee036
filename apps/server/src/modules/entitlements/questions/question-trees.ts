import { readFile } from "node:fs/promises";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { List, QuestionTree } from "@qingdan/list";
import type { StoredRun } from "../run-store.ts";
import type { QuestionWork } from "./question-worker.ts";

export interface QuestionTreesOptions {
  readonly list: (code: string) => Promise<List>;
  readonly onFailed: (error: unknown) => void;
  /** People that a tree is made from, by default 2,000. */
  readonly drawn?: number;
}

/** In which order residents are asked about a run's list, reckoned from the run's people. */
export interface QuestionTrees {
  /** Undefined while it is being made, which begins when it is first asked for and takes a minute or two in a thread of its own. */
  readonly of: (run: StoredRun) => Promise<QuestionTree | undefined>;
  /** Resolves when nothing is being made any more. */
  readonly made: () => Promise<void>;
  /** Gives up what is being made; it is begun again when it is next asked for. */
  readonly close: () => Promise<void>;
}

export function createQuestionTrees({ list, onFailed, drawn = 2_000 }: QuestionTreesOptions): QuestionTrees {
  const trees = new Map<string, QuestionTree>();
  const making = new Map<
    string,
    { readonly worker: Worker; readonly drawn: Promise<void>; readonly ended: Promise<void> }
  >();

  const make = async (run: StoredRun, file: string): Promise<void> => {
    const { rulebook, snapshot } = run;
    const dictionary = (await list(run.list)).facts;
    const facts = rulebook.facts.flatMap(({ name }) => dictionary.get(name) ?? []);
    const work: QuestionWork = { rulebook, facts, peopleDir: snapshot.dir, file, drawn };
    const worker = new Worker(new URL("./question-worker.ts", import.meta.url), { workerData: work });
    worker.on("error", onFailed);
    const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    const read = new Promise<void>((resolve) => worker.once("message", () => resolve()));
    making.set(file, { worker, ended, drawn: Promise.race([read, ended]) });
  };

  return {
    async of(run) {
      const file = path.join(run.folder, "questions.json");
      const tree = trees.get(file) ?? (await readTree(file));
      if (tree !== undefined) trees.set(file, tree);
      // What failed once would fail again: it is not begun a second time before the next start.
      else if (!making.has(file)) await make(run, file);
      return tree;
    },
    made: async () => void (await Promise.all([...making.values()].map(({ ended }) => ended))),
    async close() {
      for (const { worker, drawn: read, ended } of making.values()) {
        await read;
        await worker.terminate();
        await ended;
      }
    },
  };
}

async function readTree(file: string): Promise<QuestionTree | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
