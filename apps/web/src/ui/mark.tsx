import { useWords } from "./words.ts";

const weak = new Set(["P", "D", "R"]);

/** How well a statement of the list is known: verified, partly, derived or recalled. */
export function Mark({ mark }: { readonly mark: string }) {
  const words = useWords();
  return (
    <span className={weak.has(mark) ? "mark weak" : "mark"} title={words(`mark.${mark}.long`)}>
      {words(`mark.${mark}.short`)}
    </span>
  );
}
