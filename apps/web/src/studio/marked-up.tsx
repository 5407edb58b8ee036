import { useWords } from "../ui/words.ts";
import type { FileChange } from "./api.ts";

/** Characters of unchanged text that stay beside a change. */
const around = 90;

/** Long unchanged stretches are cut to what stands beside a change. */
const shorten = (text: string, first: boolean, last: boolean): string => {
  if (text.length <= around * 2) return text;
  const head = first ? "" : text.slice(0, around);
  const tail = last ? "" : text.slice(-around);
  return `${head} … ${tail}`;
};

/** A change as a lawyer marks it up: what goes is struck out, what comes is underlined. */
export function MarkedUp({ change }: { readonly change: FileChange }) {
  const words = useWords();
  const { stretches } = change;
  const different = stretches.some(({ kind }) => kind !== "same");
  if (!different) return <p className="hint">{words("studio.unchanged")}</p>;
  let offset = 0;
  return (
    <pre className="marked-up">
      {stretches.map(({ kind, text }, at) => {
        const key = `${kind}${offset}`;
        offset += text.length;
        if (kind === "ins") {
          return (
            <ins key={key}>
              <span className="visually-hidden">{words("studio.inserted")}</span>
              {text}
            </ins>
          );
        }
        if (kind === "del") {
          return (
            <del key={key}>
              <span className="visually-hidden">{words("studio.deleted")}</span>
              {text}
            </del>
          );
        }
        return <span key={key}>{shorten(text, at === 0, at === stretches.length - 1)}</span>;
      })}
    </pre>
  );
}
