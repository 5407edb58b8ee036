import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { Pager } from "../ui/pager.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { cockpitApi } from "./api.ts";
import { CockpitFrame } from "./cockpit-frame.tsx";
import { useValues } from "./values.ts";

/** Figures from files: what was taken, and what was quarantined and why. */
export function ImportsPage() {
  const words = useWords();
  const values = useValues();
  const [address, setAddress] = useSearchParams();
  const page = Number(address.get("page") ?? 1);
  const shown = address.get("batch");
  const query = useQuery({
    queryKey: ["cockpit", "imports", page],
    queryFn: () => cockpitApi.imports(page),
    placeholderData: keepPreviousData,
  });
  return (
    <CockpitFrame title={words("cockpit.importsTitle")} lead={words("cockpit.importsLead")}>
      {() => (
        <>
          <UploadForm onTaken={(batch) => setAddress({ batch })} />
          <Loaded query={query}>
            {(data) =>
              data.batches.length === 0 ? (
                <p>{words("cockpit.noImports")}</p>
              ) : (
                <>
                  <TableFrame
                    heads={(["file", "rows", "accepted", "quarantined", "by", "at"] as const).map((head) => ({
                      name: words(`cockpit.${head}`),
                    }))}
                  >
                    {data.batches.map(({ id, name, rows, accepted, quarantined, by, at }) => (
                      <tr key={id}>
                        <th scope="row">{name}</th>
                        <td className="number">{values.number(rows, 0)}</td>
                        <td className="number">{values.number(accepted, 0)}</td>
                        <td className="number">
                          {quarantined > 0 ? (
                            <button
                              type="button"
                              className="button quiet small"
                              onClick={() => setAddress({ batch: id })}
                            >
                              {values.number(quarantined, 0)} <span className="visually-hidden">{name}</span>
                            </button>
                          ) : (
                            0
                          )}
                        </td>
                        <td>{by}</td>
                        <td>{at.slice(0, 16).replace("T", " ")}</td>
                      </tr>
                    ))}
                  </TableFrame>
                  <Pager {...data} onPage={(to) => setAddress({ page: String(to) })} />
                </>
              )
            }
          </Loaded>
          {shown && <Quarantine batch={shown} />}
        </>
      )}
    </CockpitFrame>
  );
}

function UploadForm({ onTaken }: { readonly onTaken: (batch: string) => void }) {
  const words = useWords();
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const upload = useMutation({
    mutationFn: (chosen: File) => cockpitApi.upload(chosen),
    onSuccess: ({ id }) => {
      onTaken(id);
      return queries.invalidateQueries({ queryKey: ["cockpit"] });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (file) upload.mutate(file);
  };
  return (
    <form className="filters no-print" onSubmit={send}>
      <label>
        {words("cockpit.file")}
        <input type="file" accept=".csv,.xlsx" required onChange={(event) => setFile(event.target.files?.[0])} />
      </label>
      <button type="submit" className="button small" disabled={upload.isPending}>
        {words("cockpit.upload")}
      </button>
      {upload.isSuccess && (
        <p role="status">
          {words("cockpit.accepted")} {upload.data.accepted} · {words("cockpit.quarantined")} {upload.data.quarantined}
        </p>
      )}
      {upload.isError && (
        <p className="field-error" role="alert">
          {upload.error.message}
        </p>
      )}
    </form>
  );
}

function Quarantine({ batch }: { readonly batch: string }) {
  const words = useWords();
  const text = useText();
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ["cockpit", "quarantine", batch, page],
    queryFn: () => cockpitApi.quarantine(batch, page),
    placeholderData: keepPreviousData,
  });
  return (
    <section>
      <h2>{words("cockpit.quarantine")}</h2>
      <Loaded query={query}>
        {(data) => (
          <>
            <TableFrame
              heads={(["row", "column", "reason", "value"] as const).map((head) => ({
                name: words(`cockpit.${head}`),
              }))}
            >
              {data.rows.map(({ row, column, reason, value }) => (
                <tr key={row}>
                  <th scope="row">{row}</th>
                  <td>
                    <code>{column}</code>
                  </td>
                  <td>
                    {text(reason.name)} <code className="small">{reason.code}</code>
                  </td>
                  <td>{value}</td>
                </tr>
              ))}
            </TableFrame>
            <Pager {...data} onPage={setPage} />
          </>
        )}
      </Loaded>
    </section>
  );
}
