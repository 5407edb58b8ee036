import { useEffect, useMemo, useState } from "react";
import { type SimulationPage, whatifApi } from "./api.ts";
import { reformsOf, type Scenarios } from "./scenarios.ts";

interface Answer {
  readonly simulation: SimulationPage | undefined;
  /** A newer answer is on its way. */
  readonly computing: boolean;
  readonly failed: string | undefined;
}

/** The answer for the numbers as they stand; a newer number takes the older question back. */
export function useSimulation(scenarios: Scenarios): Answer {
  const [simulation, setSimulation] = useState<SimulationPage>();
  const [computing, setComputing] = useState(false);
  const [failed, setFailed] = useState<string>();
  const asked = useMemo(() => JSON.stringify(reformsOf(scenarios)), [scenarios]);
  useEffect(() => {
    const reforms = JSON.parse(asked) as ReturnType<typeof reformsOf>;
    setFailed(undefined);
    if (reforms.length === 0) {
      setSimulation(undefined);
      setComputing(false);
      return;
    }
    const abort = new AbortController();
    setComputing(true);
    whatifApi.simulate(reforms, abort.signal).then(
      (answer) => {
        setSimulation(answer);
        setComputing(false);
      },
      (error: Error) => {
        if (abort.signal.aborted) return;
        setFailed(error.message);
        setComputing(false);
      },
    );
    return () => abort.abort();
  }, [asked]);
  return { simulation, computing, failed };
}
