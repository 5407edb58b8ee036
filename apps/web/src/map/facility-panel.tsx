import { hoursText } from "../places/hours-text.ts";
import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import type { Facility } from "./map-api.ts";

interface Props {
  readonly facility: Facility;
  /** Whether a plan can move or close it: not where it is closed already, nor where minutes by car are given. */
  readonly mayChange: boolean;
  readonly canMove: boolean;
  readonly onClose: () => void;
  readonly onMove: () => void;
}

/** What a facility is, and what a plan can do with it. */
export function FacilityPanel({ facility, mayChange, canMove, onClose, onMove }: Props) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { kind, name, town, floorM2, capacity, openingHours, stepFree, operator, state, centre } = facility;
  const unknown = words("map.notKnown");
  const operators = ["public", "private", "nonprofit"];
  return (
    <section aria-labelledby="facility-title">
      <h3 id="facility-title">{text(name)}</h3>
      <dl className="facts">
        <dt>{words("map.kind")}</dt>
        <dd>{text(kind.name)}</dd>
        <dt>{words("map.street")}</dt>
        <dd>{text(town.name)}</dd>
        <dt>{words("map.floor")}</dt>
        <dd>{floorM2 === null ? unknown : words("map.floorValue", { floor: formatCount(floorM2, language) })}</dd>
        <dt>{words("map.capacity")}</dt>
        <dd>{capacity === null ? unknown : formatCount(capacity, language)}</dd>
        <dt>{words("map.hours")}</dt>
        <dd>{openingHours === null ? unknown : hoursText(openingHours, language)}</dd>
        <dt>{words("map.steps")}</dt>
        <dd>{stepFree === null ? unknown : words(stepFree ? "map.yes" : "map.no")}</dd>
        <dt>{words("map.operator")}</dt>
        <dd>
          {operator === null ? unknown : operators.includes(operator) ? words(`map.operator-${operator}`) : operator}
        </dd>
        <dt>{words("map.state")}</dt>
        <dd>{words(`map.${state}`)}</dd>
        {centre && (
          <>
            <dt>{words("map.centre")}</dt>
            <dd>
              {centre.length === 0
                ? words("map.centreMeets")
                : centre.map(({ text: lack, clause }) => `${text(lack)} (${clause})`).join("; ")}
            </dd>
          </>
        )}
      </dl>
      {state === "open" && mayChange && (
        <p className="row">
          <button type="button" className="button quiet small" disabled={!canMove} onClick={onMove}>
            {words("map.moveHere")}
          </button>
          <button type="button" className="button quiet small" onClick={onClose}>
            {words("map.closeIt")}
          </button>
          <span className="hint small">{words("map.moveHint")}</span>
        </p>
      )}
    </section>
  );
}
