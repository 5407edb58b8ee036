import type { Figures } from "../app/api.ts";
import { formatMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useWords } from "../ui/words.ts";
import { LargeMoney } from "./figures.tsx";

/** `fund:unemployment-insurance` is a fund of that name; the other payers are levels. */
const payerName = (payer: string, words: (key: string) => string): string => {
  const [level = payer, fund] = payer.split(":");
  return fund ? `${words("level.fund")} ${words(`fund.${fund}`)}` : words(`level.${level}`);
};

/** Who pays: every payment split once, to the fen; the rows sum to the total. */
export function PayerTable({ figures }: { readonly figures: Figures }) {
  const words = useWords();
  const { language } = usePreferences();
  const byPayer = new Map<string, { fenPerMonth: number; fenPerYear: number }>();
  for (const { payer, fenPerMonth, fenPerYear } of figures.payers) {
    const sum = byPayer.get(payer) ?? { fenPerMonth: 0, fenPerYear: 0 };
    byPayer.set(payer, { fenPerMonth: sum.fenPerMonth + (fenPerMonth ?? 0), fenPerYear: sum.fenPerYear + fenPerYear });
  }
  return (
    <TableFrame
      caption={words("run.byPayer")}
      heads={[
        { name: words("run.payer") },
        { name: words("run.perMonth"), number: true },
        { name: words("run.perYear"), number: true },
        { name: words("run.exact"), number: true },
      ]}
    >
      {[...byPayer].map(([payer, { fenPerMonth, fenPerYear }]) => (
        <tr key={payer}>
          <th scope="row">{payerName(payer, words)}</th>
          <td className="number">
            <LargeMoney fen={fenPerMonth} />
          </td>
          <td className="number">
            <LargeMoney fen={fenPerYear} />
          </td>
          <td className="number">{formatMoney(fenPerYear, undefined, language)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
