import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { type ImportPage, mapApi, type PlacesPage } from "./map-api.ts";
import { QuarantineTable } from "./quarantine-table.tsx";

/** Where the directory comes from: what was accepted, what is in quarantine and why, and whether its points fit the streets. */
export function DirectoryNote({ places }: { readonly places: PlacesPage }) {
  const words = useWords();
  const { language } = usePreferences();
  const imports = useQuery({ queryKey: ["imports"], queryFn: mapApi.imports });
  const newest = imports.data?.imports[0];
  if (!newest) return null;
  const { datum } = newest;
  const key = { agree: "map.datumAgree", mismatch: "map.datumMismatch", unclear: "map.datumUnclear" }[datum.verdict];
  return (
    <section aria-labelledby="directory-title">
      <h2 id="directory-title">{words("map.directory")}</h2>
      <p>
        {words("map.directoryLead", {
          facilities: formatCount(places.facilities, language),
          source: newest.source,
          rows: formatCount(newest.rows, language),
          accepted: formatCount(newest.accepted, language),
          quarantined: formatCount(newest.quarantined, language),
        })}{" "}
        {words(key, { best: datum.best, metres: datum.medianMetres ?? "—" })}
      </p>
      <p>
        <Link to="/map/registers">{words("registers.title")}</Link>
      </p>
      {newest.quarantined > 0 && <Quarantine newest={newest} />}
    </section>
  );
}

function Quarantine({ newest }: { readonly newest: ImportPage }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const rows = useQuery({
    queryKey: ["quarantine", newest.id],
    queryFn: () => mapApi.quarantine(newest.id),
    enabled: open,
  });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words("map.quarantine")}</summary>
      {rows.data && <QuarantineTable rows={rows.data.rows} />}
    </details>
  );
}
