import { fileURLToPath } from "node:url";
import { type MadeCity, makeCity } from "../../../cities/qingping/index.ts";
import type { Context } from "./verb.ts";

/** The demo city's own list: its areas, and everything else as Shanghai's list has it. */
export const demoListFolder = fileURLToPath(new URL("../../../cities/qingping/list", import.meta.url));

interface DemoCity {
  readonly people: number;
  readonly seed: number;
  readonly out: string;
}

/** Makes the demo city with progress on the terminal. */
export async function makeDemoCity(context: Context, { people, seed, out }: DemoCity): Promise<MadeCity> {
  const task = context.progress.task(
    context.say({ zh: `生成清平市 ${people} 人`, en: `Making Qingping, ${people} people` }),
  );
  const made = await makeCity({
    people,
    seed,
    out,
    signal: context.signal,
    onProgress: ({ people: done, of }) => task.update(done, of),
  });
  task.finish();
  return made;
}
