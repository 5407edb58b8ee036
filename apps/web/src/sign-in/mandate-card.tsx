import type { ReactNode } from "react";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import type { MandatesView } from "./api.ts";
import type { Matters } from "./mandate-fields.tsx";

interface Props {
  readonly mandate: MandatesView["given"][number];
  readonly items: Matters;
  /** Papers that were seen, where they are shown. */
  readonly evidence?: string;
  /** That the helper may dispose of rights too, as the page calls it. */
  readonly disposes: string;
  /** Buttons, while it is valid. */
  readonly children: ReactNode;
}

/** Who acts for whom, in what, until when, and what can be done about it. */
export function MandateCard({ mandate, items, evidence, disposes, children }: Props) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const named = mandate.items.map((code) =>
    code === "*" ? words("my.helpers.allMatters") : text(items.find((item) => item.code === code)?.name) || code,
  );
  const facts = [
    words(`case.relation.${mandate.relation}`),
    evidence,
    words("my.until", { day: formatDate(mandate.until, language) }),
    words(`my.helpers.state.${mandate.state}`),
    mandate.disposes && disposes,
  ];
  return (
    <article className="answer">
      <p>
        {words("my.helpers.line", {
          helper: mandate.helperName,
          person: mandate.personName,
          items: named.join(", "),
        })}
      </p>
      <p className="hint">{facts.filter(Boolean).join(" · ")}</p>
      {mandate.state === "valid" && <p className="actions">{children}</p>}
    </article>
  );
}
