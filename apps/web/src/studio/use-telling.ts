import { useEffect, useRef } from "react";

/** Milliseconds after the last key until what was written counts. */
const pause = 500;

/**
 * Tells what is written when the hand rests or leaves the field. What was told comes back later as the value, and is older then
 * than what stands in the field; only a value of somebody else's is shown.
 */
export function useTelling(
  value: string,
  { onChange, onForeign }: { readonly onChange: (text: string) => void; readonly onForeign: (text: string) => void },
) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const known = useRef(value);
  /** What was told and has not come back yet, the oldest first. */
  const told = useRef<readonly string[]>([]);
  const now = useRef({ onChange, onForeign });
  now.current = { onChange, onForeign };

  useEffect(() => {
    if (value === known.current) return;
    known.current = value;
    const at = told.current.indexOf(value);
    told.current = at < 0 ? [] : told.current.slice(at + 1);
    if (at < 0) now.current.onForeign(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const tell = (text: string) => {
    clearTimeout(timer.current);
    if (text === (told.current.at(-1) ?? known.current)) return;
    told.current = [...told.current, text];
    now.current.onChange(text);
  };
  const tellSoon = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tell(text), pause);
  };
  return { tell, tellSoon };
}
