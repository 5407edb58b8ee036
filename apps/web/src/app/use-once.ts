import { useCallback, useRef, useState } from "react";

/** Does a thing once: a press that comes before the answer to the one before is the same press, on a slow line too. */
export function useOnce(): {
  readonly isBusy: boolean;
  readonly once: (deed: () => Promise<unknown>) => Promise<void>;
} {
  const [isBusy, setIsBusy] = useState(false);
  const running = useRef(false);
  const once = useCallback(async (deed: () => Promise<unknown>) => {
    if (running.current) return;
    running.current = true;
    setIsBusy(true);
    try {
      await deed();
    } finally {
      running.current = false;
      setIsBusy(false);
    }
  }, []);
  return { isBusy, once };
}
