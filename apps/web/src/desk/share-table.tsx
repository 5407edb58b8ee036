import { TableFrame } from "../ui/table-frame.tsx";
import { useWords } from "../ui/words.ts";
import type { ClawBackPreview } from "./claw-back-api.ts";

interface ShareTableProps {
  readonly caption: string;
  readonly shares: ClawBackPreview["shares"];
  readonly money: (fen: number) => string;
}

/** What each payer bears of a sum, an area a row. */
export function ShareTable({ caption, shares, money }: ShareTableProps) {
  const words = useWords();
  return (
    <TableFrame
      caption={caption}
      heads={[
        { name: words("payments.payer") },
        { name: words("payments.area") },
        { name: words("payments.amount"), number: true },
      ]}
    >
      {shares.map(({ payer, area, fen }) => (
        <tr key={`${payer} ${area}`}>
          <th scope="row">{words(`level.${payer}`)}</th>
          <td>{area}</td>
          <td className="number">{money(fen)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
