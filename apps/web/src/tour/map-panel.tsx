import { useQuery } from "@tanstack/react-query";
import { mapApi } from "../map/map-api.ts";
import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";

/** The standard and requirement that the start page tells: a community health centre within a quarter of an hour. */
const view = { standard: "gb-50180-2018", level: "15", group: "everyone", stepFree: false } as const;
const requirement = "gb50180.health-centre";

/** A panel of the start page: who is within fifteen minutes of a health centre. */
export function MapPanel() {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const places = useQuery({ queryKey: ["places"], queryFn: mapApi.places, retry: false });
  const coverage = useQuery({
    queryKey: ["coverage", view.standard, view.stepFree],
    queryFn: () => mapApi.coverage(view),
    retry: false,
  });
  const people = coverage.data?.totals.find(
    (total) => total.requirement === requirement && total.group === view.group && total.street === null,
  )?.people;
  // A city without a map has no such panel.
  if (places.isError || coverage.isError) return null;
  const covered = people ? formatCount(people.covered, language) : "…";
  return (
    <section className="panel">
      <h2>{words("tour.map")}</h2>
      <p className="figure">{covered}</p>
      <p>
        {words("tour.mapText", {
          city: places.data ? text(places.data.name) : "…",
          covered,
          uncovered: people ? formatCount(people.uncovered, language) : "…",
          facilities: places.data ? formatCount(places.data.facilities, language) : "…",
          index: coverage.data?.index.value?.toFixed(1) ?? "…",
        })}
      </p>
      <a href="/map">{words("tour.mapLink")}</a> · <a href="/places">{words("tour.placesLink")}</a>
    </section>
  );
}
