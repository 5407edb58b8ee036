import { shanghaiDay } from "@qingdan/clock";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { api } from "../app/api.ts";
import { useOnce } from "../app/use-once.ts";
import { useTitle } from "../app/use-title.ts";
import type { ActorView } from "../sign-in/api.ts";
import { SignedIn, Who } from "../sign-in/signed-in.tsx";
import { formatMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { AccountChangesPart } from "./account-changes-part.tsx";
import { PayeeForm } from "./payee-form.tsx";
import { PayerPart } from "./payer-part.tsx";
import { paymentsApi } from "./payments-api.ts";
import { ReconciliationPart } from "./reconciliation-part.tsx";
import "../sign-in/sign-in.css";
import "./case.css";
import { TableFrame } from "../ui/table-frame.tsx";

/** Batches of payments, and the making of one. */
export function PaymentsPage() {
  const words = useWords();
  useTitle(words("payments.title"));
  return (
    <SignedIn kind="staff">
      {(actor) => (
        <>
          <Who actor={actor} />
          <h1>{words("payments.title")}</h1>
          <Prepare actor={actor} />
          <Batches />
          <PayFrom actor={actor} />
          {officerPost(actor) && <AccountChangesPart actor={actor} />}
          <ReconciliationPart />
        </>
      )}
    </SignedIn>
  );
}

const officerPost = ({ roles }: ActorView) => roles.find(({ role }) => role === "finance-officer");

function PayFrom({ actor }: { readonly actor: ActorView }) {
  const post = officerPost(actor);
  return post ? <PayerPart area={post.area} /> : null;
}

function Batches() {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const query = useInfiniteQuery({
    queryKey: ["payments"],
    queryFn: ({ pageParam }) => paymentsApi.batches(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ after }) => after ?? undefined,
    staleTime: 0,
  });
  const batches = query.data?.pages.flatMap((page) => page.batches) ?? [];
  return (
    <section aria-labelledby="batches-title">
      <h2 id="batches-title">{words("payments.batches")}</h2>
      {query.isError && <p role="alert">{query.error.message}</p>}
      {query.isSuccess && batches.length === 0 && <p className="hint">{words("payments.none")}</p>}
      {batches.length > 0 && (
        <TableFrame
          heads={[
            { name: words("payments.item") },
            { name: words("payments.month") },
            { name: words("payments.state") },
            { name: words("payments.lines"), number: true },
            { name: words("payments.amount"), number: true },
            { name: words("payments.prepared") },
            { name: words("payments.released") },
          ]}
        >
          {batches.map((batch) => (
            <tr key={batch.id}>
              <th scope="row">
                <a href={`/desk/payments/${batch.id}`}>{text(batch.item.name)}</a>
              </th>
              <td>{batch.month}</td>
              <td>{words(`payments.states.${batch.state}`)}</td>
              <td className="number">{batch.lines}</td>
              <td className="number">{formatMoney(batch.fen, undefined, language)}</td>
              <td>{batch.preparedBy}</td>
              <td>{batch.releasedBy ?? (batch.discarded ? "" : words("payments.waits"))}</td>
            </tr>
          ))}
        </TableFrame>
      )}
      {query.hasNextPage && (
        <button type="button" className="button quiet small" onClick={() => void query.fetchNextPage()}>
          {words("my.more")}
        </button>
      )}
    </section>
  );
}

function Prepare({ actor }: { readonly actor: ActorView }) {
  const words = useWords();
  const text = useText();
  const navigate = useNavigate();
  const [fault, setFault] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const { isBusy, once } = useOnce();
  const runs = useQuery({ queryKey: ["runs"], queryFn: api.runs });
  const card = runs.data?.runs[0];
  const run = useQuery({
    queryKey: ["run", card?.id],
    queryFn: () => api.run(card?.id ?? ""),
    enabled: card !== undefined,
  });
  const post = officerPost(actor);
  if (!post) return null;
  const items = run.data?.perItem.filter(({ paid }) => paid) ?? [];
  const item = chosen ?? items[0]?.code ?? "";
  const prepare = async (form: FormData) => {
    try {
      const made = await paymentsApi.prepare({
        list: card?.list.code ?? "",
        item: String(form.get("item")),
        month: String(form.get("month")),
        area: post.area,
      });
      navigate(`/desk/payments/${made.id}`);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void once(() => prepare(form));
  };
  return (
    <section aria-labelledby="prepare-title">
      <h2 id="prepare-title">{words("payments.prepare")}</h2>
      {fault && (
        <div className="error-summary" role="alert">
          <p>{fault}</p>
        </div>
      )}
      <form className="filters" onSubmit={submit}>
        <label>
          {words("payments.item")}
          <select name="item" required value={item} onChange={({ target }) => setChosen(target.value)}>
            {items.map(({ code, name }) => (
              <option key={code} value={code}>
                {text(name)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words("payments.upTo")}
          <input
            name="month"
            type="text"
            pattern="\d{4}-\d{2}"
            required
            defaultValue={shanghaiDay(new Date()).slice(0, 7)}
          />
        </label>
        <button type="submit" className="button" aria-disabled={isBusy}>
          {words("payments.prepare")}
        </button>
      </form>
      <Payees list={card?.list.code ?? ""} item={item} area={post.area} />
    </section>
  );
}

interface PayeesProps {
  readonly list: string;
  readonly item: string;
  readonly area: string;
}

/** Accounts to pay to, and whose benefit waits for one. */
function Payees({ list, item, area }: PayeesProps) {
  const words = useWords();
  const query = useQuery({
    queryKey: ["payees", list, item, area],
    queryFn: () => paymentsApi.missing(list, item, area),
    enabled: list !== "" && item !== "",
    staleTime: 0,
  });
  const missing = query.data?.cases ?? [];
  return (
    <section aria-labelledby="payees-title">
      <h2 id="payees-title">{words("payments.payees")}</h2>
      {missing.length > 0 && (
        <>
          <p>{words(query.data?.after ? "payments.missingMore" : "payments.missing", { count: missing.length })}</p>
          {missing.map(({ id, number, person }) => (
            <article key={id} className="answer">
              <h3>
                {words("desk.person", { person })} · {number}
              </h3>
              <PayeeForm person={person} />
            </article>
          ))}
        </>
      )}
      <details>
        <summary>{words("payments.otherPayee")}</summary>
        <PayeeForm />
      </details>
    </section>
  );
}
