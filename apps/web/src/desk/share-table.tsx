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
    <table className="plain">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words("payments.payer")}</th>
          <th scope="col">{words("payments.area")}</th>
          <th scope="col" className="number">
            {words("payments.amount")}
          </th>
        </tr>
      </thead>
      <tbody>
        {shares.map(({ payer, area, fen }) => (
          <tr key={`${payer} ${area}`}>
            <th scope="row">{words(`level.${payer}`)}</th>
            <td>{area}</td>
            <td className="number">{money(fen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
