import { type MadeCity, makeCity } from "../../../cities/qingping/index.ts";
import type { Context } from "./verb.ts";

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
