import { useState } from "react";
import { useText, useWords } from "../ui/words.ts";
import { AreaField } from "./area-field.tsx";
import { Choose, Whole } from "./field.tsx";
import { judgedFor } from "./judged-for.ts";
import { mapApi, type PlacesPage, type SitingBody, type SitingRun, type StreetsPage, type View } from "./map-api.ts";
import { isLive, RunProgress } from "./run-progress.tsx";
import { SitingResult } from "./siting-result.tsx";
import { useRun } from "./use-run.ts";

interface Props {
  readonly places: PlacesPage;
  readonly streets: StreetsPage;
  readonly view: View;
  readonly run: string | undefined;
  readonly onRun: (id: string) => void;
  readonly onShow: (run: SitingRun) => void;
}

/** Where to build next: the question, the run with progress and stop, and its answer. */
export function SitingPanel({ run: id, onRun, onShow, ...asked }: Props) {
  const words = useWords();
  const { run, start, stop, error } = useRun(
    { name: "siting", start: mapApi.startSiting, get: mapApi.siting, stop: mapApi.stopSiting },
    id,
    onRun,
  );
  return (
    <section aria-labelledby="siting-title">
      <h2 id="siting-title">{words("map.siting")}</h2>
      <p>{words("map.sitingLead")}</p>
      <SitingForm {...asked} isBusy={start.isPending || isLive(run)} onStart={start.mutate} />
      {error && (
        <p role="alert" className="field-error">
          {error.message}
        </p>
      )}
      {run && (
        <div className="siting-run">
          <RunProgress run={run} onStop={() => stop.mutate(run.id)} />
          {run.plan && <SitingResult run={run} plan={run.plan} onShow={() => onShow(run)} />}
        </div>
      )}
    </section>
  );
}

interface FormProps extends Pick<Props, "places" | "streets" | "view"> {
  readonly isBusy: boolean;
  readonly onStart: (request: Partial<SitingBody>) => void;
}

function SitingForm({ places, streets, view, isBusy, onStart }: FormProps) {
  const words = useWords();
  const text = useText();
  const requirements = places.standards.find((one) => one.id === view.standard)?.requirements ?? [];
  const kinds = [...new Map([...judgedFor(places, view), ...requirements].map((one) => [one.kind, one.label]))];
  const [asked, setAsked] = useState<Omit<SitingBody, "standard" | "kind">>({
    model: "cover",
    sites: 3,
    area: places.districts[0]?.code ?? "",
    candidates: "blocks",
    seconds: 15,
  });
  const [kind, setKind] = useState<string>();
  const change = (some: Partial<SitingBody>) => setAsked((before) => ({ ...before, ...some }));
  const chosen = kinds.some(([code]) => code === kind) ? kind : kinds[0]?.[0];
  const models = ["cover", "median", "center"] as const;
  return (
    <form
      className="filters siting"
      onSubmit={(event) => {
        event.preventDefault();
        const { area, ...rest } = asked;
        if (chosen !== undefined)
          onStart({ ...rest, standard: view.standard, kind: chosen, ...(area ? { area } : {}) });
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
        value={asked.model}
        choices={models.map((one) => ({ value: one, label: words(`map.${one}`) }))}
        onChange={(value) => change({ model: value as SitingBody["model"] })}
      />
      <Whole label={words("map.sites")} value={asked.sites} min={1} max={50} onChange={(sites) => change({ sites })} />
      <AreaField {...{ places, streets }} value={asked.area ?? ""} orCity onChange={(area) => change({ area })} />
      <Choose
        label={words("map.candidates")}
        value={asked.candidates}
        choices={[
          { value: "blocks", label: words("map.candidateBlocks") },
          { value: "vacant", label: words("map.candidateVacant") },
        ]}
        onChange={(value) => change({ candidates: value as SitingBody["candidates"] })}
      />
      <Whole
        label={words("map.seconds")}
        value={asked.seconds}
        min={1}
        max={120}
        onChange={(seconds) => change({ seconds })}
      />
      <button type="submit" className="button small" disabled={isBusy}>
        {words("map.run")}
      </button>
    </form>
  );
}
