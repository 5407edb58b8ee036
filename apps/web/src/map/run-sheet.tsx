import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { mapApi, type PlacesPage, type PlanningRun, type SitingRun } from "./map-api.ts";
import "./map.css";

interface Props<Run> {
  /** Under which answers are kept. */
  readonly name: "siting" | "planning";
  readonly title: string;
  readonly get: (id: string) => Promise<Run>;
  /** The map with this plan. */
  readonly back: (id: string) => string;
  readonly children: (run: Run) => ReactNode;
}

/** A run's plan as a sheet of paper: what stands on it, where the data come from, and a way to print. */
export function RunSheet<Run extends SitingRun | PlanningRun>({ name, title, get, back, children }: Props<Run>) {
  const { run: id = "" } = useParams();
  const words = useWords();
  useTitle(title);
  const run = useQuery({ queryKey: [name, id], queryFn: () => get(id) });
  const places = useQuery({ queryKey: ["places"], queryFn: mapApi.places });
  return (
    <>
      <p className="no-print">
        <Link to={back(id)}>{words("map.back")}</Link>
      </p>
      <Loaded query={run}>
        {(found) => (
          <article className="sheet">
            {children(found)}
            <Provenance run={found} places={places.data} />
            <p className="no-print">
              <button type="button" className="button quiet small" onClick={() => print()}>
                {words("map.print")}
              </button>
            </p>
          </article>
        )}
      </Loaded>
    </>
  );
}

interface ProvenanceProps {
  readonly run: Pick<SitingRun, "inputs">;
  readonly places: PlacesPage | undefined;
}

function Provenance({ run: { inputs }, places }: ProvenanceProps) {
  const words = useWords();
  const { language } = usePreferences();
  return (
    <p className="provenance">
      {places && `${words("map.dataDate", { date: formatDate(places.date, language) })} · `}
      {places?.fictitious && `${words("map.fictitious")} · `}
      {words("map.inputs")}: <code>{inputs.map}</code> <code>{inputs.facilities}</code>
    </p>
  );
}
