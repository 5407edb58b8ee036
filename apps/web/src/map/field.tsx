import type { ReactNode } from "react";

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A labelled box to choose one of some values. */
export function Choose(props: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <label>
      {props.label}
      <select value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A labelled tick box. */
export function Tick(props: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <label className="tick">
      <input type="checkbox" checked={props.checked} onChange={(event) => props.onChange(event.target.checked)} />
      {props.children}
    </label>
  );
}

/** A labelled whole number. */
export function Whole(props: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}) {
  const { label, value, min, max, onChange } = props;
  return (
    <label>
      {label}
      <input
        type="number"
        value={value}
        min={min}
        max={max}
        onChange={(event) => onChange(Math.min(max, Math.max(min, Math.round(Number(event.target.value)) || min)))}
      />
    </label>
  );
}

/** A labelled whole number that may be left open. */
export function MaybeWhole(props: {
  readonly label: string;
  readonly value: number | null;
  readonly max: number;
  readonly onChange: (value: number | null) => void;
}) {
  const { label, value, max, onChange } = props;
  return (
    <label>
      {label}
      <input
        type="number"
        value={value ?? ""}
        min={1}
        max={max}
        onChange={({ target }) =>
          onChange(target.value === "" ? null : Math.min(max, Math.max(1, Math.round(Number(target.value)) || 1)))
        }
      />
    </label>
  );
}
