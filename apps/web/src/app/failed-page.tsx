import { useEffect } from "react";
import { useWords } from "../ui/words.ts";
import { isRebuilt } from "./is-rebuilt.ts";
import { useTitle } from "./use-title.ts";

/**
 * Stands in for a page that could not be opened. A tab that is older than the site asks for parts that are gone: it is loaded
 * anew. Where the site is as it was, or cannot be reached, loading anew would not help, and a person decides.
 */
export function FailedPage() {
  const words = useWords();
  useTitle(words("failed.title"));
  useEffect(() => {
    void isRebuilt().then((rebuilt) => rebuilt && location.reload());
  }, []);
  return (
    <div role="alert">
      <h1>{words("failed.title")}</h1>
      <p>{words("failed.lead")}</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        {words("failed.reload")}
      </button>
    </div>
  );
}
