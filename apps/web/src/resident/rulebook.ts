import { type Decide, decideByKernel, type Kernel, type QuestionTree, type Rulebook } from "@qingdan/list/browser";

/** Where the rules come from: the page's address may name another list, area and date. */
export interface RulebookAddress {
  readonly list: string;
  readonly area?: string;
  readonly date?: string;
  /** The run whose people tell in which order to ask. */
  readonly run?: string;
}

interface RunCard {
  readonly id: string;
  readonly list: { readonly code: string };
  readonly area: { readonly code: string };
  readonly date: string;
}

const read = async <T>(path: string): Promise<T> => {
  const response = await fetch(path, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as T;
};

/** The list of the newest run, or Shanghai's where there is none: public rules, nothing about the person. */
export const defaultAddress = async (): Promise<RulebookAddress> => {
  const { runs } = await read<{ runs: RunCard[] }>("/api/runs");
  const run = runs[0];
  return run ? { list: run.list.code, area: run.area.code, date: run.date, run: run.id } : { list: "cn-31" };
};

/** The rules, and their kernel as the module that the server writes: the same that decides millions. */
export interface Rules {
  readonly rulebook: Rulebook;
  readonly decide: Decide;
  /** The order that asks the city's people least; absent while the server is making it. */
  readonly tree?: QuestionTree;
}

export const readRules = async ({ list, area, date, run }: RulebookAddress): Promise<Rules> => {
  const query = new URLSearchParams({ ...(area ? { area } : {}), ...(date ? { date } : {}) }).toString();
  const at = (file: string) => `/api/lists/${encodeURIComponent(list)}/${file}${query ? `?${query}` : ""}`;
  const [rulebook, { decide }, tree] = await Promise.all([
    read<Rulebook>(at("rulebook.json")),
    import(/* @vite-ignore */ at("rulebook.js")) as Promise<{ decide: Kernel }>,
    run === undefined ? undefined : readTree(run),
  ]);
  return { rulebook, decide: decideByKernel(rulebook, decide), ...(tree && { tree }) };
};

/** Nothing where there is none yet, or it cannot be read: it only makes the way shorter. */
const readTree = async (run: string): Promise<QuestionTree | undefined> => {
  try {
    const response = await fetch(`/api/runs/${encodeURIComponent(run)}/questions.json`);
    return response.status === 200 ? ((await response.json()) as QuestionTree) : undefined;
  } catch {
    return undefined;
  }
};
