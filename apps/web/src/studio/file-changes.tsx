import { useWords } from "../ui/words.ts";
import type { FileChange } from "./api.ts";
import { MarkedUp } from "./marked-up.tsx";

/** The changes of several files, each under its name. */
export function FileChanges({ changes }: { readonly changes: readonly FileChange[] }) {
  const words = useWords();
  return changes.map((change) => (
    <section key={change.file} aria-label={change.file}>
      <h3>
        <code>{change.file}</code> {!change.was && <span className="mark">{words("studio.newFile")}</span>}
        {!change.is && <span className="mark weak">{words("studio.goneFile")}</span>}
      </h3>
      <MarkedUp change={change} />
    </section>
  ));
}
