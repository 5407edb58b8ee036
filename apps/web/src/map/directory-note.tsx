import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { type ImportPage, mapApi, type PlacesPage } from "./map-api.ts";

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
      {newest.quarantined > 0 && <Quarantine newest={newest} />}
    </section>
  );
}

function Quarantine({ newest }: { readonly newest: ImportPage }) {
  const words = useWords();
  const text = useText();
  const [open, setOpen] = useState(false);
  const rows = useQuery({
    queryKey: ["quarantine", newest.id],
    queryFn: () => mapApi.quarantine(newest.id),
    enabled: open,
  });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words("map.quarantine")}</summary>
      <div className="table-scroll">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col" className="number">
                {words("map.row")}
              </th>
              <th scope="col">{words("map.column")}</th>
              <th scope="col">{words("map.recorded")}</th>
              <th scope="col">{words("map.reason")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.data?.rows.map(({ row, column, value, text: reason }) => (
              <tr key={`${row} ${column}`}>
                <td className="number">{row}</td>
                <td>
                  <code>{column}</code>
                </td>
                <td>{value}</td>
                <td>{text(reason)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
