import { formatCount, formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import type { PlacesPage } from "./map-api.ts";
import { outlines, type Shape } from "./map-icons.ts";
import { classColours, minuteClasses, type PeopleCounts, unknownColour } from "./minute-classes.ts";

const shapes = Object.keys(outlines) as Shape[];

interface Props {
  readonly places: PlacesPage;
  readonly travel: PlacesPage["standards"][number]["travel"];
  /** undefined while they are not known yet. */
  readonly counts: PeopleCounts | undefined;
}

/** What colours, hatching and shapes mean, with the people of each class; and where the map comes from. */
export function Legend({ places, travel, counts }: Props) {
  const words = useWords();
  const { language } = usePreferences();
  const people = (of: (known: PeopleCounts) => number | undefined) =>
    counts && ` · ${words("map.people", { count: formatCount(of(counts) ?? 0, language) })}`;
  return (
    <section className="legend" aria-labelledby="legend-title">
      <h2 id="legend-title">{words("map.legend")}</h2>
      <h3>{words(`map.minutes-${travel}`)}</h3>
      <ul>
        {minuteClasses[travel].map(({ id, upTo }, n) => {
          const from = minuteClasses[travel][n - 1]?.upTo ?? 0;
          const key = n === 0 ? "map.first" : Number.isFinite(upTo) ? "map.upTo" : "map.above";
          return (
            <li key={id}>
              <span className="swatch" style={{ background: classColours[id] }} aria-hidden="true" />
              {words(key, { from, to: upTo })}
              {people(({ byClass }) => byClass.get(id))}
            </li>
          );
        })}
        <li>
          <span className="swatch" style={{ background: unknownColour }} aria-hidden="true" />
          {words("map.none")}
          {people(({ byClass }) => byClass.get("none"))}
        </li>
        <li>
          <span className="swatch hatch" aria-hidden="true" />
          {words("map.hatched")}
          {people(({ byVerdict }) => byVerdict.get("uncovered"))}
        </li>
        <li>
          <span className="swatch hatch crossed" aria-hidden="true" />
          {words("map.crossed")}
          {people(({ byVerdict }) => byVerdict.get("unknown"))}
        </li>
      </ul>
      <h3>{words("map.shapes")}</h3>
      <ul>
        {shapes.map((shape) => (
          <li key={shape}>
            <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
              <path d={outlines[shape]} fill="currentColor" />
            </svg>
            {words(`map.${shape}`)}
          </li>
        ))}
        <li>
          <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
            <path d={outlines.circle} fill="var(--paper)" stroke="#c2410c" strokeWidth="3" />
          </svg>
          {words("map.newPlace")}
        </li>
        <li>
          <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
            <path d={outlines.circle} fill="var(--paper)" stroke="currentColor" strokeWidth="2" />
          </svg>
          {words("map.closedPlace")}
        </li>
      </ul>
      <p className="provenance">
        {words("map.dataDate", { date: formatDate(places.date, language) })} ·{" "}
        {places.mapReview === null ? words("map.plainGround") : words("map.review", { number: places.mapReview })} ·{" "}
        {places.fictitious && `${words("map.fictitious")} · `}
        {words("map.roads", {
          kilometres: formatCount(Math.round(places.kilometres), language),
          crossings: places.crossings,
          parts: places.parts,
        })}
        {places.unsnappedBlocks > 0 && ` · ${words("map.unsnapped", { count: places.unsnappedBlocks })}`}
      </p>
    </section>
  );
}
