import { useWords } from "./words.ts";

export type OutcomeName = "entitled" | "not" | "undetermined";

const shapes: Record<OutcomeName, React.ReactNode> = {
  entitled: (
    <>
      <circle cx="8" cy="8" r="8" fill="currentColor" />
      <path d="M4 8.5l2.6 2.6L12 5.6" fill="none" stroke="var(--paper)" strokeWidth="2" />
    </>
  ),
  not: <circle cx="8" cy="8" r="6.8" fill="none" stroke="currentColor" strokeWidth="2" />,
  undetermined: (
    <>
      <circle cx="8" cy="8" r="6.8" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M8 1.2a6.8 6.8 0 0 1 0 13.6z" fill="currentColor" />
    </>
  ),
};

/** One of the three states, by shape and by word, never by colour alone. */
export function Outcome({ outcome }: { readonly outcome: OutcomeName }) {
  const words = useWords();
  return (
    <span className={`outcome ${outcome}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {shapes[outcome]}
      </svg>
      {words(`outcome.${outcome}`)}
    </span>
  );
}
