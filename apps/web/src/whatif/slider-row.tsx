import { useEffect, useId, useState } from "react";
import { useText, useWords } from "../ui/words.ts";
import type { GroundPage } from "./api.ts";
import { sliderRange } from "./scenarios.ts";

type Adjustable = GroundPage["parameters"][number];

/** One number of a reform: a slider and a field that say the same. */
export function SliderRow({
  parameter,
  current,
  value,
  labelKey,
  onChange,
  onPutBack,
}: {
  readonly parameter: Adjustable;
  /** What is in force, in the parameter's unit. */
  readonly current: number;
  readonly value: number;
  readonly labelKey: string;
  readonly onChange: (value: number) => void;
  readonly onPutBack: () => void;
}) {
  const words = useWords();
  const text = useText();
  const id = useId();
  const [written, setWritten] = useState(String(value));
  useEffect(() => setWritten(String(value)), [value]);
  const { max, step } = sliderRange(parameter, current);
  const name = [text(parameter.name), labelKey].filter(Boolean).join(" · ");
  const unit = parameter.unit ? words(`unit.${parameter.unit}`) : "";
  const percent =
    current === 0 ? "" : ` · ${words("whatif.percentOff", { percent: Math.round((value / current) * 1000) / 10 })}`;
  return (
    <fieldset className="slider-row">
      <legend>
        {name} {unit && <span className="hint small">({unit})</span>}
      </legend>
      <label htmlFor={`${id}s`} className="visually-hidden">
        {words("whatif.slider", { name })}
      </label>
      <input
        id={`${id}s`}
        type="range"
        min={0}
        max={Math.max(max, value)}
        step={step}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <label htmlFor={`${id}n`} className="visually-hidden">
        {words("whatif.number", { name })}
      </label>
      <input
        id={`${id}n`}
        type="number"
        min={0}
        step="any"
        value={written}
        onChange={(event) => {
          setWritten(event.target.value);
          const number = event.target.valueAsNumber;
          if (Number.isFinite(number) && number >= 0) onChange(number);
        }}
      />
      <span className="small hint">
        {words("whatif.current", { value: current })}
        {percent}
      </span>
      <button type="button" className="button quiet small" onClick={onPutBack}>
        {words("whatif.putBack")}
      </button>
      <p className="small hint">
        {words("whatif.reads", { items: parameter.items.map((item) => text(item.name)).join("、") })}
      </p>
    </fieldset>
  );
}
