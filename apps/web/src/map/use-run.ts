import { useMutation, useQuery } from "@tanstack/react-query";
import { isLive, type ToldRun } from "./run-progress.tsx";

interface RunCalls<Run, Body> {
  /** Names the run in what is remembered. */
  readonly name: string;
  readonly start: (body: Body) => Promise<Run>;
  readonly get: (id: string) => Promise<Run>;
  readonly stop: (id: string) => Promise<unknown>;
}

/** A run in a thread of the server: begun, looked at twice a second while it lives, stopped. */
export function useRun<Run extends ToldRun, Body>(
  { name, start: begin, get, stop: end }: RunCalls<Run, Body>,
  id: string | undefined,
  onRun: (id: string) => void,
) {
  const start = useMutation({ mutationFn: begin, onSuccess: (run) => onRun(run.id) });
  const query = useQuery<Run>({
    queryKey: [name, id],
    queryFn: () => get(id ?? ""),
    enabled: id !== undefined,
    refetchInterval: ({ state: { data } }) => (isLive(data) ? 500 : false),
  });
  const stop = useMutation({ mutationFn: end, onSuccess: () => void query.refetch() });
  return { run: query.data, start, stop, error: start.error ?? query.error };
}
