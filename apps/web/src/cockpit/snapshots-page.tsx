import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { Pager } from "../ui/pager.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { cockpitApi } from "./api.ts";
import { CockpitFrame } from "./cockpit-frame.tsx";
import { Evaluations } from "./evaluations.tsx";
import { useValues } from "./values.ts";

/** Frozen figures: what a report cites. */
export function SnapshotsPage() {
  const words = useWords();
  const values = useValues();
  const { language } = usePreferences();
  const [address, setAddress] = useSearchParams();
  const page = Number(address.get("page") ?? 1);
  const query = useQuery({
    queryKey: ["cockpit", "snapshots", page],
    queryFn: () => cockpitApi.snapshots(page),
    placeholderData: keepPreviousData,
  });
  return (
    <CockpitFrame title={words("cockpit.snapshotsTitle")} lead={words("cockpit.snapshotsLead")}>
      {(overview) => (
        <>
          <FreezeForm />
          <Loaded query={query}>
            {(data) =>
              data.snapshots.length === 0 ? (
                <p>{words("cockpit.noSnapshots")}</p>
              ) : (
                <>
                  <ul className="entries">
                    {data.snapshots.map(({ hash, title, by, at, figures }) => (
                      <li key={hash}>
                        <h2>{title}</h2>
                        <p className="small">
                          {by} · <time dateTime={at}>{at.slice(0, 16).replace("T", " ")}</time> ·{" "}
                          {values.number(figures, 0)} {words("cockpit.figures")}
                        </p>
                        <p className="provenance">
                          {words("cockpit.hash")} <code>{hash}</code>
                        </p>
                        <Verified hash={hash} />
                        <p>
                          {words("cockpit.download")}:{" "}
                          {(["csv", "xlsx", "json"] as const).map((format) => (
                            <a key={format} className="file" href={`/api/cockpit/snapshots/${hash}/figures.${format}`}>
                              {format.toUpperCase()}
                              <span className="visually-hidden"> {title}</span>
                            </a>
                          ))}
                          {(["data", "structure"] as const).map((message) => (
                            <a
                              key={message}
                              className="file"
                              href={`/api/cockpit/snapshots/${hash}/sdmx-${message}.json`}
                            >
                              {words(`cockpit.sdmx.${message}`)}
                              <span className="visually-hidden"> {title}</span>
                            </a>
                          ))}
                          {words("cockpit.report")}:{" "}
                          {(["docx", "pdf"] as const).map((format) => (
                            <a
                              key={format}
                              className="file"
                              href={`/api/cockpit/snapshots/${hash}/report.${format}?language=${language === "en" ? "en" : "zh"}`}
                            >
                              {format.toUpperCase()}
                              <span className="visually-hidden"> {title}</span>
                            </a>
                          ))}
                        </p>
                      </li>
                    ))}
                  </ul>
                  <Pager {...data} onPage={(to) => setAddress({ page: String(to) })} />
                </>
              )
            }
          </Loaded>
          <Evaluations overview={overview} />
        </>
      )}
    </CockpitFrame>
  );
}

function Verified({ hash }: { readonly hash: string }) {
  const words = useWords();
  const { data } = useQuery({ queryKey: ["cockpit", "snapshot", hash], queryFn: () => cockpitApi.snapshot(hash) });
  if (!data) return null;
  return (
    <p className={data.intact ? "small" : "field-error"}>
      {words(data.intact ? "cockpit.intact" : "cockpit.notIntact")} ·{" "}
      {words(data.current ? "cockpit.current" : "cockpit.notCurrent")}
    </p>
  );
}

function FreezeForm() {
  const words = useWords();
  const queries = useQueryClient();
  const [title, setTitle] = useState("");
  const freeze = useMutation({
    mutationFn: () => cockpitApi.freeze(title),
    onSuccess: () => {
      setTitle("");
      return queries.invalidateQueries({ queryKey: ["cockpit"] });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    freeze.mutate();
  };
  return (
    <form className="filters no-print" onSubmit={send}>
      <label>
        {words("cockpit.freezeName")}
        <input type="text" required value={title} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <button type="submit" className="button small" disabled={freeze.isPending}>
        {words("cockpit.freeze")}
      </button>
      {freeze.isSuccess && <p role="status">{words("cockpit.saved")}</p>}
      {freeze.isError && (
        <p className="field-error" role="alert">
          {freeze.error.message}
        </p>
      )}
    </form>
  );
}
