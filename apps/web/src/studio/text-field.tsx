import { useEffect, useId, useRef, useState } from "react";

/** Milliseconds after the last key until what was written counts. */
const pause = 500;

/** A text of the file; it counts when the hand rests or leaves the field. */
export function TextField({
  label,
  hidden = false,
  value,
  rows,
  onChange,
}: {
  readonly label: string;
  /** The label is only read aloud: a table's head says it already. */
  readonly hidden?: boolean;
  readonly value: string;
  /** More than one makes it a text area. */
  readonly rows?: number;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const [written, setWritten] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const known = useRef(value);
  /** What was told and has not come back yet, the oldest first. */
  const told = useRef<readonly string[]>([]);

  useEffect(() => {
    if (value === known.current) return;
    known.current = value;
    const at = told.current.indexOf(value);
    told.current = at < 0 ? [] : told.current.slice(at + 1);
    // What comes back of one's own is older than what stands here.
    if (at < 0) setWritten(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const tell = (text: string) => {
    clearTimeout(timer.current);
    if (text === (told.current.at(-1) ?? known.current)) return;
    told.current = [...told.current, text];
    onChange(text);
  };
  const change = (text: string) => {
    setWritten(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tell(text), pause);
  };
  const shared = {
    id,
    value: written,
    onChange: (event: { target: { value: string } }) => change(event.target.value),
    onBlur: () => tell(written),
  };
  return (
    <div className="field">
      <label htmlFor={id} className={hidden ? "visually-hidden" : "field-label"}>
        {label}
      </label>
      {(rows ?? 1) > 1 ? <textarea rows={rows} {...shared} /> : <input type="text" {...shared} />}
    </div>
  );
}
