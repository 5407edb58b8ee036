import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type { ownPayments } from "../../../server/src/modules/finance/model.ts";
import { ask } from "../app/ask.ts";
import { formatMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";

/** What a case has paid me, and what the bank sent back and why; nothing where nothing was paid. */
export function OwnPayments({ caseId }: { readonly caseId: string }) {
  const words = useWords();
  const { language } = usePreferences();
  const query = useQuery({
    queryKey: ["my", "payments"],
    queryFn: () => ask<z.infer<typeof ownPayments>>("/api/my/payments"),
    retry: false,
  });
  const paid = query.data?.payments.filter((payment) => payment.case === caseId) ?? [];
  if (paid.length === 0) return null;
  return (
    <section aria-labelledby="payments-title">
      <h2 id="payments-title">{words("my.payments")}</h2>
      <ul>
        {paid.map(({ month, fen, withholdings, state, reason }, at) => (
          <li key={`${month} ${at.toString()}`}>
            {month} · {formatMoney(fen, undefined, language)} ·{" "}
            {words(state === "prepared" ? "payments.waits" : `payments.lineState.${state}`)}
            {reason && ` · ${words(`payments.returnReason.${reason}`)}`}
            <Withheld fen={fen} withholdings={withholdings} isUndone={state === "returned"} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type Payment = z.infer<typeof ownPayments>["payments"][number];
interface WithheldProps extends Pick<Payment, "fen" | "withholdings"> {
  /** The bank sent the payment back, and nothing is withheld of it. */
  readonly isUndone: boolean;
}

/** What was withheld of a payment, for which claim, and what remains of that claim. */
function Withheld({ fen, withholdings, isUndone }: WithheldProps) {
  const words = useWords();
  const { language } = usePreferences();
  const money = (of: number) => formatMoney(of, undefined, language);
  const paid = money(fen - withholdings.reduce((sum, one) => sum + one.fen, 0));
  return withholdings.map(({ clawBack, number, fen: part, owedFen }) => (
    <p key={clawBack} className="small">
      <a href={`/my/cases/${clawBack}`}>
        {words(isUndone ? "clawBack.offset.ofUndone" : "clawBack.offset.of", { amount: money(part), number, paid })}
      </a>
      {owedFen !== null && ` · ${words("clawBack.offset.remains", { amount: money(owedFen) })}`}
    </p>
  ));
}
