import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type MadeCity, makeCity, makePlaces } from "../../../cities/qingping/index.ts";
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

interface DemoPlaces {
  readonly peopleDir: string;
  readonly seed: number;
  readonly out: string;
}

/** Makes the map of the demo city for its people. */
export async function makeDemoPlaces(places: DemoPlaces): Promise<void> {
  await mkdir(path.dirname(places.out), { recursive: true });
  await makePlaces(places);
}
