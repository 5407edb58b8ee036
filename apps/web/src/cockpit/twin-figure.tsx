import { type ReactNode, useId, useState } from "react";
import { useWords } from "../ui/words.ts";

interface TwinFigureProps {
  readonly label: string;
  readonly className: string;
  readonly columns: readonly string[];
  /** The same numbers that are drawn, written out. */
  readonly rows: readonly (readonly string[])[];
  /** What is drawn. */
  readonly children: ReactNode;
}

/** Something drawn with its table twin: the same numbers, seen or read. */
export function TwinFigure({ label, className, columns, rows, children }: TwinFigureProps) {
  const words = useWords();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure className={className}>
      <figcaption>
        {label}
        <button
          type="button"
          className="button quiet small no-print"
          aria-expanded={asTable}
          aria-controls={id}
          onClick={() => setAsTable(!asTable)}
        >
          {words("cockpit.table")}
          <span className="visually-hidden"> {label}</span>
        </button>
      </figcaption>
      {children}
      <div id={id} hidden={!asTable} className="table-scroll">
        <table className="plain twin">
          <caption className="visually-hidden">{label}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...rest]) => (
              <tr key={first}>
                <th scope="row">{first}</th>
                {rest.map((value, i) => (
                  <td key={columns[i + 1]} className="number">
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
