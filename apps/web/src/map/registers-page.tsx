import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatCount, formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { Choose } from "./field.tsx";
import { type ImportPage, mapApi } from "./map-api.ts";
import { QuarantineTable } from "./quarantine-table.tsx";
import "./map.css";
import { TableFrame } from "../ui/table-frame.tsx";

const pageSize = 50;

/** Registers of facilities: one is taken in, and what was accepted, what not and why is shown. */
export function RegistersPage() {
  const words = useWords();
  useTitle(words("registers.title"));
  const [address, setAddress] = useSearchParams();
  const imports = useQuery({ queryKey: ["imports"], queryFn: mapApi.imports });
  const shown = imports.data?.imports.find(({ id }) => id === address.get("import"));
  const show = (id: string) => setAddress({ import: id }, { preventScrollReset: true });
  return (
    <>
      <p>
        <Link to="/map">{words("map.back")}</Link>
      </p>
      <h1>{words("registers.title")}</h1>
      <p>{words("registers.lead")}</p>
      <p>
        {words("registers.columns")} <code>code, kind, name_zh, lon, lat</code>; {words("registers.more")}{" "}
        <code>
          name_en, town, functions, floor_m2, capacity, capacity_unit, opening_hours, step_free, operator, state
        </code>
      </p>
      <UploadForm onTaken={show} />
      {shown && <Shown key={shown.id} taken={shown} />}
      <h2>{words("registers.earlier")}</h2>
      <Loaded query={imports}>{(found) => <ImportsTable imports={found.imports} onShow={show} />}</Loaded>
    </>
  );
}

function UploadForm({ onTaken }: { readonly onTaken: (id: string) => void }) {
  const words = useWords();
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [datum, setDatum] = useState("wgs84");
  const upload = useMutation({
    mutationFn: (chosen: File) => mapApi.importRegister(chosen, { datum, source: chosen.name.slice(0, 120) }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      onTaken(id);
    },
  });
  return (
    <form
      className="filters no-print"
      onSubmit={(event) => {
        event.preventDefault();
        if (file) upload.mutate(file);
      }}
    >
      <label>
        {words("registers.file")}
        <input
          type="file"
          accept=".csv,.geojson,.json"
          required
          onChange={(event) => setFile(event.target.files?.[0])}
        />
      </label>
      <Choose
        label={words("registers.datum")}
        value={datum}
        choices={[
          { value: "wgs84", label: "WGS 84" },
          { value: "cgcs2000", label: "CGCS2000" },
          { value: "gcj02", label: "GCJ-02" },
          { value: "bd09", label: "BD-09" },
        ]}
        onChange={setDatum}
      />
      <button type="submit" className="button small" disabled={upload.isPending}>
        {words("registers.take")}
      </button>
      {upload.error && (
        <p role="alert" className="field-error">
          {upload.error.message}
        </p>
      )}
    </form>
  );
}

/** One register: its sums, whether its points fit the streets, and every row that was not accepted. */
function Shown({ taken }: { readonly taken: ImportPage }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const [page, setPage] = useState(1);
  const rows = useQuery({
    queryKey: ["quarantine", taken.id, page],
    queryFn: () => mapApi.quarantine(taken.id, page, pageSize),
    placeholderData: keepPreviousData,
    enabled: taken.quarantined > 0,
  });
  const { datum, byReason } = taken;
  const key = { agree: "map.datumAgree", mismatch: "map.datumMismatch", unclear: "map.datumUnclear" }[datum.verdict];
  const count = (value: number) => formatCount(value, language);
  const pages = Math.max(1, Math.ceil((rows.data?.total ?? 0) / pageSize));
  return (
    <section aria-labelledby="shown-title">
      <h2 id="shown-title">{taken.source}</h2>
      <p role="status">
        {words("registers.sums", {
          rows: count(taken.rows),
          accepted: count(taken.accepted),
          quarantined: count(taken.quarantined),
        })}{" "}
        {words(key, { best: datum.best, metres: datum.medianMetres ?? "—" })}
      </p>
      {taken.quarantined === 0 ? (
        <p>{words("registers.none")}</p>
      ) : (
        <>
          <ul>
            {byReason.map((one) => (
              <li key={one.reason}>
                {text(one.text)}: {count(one.rows)}
              </li>
            ))}
          </ul>
          <Loaded query={rows}>{(found) => <QuarantineTable rows={found.rows} withRecord />}</Loaded>
          {pages > 1 && <Pages {...{ page, pages }} onPage={setPage} />}
        </>
      )}
    </section>
  );
}

interface PagesProps {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

function Pages({ page, pages, onPage }: PagesProps) {
  const words = useWords();
  return (
    <p className="row no-print">
      <button type="button" className="button quiet small" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {words("registers.before")}
      </button>
      {words("registers.page", { page, pages })}
      <button type="button" className="button quiet small" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {words("registers.next")}
      </button>
    </p>
  );
}

interface TableProps {
  readonly imports: readonly ImportPage[];
  readonly onShow: (id: string) => void;
}

function ImportsTable({ imports, onShow }: TableProps) {
  const words = useWords();
  const { language } = usePreferences();
  const count = (value: number) => formatCount(value, language);
  if (imports.length === 0) return <p>{words("registers.noImports")}</p>;
  return (
    <TableFrame
      heads={[
        ...(["file", "by", "day"] as const).map((head) => ({ name: words(`registers.${head}`) })),
        ...(["rows", "accepted", "quarantined"] as const).map((head) => ({
          name: words(`registers.${head}`),
          number: true,
        })),
      ]}
    >
      {imports.map(({ id, source, importedBy, importedAt, rows, accepted, quarantined }) => (
        <tr key={id}>
          <th scope="row">
            <button type="button" className="button quiet small" onClick={() => onShow(id)}>
              {source}
            </button>
          </th>
          <td>{importedBy}</td>
          <td>{formatDate(importedAt.slice(0, 10), language)}</td>
          <td className="number">{count(rows)}</td>
          <td className="number">{count(accepted)}</td>
          <td className="number">{count(quarantined)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
