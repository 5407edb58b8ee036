import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount, formatLargeMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { AreaField } from "./area-field.tsx";
import { Choose, MaybeWhole, Whole } from "./field.tsx";
import { judgedFor } from "./judged-for.ts";
import { mapApi, type NextBestPage, type PlacesPage, type StreetsPage, type View } from "./map-api.ts";
import type { NewPlace } from "./plan-panel.tsx";

interface Props {
  readonly places: PlacesPage;
  readonly streets: StreetsPage;
  readonly view: View;
  /** Takes a place into the plan. */
  readonly onAdd: (place: NewPlace, point: readonly [number, number]) => void;
}

const fenInTenThousandYuan = 1_000_000;

/** Where the next place of a kind should be, with so much floor within so much money: answered at once. */
export function NextBestPanel({ places, streets, view, onAdd }: Props) {
  const words = useWords();
  const text = useText();
  const judged = judgedFor(places, view);
  const [kind, setKind] = useState<string>();
  const [floorM2, setFloor] = useState(1000);
  const [budget, setBudget] = useState<number | null>(null);
  const [area, setArea] = useState("");
  const ask = useMutation({ mutationFn: mapApi.nextBest });
  const chosen = judged.find((one) => one.kind === kind)?.kind ?? judged[0]?.kind ?? "";
  return (
    <section aria-labelledby="next-best-title">
      <h2 id="next-best-title">{words("nextBest.title")}</h2>
      <p>{words("nextBest.lead")}</p>
      <form
        className="filters next-best"
        onSubmit={(event) => {
          event.preventDefault();
          const { standard, stepFree } = view;
          const budgetFen = budget === null ? null : budget * fenInTenThousandYuan;
          ask.mutate({ standard, stepFree, kind: chosen, floorM2, budgetFen, ...(area ? { area } : {}) });
        }}
      >
        <Choose
          label={words("map.kind")}
          value={chosen}
          choices={judged.map((one) => ({ value: one.kind, label: text(one.label) }))}
          onChange={setKind}
        />
        <Whole label={words("map.addFloor")} value={floorM2} min={10} max={100_000} onChange={setFloor} />
        <MaybeWhole label={words("nextBest.budget")} value={budget} max={1_000_000} onChange={setBudget} />
        <AreaField {...{ places, streets }} value={area} orCity onChange={setArea} />
        <button type="submit" className="button small" disabled={ask.isPending || chosen === ""}>
          {words("nextBest.ask")}
        </button>
      </form>
      {ask.error && (
        <p role="alert" className="field-error">
          {ask.error.message}
        </p>
      )}
      {ask.data && (
        <Answer answer={ask.data} onAdd={(point) => onAdd({ kind: ask.variables?.kind ?? chosen, floorM2 }, point)} />
      )}
    </section>
  );
}

interface AnswerProps {
  readonly answer: NextBestPage;
  readonly onAdd: (point: readonly [number, number]) => void;
}

function Answer({ answer, onAdd }: AnswerProps) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { places, weighed, leftOut, milliseconds } = answer;
  const count = (value: number) => formatCount(value, language);
  return (
    <div className="next-best-answer">
      <p role="status">
        {words("nextBest.weighed", { weighed: count(weighed), ms: milliseconds })}
        {leftOut.map((one) => ` · ${words(`nextBest.${one.why}`, { count: count(one.candidates) })}`)}
      </p>
      {places.length === 0 ? (
        <p>{words("nextBest.none")}</p>
      ) : (
        <TableFrame
          heads={[
            { name: words("map.site") },
            { name: words("planning.deed") },
            { name: words("planning.cost"), number: true },
            { name: words("map.gain"), number: true },
            { name: words("map.gains") },
            { name: words("map.plan") },
          ]}
        >
          {places.map(({ code, name, street, deed, costFen, people, gains, point }) => (
            <tr key={code}>
              <th scope="row">
                {text(name)} <span className="hint small">{text(street.name)}</span>
              </th>
              <td>{words(`planning.deed-${deed}`)}</td>
              <td className="number">{formatLargeMoney(costFen, language)}</td>
              <td className="number">{count(people)}</td>
              <td>
                {gains
                  .slice(0, 2)
                  .map((one) => `${words(`map.groups.${one.group}`)} ${count(one.people)} (${one.clause})`)
                  .join("; ")}
              </td>
              <td>
                <button type="button" className="button quiet small" onClick={() => onAdd(point)}>
                  {words("nextBest.add")}
                  <span className="visually-hidden"> {text(name)}</span>
                </button>
              </td>
            </tr>
          ))}
        </TableFrame>
      )}
    </div>
  );
}
