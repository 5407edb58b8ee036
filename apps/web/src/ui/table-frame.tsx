import type { ReactNode } from "react";

/** Head of a column. */
export interface ColumnHead {
  readonly name: string;
  /** What tells it from a column of the same name; the name where left out. */
  readonly code?: string;
  /** Holds numbers, set to the right. */
  readonly number?: boolean;
}

interface TableFrameProps {
  /** Left out where the table stands below its own heading. */
  readonly caption?: string;
  /** What tells its look from that of other tables. */
  readonly look?: string;
  readonly heads: readonly ColumnHead[];
  /** The rows. */
  readonly children: ReactNode;
}

/** A table with its caption and the heads of its columns, which scrolls by itself where the window is narrow. */
export function TableFrame({ caption, look, heads, children }: TableFrameProps) {
  return (
    <div className="table-scroll">
      <table className={look === undefined ? "plain" : `plain ${look}`}>
        {caption !== undefined && <caption>{caption}</caption>}
        <thead>
          <tr>
            {heads.map(({ name, code = name, number }) => (
              <th key={code} scope="col" className={number ? "number" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
