import { useText, useWords, type Words } from "../ui/words.ts";

/** What a run tells while it waits, works and ends. */
export interface ToldRun {
  readonly id: string;
  readonly state: string;
  readonly phase: string;
  readonly elapsed: number;
  readonly progress: { readonly value: number | null; readonly bound: number | null } | null;
  readonly problem: Words | null;
  readonly request: { readonly seconds: number };
}

export const isLive = (run: ToldRun | undefined) => run?.state === "waiting" || run?.state === "running";

/** How far a run is, with a way to stop it that keeps the best plan so far. */
export function RunProgress({ run, onStop }: { readonly run: ToldRun; readonly onStop: () => void }) {
  const words = useWords();
  const text = useText();
  const { phase, elapsed, progress, problem, request } = run;
  return (
    <>
      <p role="status">
        {isLive(run)
          ? words("map.progress", { phase: words(`map.${phase}`), seconds: elapsed.toFixed(1) })
          : words(`map.${run.state}`)}
        {isLive(run) &&
          progress &&
          ` · ${words("map.soFar", { value: progress.value ?? "—", bound: progress.bound ?? "—" })}`}
      </p>
      {isLive(run) && (
        <>
          <progress
            max={request.seconds}
            value={phase === "solving" ? Math.min(elapsed, request.seconds) : undefined}
            aria-label={words(`map.${phase}`)}
          />{" "}
          <button type="button" className="button quiet small" onClick={onStop}>
            {words("map.stop")}
          </button>
        </>
      )}
      {problem && <p className="field-error">{text(problem)}</p>}
    </>
  );
}
