import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText, useWords } from "../ui/words.ts";
import { Choose, Whole } from "./field.tsx";
import { judgedFor } from "./judged-for.ts";
import { mapApi, type PlacesPage, type SitingBody, type SitingRun, type StreetsPage, type View } from "./map-api.ts";
import { SitingResult } from "./siting-result.tsx";

interface Props {
  readonly places: PlacesPage;
  readonly streets: StreetsPage;
  readonly view: View;
  readonly run: string | undefined;
  readonly onRun: (id: string) => void;
  readonly onShow: (run: SitingRun) => void;
}

const isLive = (run: SitingRun | undefined) => run?.state === "waiting" || run?.state === "running";

/** Where to build next: the question, the run with progress and stop, and its answer. */
export function SitingPanel({ places, streets, view, run: id, onRun, onShow }: Props) {
  const words = useWords();
  const text = useText();
  const requirements = places.standards.find((one) => one.id === view.standard)?.requirements ?? [];
  const own = judgedFor(places, view);
  const kinds = [...new Map([...own, ...requirements].map((one) => [one.kind, one.label]))];
  const [kind, setKind] = useState<string>();
  const [model, setModel] = useState<SitingBody["model"]>("cover");
  const [sites, setSites] = useState(3);
  const [area, setArea] = useState(places.districts[0]?.code ?? "");
  const [candidates, setCandidates] = useState<SitingBody["candidates"]>("blocks");
  const [seconds, setSeconds] = useState(15);
  const start = useMutation({
    mutationFn: mapApi.startSiting,
    onSuccess: (run) => onRun(run.id),
  });
  const stop = useMutation({ mutationFn: mapApi.stopSiting, onSuccess: () => void query.refetch() });
  const query = useQuery({
    queryKey: ["siting", id],
    queryFn: () => mapApi.siting(id ?? ""),
    enabled: id !== undefined,
    refetchInterval: ({ state: { data } }) => (isLive(data) ? 500 : false),
  });
  const run = query.data;
  const chosen = kinds.some(([code]) => code === kind) ? kind : kinds[0]?.[0];
  return (
    <section aria-labelledby="siting-title">
      <h2 id="siting-title">{words("map.siting")}</h2>
      <p>{words("map.sitingLead")}</p>
      <form
        className="filters siting"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen === undefined) return;
          const where = area === "" ? {} : { area };
          start.mutate({ standard: view.standard, kind: chosen, model, sites, candidates, seconds, ...where });
        }}
      >
        <Choose
          label={words("map.kind")}
          value={chosen ?? ""}
          choices={kinds.map(([code, label]) => ({ value: code, label: text(label) }))}
          onChange={setKind}
        />
        <Choose
          label={words("map.model")}
          value={model}
          choices={(["cover", "median", "center"] as const).map((one) => ({ value: one, label: words(`map.${one}`) }))}
          onChange={(value) => setModel(value as SitingBody["model"])}
        />
        <Whole label={words("map.sites")} value={sites} min={1} max={50} onChange={setSites} />
        <Choose
          label={words("map.area")}
          value={area}
          choices={[
            { value: "", label: words("map.wholeCity") },
            ...places.districts.map((one) => ({ value: one.code, label: text(one.name) })),
            ...streets.streets.map((one) => ({
              value: one.code,
              label: `${text(one.district.name)} ${text(one.name)}`,
            })),
          ]}
          onChange={setArea}
        />
        <Choose
          label={words("map.candidates")}
          value={candidates}
          choices={[
            { value: "blocks", label: words("map.candidateBlocks") },
            { value: "vacant", label: words("map.candidateVacant") },
          ]}
          onChange={(value) => setCandidates(value as SitingBody["candidates"])}
        />
        <Whole label={words("map.seconds")} value={seconds} min={1} max={120} onChange={setSeconds} />
        <button type="submit" className="button small" disabled={start.isPending || isLive(run)}>
          {words("map.run")}
        </button>
      </form>
      {(start.error ?? query.error) && (
        <p role="alert" className="field-error">
          {(start.error ?? query.error)?.message}
        </p>
      )}
      {run && (
        <div className="siting-run">
          <p role="status">
            {isLive(run)
              ? words("map.progress", { phase: words(`map.${run.phase}`), seconds: run.elapsed.toFixed(1) })
              : words(`map.${run.state}`)}
            {isLive(run) &&
              run.progress &&
              ` · ${words("map.soFar", { value: run.progress.value ?? "—", bound: run.progress.bound ?? "—" })}`}
          </p>
          {isLive(run) && (
            <>
              <progress
                max={run.request.seconds}
                value={run.phase === "solving" ? Math.min(run.elapsed, run.request.seconds) : undefined}
                aria-label={words(`map.${run.phase}`)}
              />{" "}
              <button type="button" className="button quiet small" onClick={() => stop.mutate(run.id)}>
                {words("map.stop")}
              </button>
            </>
          )}
          {run.problem && <p className="field-error">{text(run.problem)}</p>}
          {run.plan && <SitingResult run={run} plan={run.plan} onShow={() => onShow(run)} />}
        </div>
      )}
    </section>
  );
}
