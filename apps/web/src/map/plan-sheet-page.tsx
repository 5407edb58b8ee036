import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { mapApi, type SitingRun } from "./map-api.ts";
import { SitingResult } from "./siting-result.tsx";
import "./map.css";

/** A siting plan as a sheet of paper. */
export function PlanSheetPage() {
  const { run: id = "" } = useParams();
  const words = useWords();
  useTitle(words("map.siting"));
  const run = useQuery({ queryKey: ["siting", id], queryFn: () => mapApi.siting(id) });
  const places = useQuery({ queryKey: ["places"], queryFn: mapApi.places });
  return (
    <>
      <p className="no-print">
        <Link to={`/map?run=${id}`}>{words("map.back")}</Link>
      </p>
      <Loaded query={run}>
        {(found) => <Sheet run={found} date={places.data?.date} fictitious={places.data?.fictitious ?? false} />}
      </Loaded>
    </>
  );
}

function Sheet({
  run,
  date,
  fictitious,
}: {
  readonly run: SitingRun;
  readonly date: string | undefined;
  readonly fictitious: boolean;
}) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { kind, area, request, inputs, plan, startedAt } = run;
  return (
    <article className="sheet">
      <h1>{words("map.sheetTitle", { kind: text(kind.name) })}</h1>
      <p>
        {area ? text(area.name) : words("map.wholeCity")} · {words(`map.${request.model}`)} · {words("map.sites")}{" "}
        {request.sites} · {request.standard} · {formatDate(startedAt.slice(0, 10), language)}
      </p>
      {plan ? <SitingResult run={run} plan={plan} /> : <p role="status">{words(`map.${run.state}`)}</p>}
      <p className="provenance">
        {date && `${words("map.dataDate", { date: formatDate(date, language) })} · `}
        {fictitious && `${words("map.fictitious")} · `}
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
