import { useText, useWords } from "../ui/words.ts";
import type { QuarantinePage } from "./map-api.ts";

interface Props {
  readonly rows: QuarantinePage["rows"];
  /** Whether the whole row is shown as it came. */
  readonly withRecord?: boolean;
}

/** Quarantined rows, one line a fault. */
export function QuarantineTable({ rows, withRecord = false }: Props) {
  const words = useWords();
  const text = useText();
  return (
    <div className="table-scroll">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col" className="number">
              {words("map.row")}
            </th>
            {(["column", "recorded", "reason"] as const).map((head) => (
              <th key={head} scope="col">
                {words(`map.${head}`)}
              </th>
            ))}
            {withRecord && <th scope="col">{words("registers.record")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, column, value, text: reason, record }) => (
            <tr key={`${row} ${column}`}>
              <td className="number">{row}</td>
              <td>
                <code>{column}</code>
              </td>
              <td>{value}</td>
              <td>{text(reason)}</td>
              {withRecord && <td className="small">{recordText(record)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The fields of a row that hold something, as they came. */
function recordText(record: string): string {
  const fields: Readonly<Record<string, string>> = JSON.parse(record);
  return Object.values(fields)
    .filter((value) => value !== "")
    .join(", ");
}
