import { useState } from "react";
import { useText, useWords } from "../ui/words.ts";
import { AreaField } from "./area-field.tsx";
import { Choose, MaybeWhole, Whole } from "./field.tsx";
import { FrontCosts } from "./front-costs.tsx";
import { judgedFor } from "./judged-for.ts";
import {
  type FrontPoint,
  mapApi,
  type PlacesPage,
  type SitingBody,
  type SitingRun,
  type StreetsPage,
  type View,
} from "./map-api.ts";
import { isLive, RunProgress } from "./run-progress.tsx";
import { SitingResult } from "./siting-result.tsx";
import { useRun } from "./use-run.ts";

interface Props {
  readonly places: PlacesPage;
  readonly streets: StreetsPage;
  readonly view: View;
  readonly run: string | undefined;
  readonly onRun: (id: string) => void;
  readonly onShow: (run: SitingRun, sites: FrontPoint["sites"]) => void;
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
          {run.plan && <SitingResult run={run} plan={run.plan} onShow={(sites) => onShow(run, sites)} />}
        </div>
      )}
    </section>
  );
}

const models = ["cover", "median", "center", "tail", "worst-first", "gini", "front"] as const;
type Asked = Omit<SitingBody, "standard" | "kind">;

/** What a model needs beside the number of places. */
function EquityFields({ asked, change }: { readonly asked: Asked; readonly change: (some: Partial<Asked>) => void }) {
  const words = useWords();
  const { model, tailShare = 0.1, meanAtMost, costs } = asked;
  if (model === "tail" || model === "front") {
    const percent = Math.round(tailShare * 100);
    return (
      <>
        <Whole
          label={words("map.tailShare")}
          value={percent}
          min={1}
          max={100}
          onChange={(value) => change({ tailShare: value / 100 })}
        />
        {model === "front" && <FrontCosts costs={costs} onChange={(some) => change({ costs: some })} />}
      </>
    );
  }
  if (model !== "gini") return null;
  return (
    <MaybeWhole
      label={words("map.meanAtMost")}
      value={meanAtMost ?? null}
      max={20_000}
      onChange={(metres) => change({ meanAtMost: metres ?? undefined })}
    />
  );
}

/** The request of a form: without what its model does not look at. */
function requestOf({ area, tailShare, meanAtMost, costs, ...rest }: Asked): Partial<SitingBody> {
  const { model } = rest;
  return {
    ...rest,
    ...(area ? { area } : {}),
    ...((model === "tail" || model === "front") && tailShare !== undefined ? { tailShare } : {}),
    ...(model === "front" && costs ? { costs } : {}),
    ...(model === "gini" && meanAtMost !== undefined ? { meanAtMost } : {}),
  };
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
  const [asked, setAsked] = useState<Asked>({
    model: "cover",
    sites: 3,
    area: places.districts[0]?.code ?? "",
    candidates: "blocks",
    seconds: 15,
  });
  const [kind, setKind] = useState<string>();
  const change = (some: Partial<Asked>) => setAsked((before) => ({ ...before, ...some }));
  const chosen = kinds.some(([code]) => code === kind) ? kind : kinds[0]?.[0];
  return (
    <form
      className="filters siting"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined) onStart({ ...requestOf(asked), standard: view.standard, kind: chosen });
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
      <EquityFields asked={asked} change={change} />
      {!(asked.model === "front" && asked.costs) && (
        <Whole
          label={words(asked.model === "front" ? "map.sitesUpTo" : "map.sites")}
          value={asked.sites}
          min={1}
          max={50}
          onChange={(sites) => change({ sites })}
        />
      )}
      <AreaField {...{ places, streets }} value={asked.area ?? ""} orCity onChange={(area) => change({ area })} />
      <Choose
        label={words("map.candidates")}
        value={asked.candidates}
        choices={[
          { value: "blocks", label: words("map.candidateBlocks") },
          { value: "vacant", label: words("map.candidateVacant") },
          { value: "both", label: words("map.candidateBoth") },
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
