import { useWords } from "../ui/words.ts";
import type { Verdict } from "./minute-classes.ts";

const signs: Readonly<Record<Verdict, string>> = { covered: "●", "at-risk": "◐", uncovered: "○", unknown: "?" };

/** A verdict by sign and word, never by colour alone. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const words = useWords();
  return (
    <span className={`verdict ${verdict}`}>
      <span aria-hidden="true">{signs[verdict]}</span> {words(`map.${verdict}`)}
    </span>
  );
}
