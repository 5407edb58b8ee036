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
        {paid.map(({ month, fen, state, reason }, at) => (
          <li key={`${month} ${at.toString()}`}>
            {month} · {formatMoney(fen, undefined, language)} ·{" "}
            {words(state === "prepared" ? "payments.waits" : `payments.lineState.${state}`)}
            {reason && ` · ${words(`payments.returnReason.${reason}`)}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
