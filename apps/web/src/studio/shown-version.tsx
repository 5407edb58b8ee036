import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import type { ShownVersion } from "./api.ts";

/** Says which state of a list is shown: as installed, or a published version with its hash. */
export function ShownVersionLine({ shown }: { readonly shown: ShownVersion }) {
  const words = useWords();
  const { language } = usePreferences();
  const { kind, version, publishedAt, publishedBy, contentHash } = shown;
  return (
    <span className="small">
      {kind === "folder"
        ? words("studio.shownFolder")
        : words("studio.shownVersion", {
            version: version ?? "",
            date: formatDate((publishedAt ?? "").slice(0, 10), language),
            by: publishedBy || words("studio.nobody"),
          })}{" "}
      <code title={contentHash}>{contentHash.slice(0, 12)}</code>
    </span>
  );
}
