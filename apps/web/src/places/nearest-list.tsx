import type { NearestPage } from "../map/map-api.ts";
import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { hoursText } from "./hours-text.ts";

type Walker = "adult" | "child" | "senior" | "wheelchair";
type Place = NearestPage["places"][number];

interface Props {
  readonly answer: NearestPage;
  readonly walker: Walker;
  /** What can be asked for less, when nothing fits. */
  readonly onLoosen: { readonly openNow?: () => void; readonly stepFree?: () => void };
}

/** The places found, nearest first; what was left out is counted. */
export function NearestList({ answer, walker, onLoosen }: Props) {
  const words = useWords();
  const { at, places, reachable, leftOut } = answer;
  return (
    <>
      <p role="status" className="hint">
        {words("places.at", { at: at.replace("T", " ") })}
      </p>
      {places.length === 0 && (
        <div className="nothing">
          <p>
            <strong>{words("places.none")}</strong> {words("places.noneHint")}
          </p>
          <p className="actions">
            {onLoosen.openNow && (
              <button type="button" className="button quiet" onClick={onLoosen.openNow}>
                {words("places.openNow")} ✕
              </button>
            )}
            {onLoosen.stepFree && (
              <button type="button" className="button quiet" onClick={onLoosen.stepFree}>
                {words("places.stepFree")} ✕
              </button>
            )}
          </p>
        </div>
      )}
      <ol className="nearest">
        {places.map((place) => (
          <NearestPlace key={place.facility.code} place={place} walker={walker} />
        ))}
      </ol>
      <p className="hint small">{words("places.leftOut", { reachable, ...leftOut })}</p>
    </>
  );
}

function NearestPlace({ place, walker }: { readonly place: Place; readonly walker: Walker }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { facility, open, metres, minutes, minutesByWalker } = place;
  const { name, town, openingHours, stepFree } = facility;
  const steps = stepFree === null ? "places.stepsUnknown" : stepFree ? "places.stepsYes" : "places.stepsNo";
  const signs = { open: "●", closed: "○", unknown: "◐" } as const;
  return (
    <li>
      <h2>{text(name)}</h2>
      <p className="walk">
        {words("places.walk", { minutes: Math.max(1, Math.round(minutes)) })}{" "}
        <span className="hint">{words("places.metres", { metres: formatCount(metres, language) })}</span>
      </p>
      <p>
        <span className={`open-state ${open.state}`}>
          <span aria-hidden="true">{signs[open.state]}</span> {words(`places.${open.state}`)}
        </span>
        {open.until !== null &&
          ` · ${words(open.state === "open" ? "places.until" : "places.opens", { time: open.until.slice(5).replace("T", " ") })}`}
        {open.until === null && open.state === "open" && ` · ${words("places.always")}`}
        {` · ${words(steps)} · ${text(town.name)}`}
      </p>
      <details>
        <summary>{words("places.byWalker")}</summary>
        <dl>
          {(["adult", "senior", "child", "wheelchair"] as const).map((one) => (
            <div key={one} aria-current={one === walker ? "true" : undefined}>
              <dt>{words(`places.${one}`)}</dt>
              <dd>
                {minutesByWalker[one] === null
                  ? words("places.onlySteps")
                  : words("places.minutes", { minutes: minutesByWalker[one] })}
              </dd>
            </div>
          ))}
          <div>
            <dt>{words("places.hours")}</dt>
            <dd>{openingHours === null ? words("places.unknown") : hoursText(openingHours, language)}</dd>
          </div>
        </dl>
      </details>
    </li>
  );
}
