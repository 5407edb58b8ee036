import { useMutation, useQuery } from "@tanstack/react-query";
import { useWords } from "../ui/words.ts";
import { mapApi, type PlacesPage, type PlanningRun, type StreetsPage, type View } from "./map-api.ts";
import { PlanningForm } from "./planning-form.tsx";
import { PlanningResult } from "./planning-result.tsx";
import { isLive, RunProgress } from "./run-progress.tsx";

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
  const start = useMutation({ mutationFn: mapApi.startPlanning, onSuccess: (run) => onRun(run.id) });
  const stop = useMutation({ mutationFn: mapApi.stopPlanning, onSuccess: () => void query.refetch() });
  const query = useQuery({
    queryKey: ["planning", id],
    queryFn: () => mapApi.planning(id ?? ""),
    enabled: id !== undefined,
    refetchInterval: ({ state: { data } }) => (isLive(data) ? 500 : false),
  });
  const run = query.data;
  const error = start.error ?? query.error;
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
          {run.plan && <PlanningResult run={run} plan={run.plan} onShow={() => onShow(run)} />}
        </div>
      )}
    </section>
  );
}
