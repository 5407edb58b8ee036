import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { mapApi, type PlacesPage, type PlanningRun } from "./map-api.ts";
import { PlanningResult } from "./planning-result.tsx";
import "./map.css";

/** A plan of the planning mix as a sheet of paper. */
export function MixSheetPage() {
  const { run: id = "" } = useParams();
  const words = useWords();
  useTitle(words("planning.title"));
  const run = useQuery({ queryKey: ["planning", id], queryFn: () => mapApi.planning(id) });
  const places = useQuery({ queryKey: ["places"], queryFn: mapApi.places });
  return (
    <>
      <p className="no-print">
        <Link to={`/map?mix=${id}`}>{words("map.back")}</Link>
      </p>
      <Loaded query={run}>{(found) => <Sheet run={found} places={places.data} />}</Loaded>
    </>
  );
}

function Sheet({ run, places }: { readonly run: PlanningRun; readonly places: PlacesPage | undefined }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { kinds, area, request, inputs, plan, startedAt } = run;
  const { costs } = request;
  const yuan = (fen: number) => (fen / 100).toLocaleString(language);
  return (
    <article className="sheet">
      <h1>{words("planning.sheetTitle", { area: text(area.name) })}</h1>
      <p>
        {kinds.map(({ name }) => text(name)).join("; ")} · {request.standard} ·{" "}
        {formatDate(startedAt.slice(0, 10), language)}
      </p>
      <p>
        {words("planning.prices", {
          build: yuan(costs.buildFenPerM2),
          convert: yuan(costs.convertFenPerM2),
          extend: yuan(costs.extendFenPerM2),
          yearly: yuan(costs.yearlyFenPerM2),
        })}
      </p>
      {plan ? <PlanningResult run={run} plan={plan} /> : <p role="status">{words(`map.${run.state}`)}</p>}
      <p className="provenance">
        {places && `${words("map.dataDate", { date: formatDate(places.date, language) })} · `}
        {places?.fictitious && `${words("map.fictitious")} · `}
        {words("map.inputs")}: <code>{inputs.map}</code> <code>{inputs.facilities}</code>
      </p>
      <p className="no-print">
        <button type="button" className="button quiet small" onClick={() => print()}>
          {words("map.print")}
        </button>
      </p>
    </article>
  );
}
