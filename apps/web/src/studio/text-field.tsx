import { useId, useState } from "react";
import { useTelling } from "./use-telling.ts";

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
  const { tell, tellSoon } = useTelling(value, { onChange, onForeign: setWritten });
  const change = (text: string) => {
    setWritten(text);
    tellSoon(text);
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
