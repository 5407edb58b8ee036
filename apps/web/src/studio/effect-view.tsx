import { formatCount, formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import type { ChangeEffect } from "../whatif/api.ts";
import { ItemsTable, SummaryTable } from "../whatif/effects.tsx";
import "../whatif/whatif.css";

/** What a change of a list does to the city: who gains and loses, the money a year, entry by entry. */
export function EffectView({ change }: { readonly change: ChangeEffect }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { applies, ground, effect, milliseconds } = change;
  if (!applies || !ground) return <p className="hint">{words("studio.effectOutside")}</p>;
  const moved =
    effect?.items.some(({ entered, left, more, less }) => entered + left + more + less > 0) ||
    effect?.items.some(({ undeterminedBefore, undeterminedAfter }) => undeterminedBefore !== undeterminedAfter);
  return (
    <>
      {effect && moved ? (
        <>
          <SummaryTable effects={[effect]} />
          <ItemsTable effect={effect} />
        </>
      ) : (
        <p>{words("studio.effectNone")}</p>
      )}
      <p className="provenance">
        {words("studio.effectOn", {
          city: text(ground.city),
          people: formatCount(ground.people, language),
          date: formatDate(ground.date, language),
          milliseconds,
        })}
      </p>
    </>
  );
}
