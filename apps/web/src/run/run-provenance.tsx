import type { RunCard } from "../app/api.ts";
import { useText, useWords } from "../ui/words.ts";

/** What a figure came from: list, rulebook, snapshot and the hash of the answers. */
export function RunProvenance({ run }: { readonly run: RunCard }) {
  const words = useWords();
  const text = useText();
  return (
    <p className="provenance">
      {words("run.provenance")}: {words("run.list")} {text(run.list.name)} · {words("run.rulebook")}{" "}
      <code>{run.rulebookHash.slice(0, 12)}</code> · {words("run.snapshot")} {text(run.city)}{" "}
      <code>{run.snapshotHash.slice(0, 12)}</code> · {words("run.hash")} <code>{run.hash.slice(0, 12)}</code>
    </p>
  );
}
