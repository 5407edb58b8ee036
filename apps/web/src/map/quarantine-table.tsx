import { TableFrame } from "../ui/table-frame.tsx";
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
    <TableFrame
      heads={[
        { name: words("map.row"), number: true },
        ...(["column", "recorded", "reason"] as const).map((head) => ({ name: words(`map.${head}`) })),
        ...(withRecord ? [{ name: words("registers.record") }] : []),
      ]}
    >
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
    </TableFrame>
  );
}

/** The fields of a row that hold something, as they came. */
function recordText(record: string): string {
  const fields: Readonly<Record<string, string>> = JSON.parse(record);
  return Object.values(fields)
    .filter((value) => value !== "")
    .join(", ");
}
