import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { keepAnswer } from "../app/keep-answer.ts";
import { Loaded } from "../app/loaded.tsx";
import { useOnce } from "../app/use-once.ts";
import { useTitle } from "../app/use-title.ts";
import type { ActorView } from "../sign-in/api.ts";
import { SignedIn, Who } from "../sign-in/signed-in.tsx";
import { formatMoney } from "../ui/format.ts";
import { formatInstant } from "../ui/format-instant.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { BankAnswer } from "./bank-answer.tsx";
import { BatchLines } from "./batch-lines.tsx";
import { GiveUpBatch } from "./give-up-batch.tsx";
import { PayAgain } from "./pay-again.tsx";
import { type BatchPage as Batch, paymentsApi } from "./payments-api.ts";
import { ShareTable } from "./share-table.tsx";
import "../sign-in/sign-in.css";
import "./case.css";

/** One batch: who bears what, who was left out and why, and its release by a second person. */
export function BatchPage() {
  const { batch: id = "" } = useParams();
  const query = useQuery({ queryKey: ["payment", id], queryFn: () => paymentsApi.one(id), staleTime: 0 });
  return (
    <SignedIn kind="staff">
      {(actor) => (
        <>
          <Who actor={actor} />
          <Loaded query={query}>{(batch) => <BatchView batch={batch} actor={actor} />}</Loaded>
        </>
      )}
    </SignedIn>
  );
}

const isOfficer = ({ roles }: ActorView): boolean => roles.some(({ role }) => role === "finance-officer");

/** The money was let go. */
const isOut = ({ state }: Batch): boolean => state === "released" || state === "settled";

function BatchView({ batch, actor }: { readonly batch: Batch; readonly actor: ActorView }) {
  const officer = isOfficer(actor);
  const words = useWords();
  const text = useText();
  const client = useQueryClient();
  const { language } = usePreferences();
  const [fault, setFault] = useState<string>();
  const money = (fen: number) => formatMoney(fen, undefined, language);
  const title = words("payments.batchOf", { item: text(batch.item.name), month: batch.month });
  useTitle(title);
  const { isBusy, once } = useOnce();
  const release = async () => {
    try {
      await keepAnswer(client, ["payment", batch.id], paymentsApi.release(batch.id));
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <h1>{title}</h1>
      {fault && (
        <div className="error-summary" role="alert">
          <p>{fault}</p>
        </div>
      )}
      <dl className="figures">
        <div>
          <dt>{words("payments.amount")}</dt>
          <dd>{money(batch.fen)}</dd>
        </div>
        <div>
          <dt>{words("payments.lines")}</dt>
          <dd>{batch.lines}</dd>
        </div>
        <div>
          <dt>{words("payments.state")}</dt>
          <dd>{words(`payments.states.${batch.state}`)}</dd>
        </div>
      </dl>
      <p>
        {words("payments.preparedBy", { name: batch.preparedBy, at: formatInstant(batch.preparedAt, language) })}
        {batch.releasedBy &&
          batch.releasedAt &&
          ` ${words("payments.releasedBy", { name: batch.releasedBy, at: formatInstant(batch.releasedAt, language) })}`}
      </p>
      {batch.payer && <p>{words("payments.payFrom.paidFrom", batch.payer)}</p>}
      <p className="actions">
        <a href="/desk/payments">{words("payments.title")}</a>
      </p>
      <p>{words(batch.reconciles ? "payments.reconciles" : "payments.doesNotReconcile")}</p>
      <Withheld batch={batch} money={money} />
      <GivenUp batch={batch} />
      {batch.state === "prepared" && (
        <p>
          <button type="button" className="button" aria-disabled={isBusy} onClick={() => void once(release)}>
            {words("payments.release")}
          </button>{" "}
          <span className="hint">{words("payments.fourEyes")}</span>
        </p>
      )}
      {batch.state === "prepared" && officer && (
        <GiveUpBatch batch={batch} own={batch.preparedById === actor.id} told={setFault} />
      )}
      {isOut(batch) && batch.bankFen > 0 && (
        <p className="actions">
          <a className="button quiet" href={paymentsApi.bankFile(batch.id, "bank.csv")}>
            {words("payments.csv")}
          </a>
          <a className="button quiet" href={paymentsApi.bankFile(batch.id, "pain.001.xml")}>
            {words("payments.pain")}
          </a>
        </p>
      )}
      <ShareTable caption={words("payments.shares")} shares={batch.shares} money={money} />
      {batch.state !== "discarded" && <LeftOut batch={batch} money={money} />}
      {officer && isOut(batch) && <BankAnswer batch={batch} />}
      {officer && batch.results.returned > 0 && <PayAgain batch={batch} />}
      <BatchLines batch={batch} money={money} />
    </>
  );
}

/** Who gave the batch up, when and why; nothing of others. */
function GivenUp({ batch: { discarded } }: { readonly batch: Batch }) {
  const words = useWords();
  const { language } = usePreferences();
  if (!discarded) return null;
  const { by: name, at, reason, sentBack } = discarded;
  const said = { name, at: formatInstant(at, language), reason };
  return (
    <p>
      <strong>{words(sentBack ? "payments.giveUp.sentBack" : "payments.giveUp.discarded", said)}</strong>{" "}
      {words("payments.giveUp.months")}
    </p>
  );
}

interface PartProps {
  readonly batch: Batch;
  readonly money: (fen: number) => string;
}

/** What the batch keeps back for claims and what goes to the bank; nothing where it keeps nothing back. */
function Withheld({ batch, money }: PartProps) {
  const words = useWords();
  const { withheldFen, undoneFen, bankFen, fen, state } = batch;
  if (withheldFen + undoneFen === 0) return null;
  const said = { due: money(fen), withheld: money(withheldFen), bank: money(bankFen) };
  return (
    <p>
      <strong>{words(`payments.withholding.${isOut(batch) ? "withheld" : state}`, said)}</strong>{" "}
      {undoneFen > 0 && words("payments.withholding.undone", { amount: money(undoneFen) })}
    </p>
  );
}

function LeftOut({ batch, money }: PartProps) {
  const words = useWords();
  const { results } = batch;
  return (
    <section aria-labelledby="results-title">
      <h2 id="results-title">{words("payments.results")}</h2>
      <ul>
        <li>{words("payments.paid", { lines: results.paid, amount: money(results.paidFen) })}</li>
        <li>{words("payments.returned", { lines: results.returned, amount: money(results.returnedFen) })}</li>
        <li>{words("payments.waiting", { lines: results.waiting, amount: money(results.waitingFen) })}</li>
        {results.withheld > 0 && <li>{words("payments.withholding.whole", { lines: results.withheld })}</li>}
        {batch.returns.map(({ reason, lines, fen }) => (
          <li key={reason}>
            {words(`payments.returnReason.${reason}`)}: {lines} · {money(fen)}
          </li>
        ))}
        {batch.leftOut.map(({ reason, cases }) => (
          <li key={reason}>
            {words("payments.leftOut", { cases, reason: words(`payments.leftOutReason.${reason}`) })}
          </li>
        ))}
      </ul>
    </section>
  );
}
