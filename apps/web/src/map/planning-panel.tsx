import { useWords } from "../ui/words.ts";
import { mapApi, type PlacesPage, type PlanningRun, type StreetsPage, type View } from "./map-api.ts";
import { PlanningForm } from "./planning-form.tsx";
import { PlanningResult } from "./planning-result.tsx";
import { isLive, RunProgress } from "./run-progress.tsx";
import { useRun } from "./use-run.ts";

interface Props {
  readonly places: PlacesPage;
  readonly streets: StreetsPage;
  readonly view: View;
  readonly run: string | undefined;
  readonly onRun: (id: string) => void;
  readonly onShow: (run: PlanningRun) => void;
}

/** The planning mix: what to keep, extend, convert, close and build over some years; the run with progress and stop; the plan. */
export function PlanningPanel({ run: id, onRun, onShow, ...asked }: Props) {
  const words = useWords();
  const { run, start, stop, error } = useRun(
    { name: "planning", start: mapApi.startPlanning, get: mapApi.planning, stop: mapApi.stopPlanning },
    id,
    onRun,
  );
  return (
    <section aria-labelledby="planning-title">
      <h2 id="planning-title">{words("planning.title")}</h2>
      <p>{words("planning.lead")}</p>
      <PlanningForm
        key={asked.view.standard}
        {...asked}
        isBusy={start.isPending || isLive(run)}
        onStart={start.mutate}
      />
      {error && (
        <p role="alert" className="field-error">
          {error.message}
        </p>
      )}
      {run && (
        <div className="planning-run">
          <RunProgress run={run} onStop={() => stop.mutate(run.id)} />
          {run.plan && <PlanningResult run={run} plan={run.plan} onShow={onShow} />}
        </div>
      )}
    </section>
  );
}
