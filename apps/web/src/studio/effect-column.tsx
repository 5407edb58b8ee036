import { useWords } from "../ui/words.ts";
import type { FileChange } from "./api.ts";
import { MarkedUp } from "./marked-up.tsx";

/** Column three: what the change does to the city, and the change itself marked up. */
export function EffectColumn({
  change,
}: {
  readonly list: string;
  readonly file: string;
  readonly text: string;
  readonly change: FileChange | undefined;
  readonly sound: boolean;
}) {
  const words = useWords();
  return (
    <section aria-labelledby="studio-effect" className="studio-column">
      <h2 id="studio-effect">{words("studio.effect")}</h2>
      <h3>{words("studio.change")}</h3>
      {change && <MarkedUp change={change} />}
    </section>
  );
}
