import { useQuery } from "@tanstack/react-query";
import type { CasePage } from "../my/api.ts";
import { formatMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useWords } from "../ui/words.ts";
import { clawBackApi } from "./claw-back-api.ts";

const settled: readonly string[] = ["decided", "closed", "terminated"];

/** What a case has paid beside what it pays now, and the way to claim back what was too much. */
export function PaidPart({ matter }: { readonly matter: CasePage }) {
  const words = useWords();
  const { language } = usePreferences();
  const wanted = settled.includes(matter.stage) && matter.kind !== "claw-back";
  const query = useQuery({
    queryKey: ["case", matter.id, "paid", matter.seq],
    queryFn: () => clawBackApi.paid(matter.id),
    enabled: wanted,
    staleTime: 0,
  });
  if (!wanted || !query.data) return null;
  const { months, overpaidFen, clawBacks } = query.data;
  const money = (fen: number) => formatMoney(fen, undefined, language);
  return (
    <section aria-labelledby="paid-title">
      <h2 id="paid-title">{words("clawBack.paidTitle")}</h2>
      {months.length === 0 ? (
        <p className="hint">{words("clawBack.paidNone")}</p>
      ) : (
        <TableFrame
          heads={[
            { name: words("clawBack.month") },
            { name: words("clawBack.paid"), number: true },
            { name: words("clawBack.offset.column"), number: true },
            { name: words("clawBack.due"), number: true },
            { name: words("clawBack.claimedBefore"), number: true },
            { name: words("clawBack.state") },
          ]}
        >
          {months.map(({ month, paidFen, withheldFen, dueFen, claimedFen, state }) => (
            <tr key={month}>
              <th scope="row" className="nowrap">
                {month}
              </th>
              <td className="number">{money(paidFen)}</td>
              <td className="number">{money(withheldFen)}</td>
              <td className="number">{money(dueFen)}</td>
              <td className="number">{money(claimedFen)}</td>
              <td>{words(`clawBack.payment.${state}`)}</td>
            </tr>
          ))}
        </TableFrame>
      )}
      {months.some(({ state }) => state === "paid") && (
        <p>
          {overpaidFen > 0 ? words("clawBack.overpaid", { amount: money(overpaidFen) }) : words("clawBack.noneOver")}{" "}
          <a href={`/desk/claw-backs/new?case=${matter.id}`}>{words("clawBack.begin")}</a>
        </p>
      )}
      {clawBacks.length > 0 && (
        <p>
          {words("clawBack.related")}{" "}
          {clawBacks.map(({ id, number, fen, stage }) => (
            <span key={id}>
              <a href={`/desk?case=${id}`}>{number}</a> {money(fen)} · {words(`case.stage.${stage}`)}{" "}
            </span>
          ))}
        </p>
      )}
    </section>
  );
}
