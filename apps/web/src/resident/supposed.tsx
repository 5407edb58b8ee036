import type { ChangedAnswer, Rulebook, ShortAnswer } from "@qingdan/list/browser";
import { useEffect, useRef } from "react";
import { formatMoney } from "../ui/format.ts";
import { Outcome } from "../ui/outcome.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { shownValue } from "./check-page.tsx";
import { aboutOf } from "./question-of.ts";
import type { Given } from "./session.ts";

/** One answer that is supposed to be otherwise, and what it would change. */
interface SupposedAnswer {
  readonly given: Given;
  readonly changes: readonly ChangedAnswer[];
}

interface Props extends SupposedAnswer {
  readonly rulebook: Rulebook;
  /** Supposes another. */
  readonly onAnother: () => void;
  /** Takes it as the answer. */
  readonly onAdopt: () => void;
  readonly onDrop: () => void;
}

function Answer({ answer, per }: { readonly answer: ShortAnswer; readonly per: string }) {
  const text = useText();
  const { language } = usePreferences();
  return (
    <>
      <Outcome outcome={answer.outcome} />{" "}
      {answer.fen > 0 && <span className="sum">{formatMoney(answer.fen, per, language)}</span>}
      {answer.fen === 0 && answer.reason.code !== "entitled" && text(answer.reason)}
    </>
  );
}

/** What would change if one thing were otherwise: the answers now and then, side by side. */
export function Supposed({ rulebook, given, changes, onAnother, onAdopt, onDrop }: Props) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const fact = rulebook.facts.find(({ name }) => name === given.fact);
  const buttons = [
    ["another", onAnother],
    ["adopt", onAdopt],
    ["drop", onDrop],
  ] as const;
  return (
    <section className="supposed" aria-labelledby="supposed-title">
      <h2 id="supposed-title" ref={heading} tabIndex={-1}>
        {words("suppose.if", {
          fact: fact ? text(fact) : given.fact,
          value: shownValue(rulebook, given, language, words),
        })}
      </h2>
      <p className="hint small">{aboutOf(given.of, words)}</p>
      {changes.length === 0 ? (
        <p>{words("suppose.same")}</p>
      ) : (
        <TableFrame
          heads={[{ name: words("suppose.item") }, { name: words("suppose.now") }, { name: words("suppose.changed") }]}
        >
          {changes.map(({ code, name, per, before, after }) => (
            <tr key={code}>
              <th scope="row">{text(name)}</th>
              <td>
                <Answer answer={before} per={per} />
              </td>
              <td>
                <Answer answer={after} per={per} />
              </td>
            </tr>
          ))}
        </TableFrame>
      )}
      <p className="actions no-print">
        {buttons.map(([key, onClick]) => (
          <button key={key} type="button" className="button quiet small" onClick={onClick}>
            {words(`suppose.${key}`)}
          </button>
        ))}
      </p>
    </section>
  );
}
