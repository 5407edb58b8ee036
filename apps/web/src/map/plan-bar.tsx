import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import type { WhatIfPage } from "./map-api.ts";
import type { PlanStep } from "./plan.ts";

interface Props {
  readonly steps: readonly PlanStep[];
  readonly answer: WhatIfPage | undefined;
  readonly problem: string | undefined;
  readonly onUndo: () => void;
  readonly onLeave: () => void;
}

const figure = (value: number | null | undefined) => (value == null ? "—" : value.toFixed(2));

/** The plan against today: at the top of the page until it is left. */
export function PlanBar({ steps, answer, problem, onUndo, onLeave }: Props) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const sum = (way: "gain" | "lose") => answer?.people.reduce((total, one) => total + one[way], 0) ?? 0;
  return (
    <section className="plan-bar" aria-labelledby="plan-bar-title">
      <h2 id="plan-bar-title">{words("map.planBar")}</h2>
      <div role="status">
        {problem && <p className="field-error">{problem}</p>}
        {answer && (
          <dl className="figures">
            <div>
              <dt>{words("map.index")}</dt>
              <dd>
                {figure(answer.index.before.value)} → {figure(answer.index.after.value)}
              </dd>
            </div>
            <div>
              <dt>{words("map.gain")}</dt>
              <dd>+{formatCount(sum("gain"), language)}</dd>
            </div>
            <div>
              <dt>{words("map.lose")}</dt>
              <dd>−{formatCount(sum("lose"), language)}</dd>
            </div>
          </dl>
        )}
      </div>
      <ol className="steps">
        {steps.map(({ edit, name }) => (
          <li key={JSON.stringify(edit)}>
            {words(edit.deed === "add" ? "map.editAdd" : edit.deed === "move" ? "map.editMove" : "map.editClose", {
              name,
            })}
          </li>
        ))}
      </ol>
      <p className="row">
        <button type="button" className="button quiet small" onClick={onUndo}>
          {words("map.undo")}
        </button>
        <button type="button" className="button quiet small" onClick={onLeave}>
          {words("map.leave")}
        </button>
        {answer && <span className="hint small">{words("map.computed", { ms: answer.milliseconds })}</span>}
      </p>
      {answer && (
        <details>
          <summary>{words("map.changes")}</summary>
          {answer.people.length === 0 ? (
            <p>{words("map.noChange")}</p>
          ) : (
            <TableFrame
              heads={[
                { name: words("map.requirement") },
                { name: words("map.street") },
                { name: words("map.group") },
                { name: words("map.gain"), number: true },
                { name: words("map.lose"), number: true },
              ]}
            >
              {answer.people.map(({ requirement, label, group, street, gain, lose }) => (
                <tr key={`${requirement} ${group} ${street.code}`}>
                  <th scope="row">{text(label)}</th>
                  <td>{text(street.name)}</td>
                  <td>{words(`map.groups.${group}`)}</td>
                  <td className="number">{formatCount(gain, language)}</td>
                  <td className="number">{formatCount(lose, language)}</td>
                </tr>
              ))}
            </TableFrame>
          )}
        </details>
      )}
    </section>
  );
}
