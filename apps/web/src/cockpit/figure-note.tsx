import { useState } from "react";
import { useText, useWords } from "../ui/words.ts";
import type { FigureCard, ProvenanceCard, WorkRow } from "./api.ts";
import { useValues } from "./values.ts";

interface NoteProps {
  readonly indicator: WorkRow["indicator"];
  readonly figure: FigureCard;
  readonly provenance: ProvenanceCard;
}

/** The small ⓘ beside a figure: its parts, period, source, interval and version, written when it is opened. */
export function FigureNote(props: NoteProps) {
  const words = useWords();
  const text = useText();
  const [open, setOpen] = useState(false);
  return (
    <details className="figure-note" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={words("cockpit.about", { name: text(props.indicator.name) })}>ⓘ</summary>
      {open && <NoteRows {...props} />}
    </details>
  );
}

function NoteRows({ indicator, figure, provenance }: NoteProps) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const rows: [string, string][] = [
    [words("cockpit.period"), String(figure.year)],
    [
      words("cockpit.source"),
      [
        ...indicator.leads.map(({ name }) => text(name)),
        ...figure.origins.map((origin) => words(`cockpit.origins.${origin}`)),
      ].join(" · "),
    ],
  ];
  if (figure.numerator !== null && figure.denominator !== null) {
    rows.push([
      words("cockpit.formula"),
      `${values.number(figure.numerator, 0)} ÷ ${values.number(figure.denominator, 0)}`,
    ]);
  }
  if (figure.low !== null) rows.push([words("cockpit.interval"), values.interval(figure, indicator)]);
  rows.push([words("cockpit.version"), provenance.version.slice(0, 12)]);
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
