import { useEffect, useState } from "react";
import { useWords } from "../ui/words.ts";
import { type ChangeEffect, whatifApi } from "../whatif/api.ts";
import { EffectView } from "./effect-view.tsx";
import { MarkedUp } from "./marked-up.tsx";
import type { Checked } from "./use-writing.ts";

/** The effect of a text; a newer one takes the older question back. */
function useEffectOnCity(list: string, file: string, text: string, ask: boolean) {
  const [effect, setEffect] = useState<ChangeEffect>();
  const [failed, setFailed] = useState<string>();
  const [computing, setComputing] = useState(false);
  useEffect(() => {
    setFailed(undefined);
    if (!ask) {
      setEffect(undefined);
      setComputing(false);
      return;
    }
    const abort = new AbortController();
    setComputing(true);
    whatifApi
      .draftEffect(list, file, text, abort.signal)
      .then(setEffect)
      .catch((error: Error) => {
        if (!abort.signal.aborted) setFailed(error.message);
      })
      .finally(() => {
        if (!abort.signal.aborted) setComputing(false);
      });
    return () => abort.abort();
  }, [list, file, text, ask]);
  return { effect, failed, computing };
}

/** Column three: what the change does to the city, and the change itself marked up. */
export function EffectColumn({
  list,
  file,
  checked,
}: {
  readonly list: string;
  readonly file: string;
  /** The text that was checked last: of one that may be wrong nothing is asked. */
  readonly checked: Checked | undefined;
}) {
  const words = useWords();
  const change = checked?.answer.change;
  const sound = checked?.answer.errors === 0;
  const changed = change?.stretches.some(({ kind }) => kind !== "same") ?? false;
  const { effect, failed, computing } = useEffectOnCity(list, file, checked?.text ?? "", changed && sound);
  return (
    <section aria-labelledby="studio-effect" className="studio-column">
      <h2 id="studio-effect">{words("studio.effect")}</h2>
      <p role="status">{computing ? words("studio.effectCounting") : ""}</p>
      {!changed && <p className="hint">{words("studio.effectWait")}</p>}
      {changed && !sound && <p className="hint">{words("studio.effectErrors")}</p>}
      {failed && <p role="alert">{failed}</p>}
      {effect && <EffectView change={effect} />}
      <h3>{words("studio.change")}</h3>
      {change && <MarkedUp change={change} />}
    </section>
  );
}
