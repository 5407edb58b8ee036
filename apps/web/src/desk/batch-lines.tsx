import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../ui/words.ts";
import { type BatchPage, paymentsApi } from "./payments-api.ts";

interface Props {
  readonly batch: BatchPage;
  readonly money: (fen: number) => string;
}

const states = ["", "waiting", "paid", "returned"] as const;

/** The payments of a batch, a page at a time; accounts show their ends only. */
export function BatchLines({ batch, money }: Props) {
  const words = useWords();
  const [state, setState] = useState("");
  const query = useInfiniteQuery({
    queryKey: ["payment", batch.id, "lines", state],
    queryFn: ({ pageParam }) => paymentsApi.lines(batch.id, pageParam, state),
    initialPageParam: 0,
    getNextPageParam: ({ after }) => after ?? undefined,
  });
  const lines = query.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <>
      <p className="filters">
        <label>
          {words("payments.state")}
          <select value={state} onChange={({ target }) => setState(target.value)}>
            {states.map((one) => (
              <option key={one} value={one}>
                {words(one === "" ? "payments.allLines" : `payments.lineState.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </p>
      <div className="table-scroll">
        <table className="plain">
          <caption>{words("payments.firstLines", { shown: lines.length, all: batch.lines })}</caption>
          <thead>
            <tr>
              <th scope="col">{words("payments.number")}</th>
              <th scope="col">{words("payments.name")}</th>
              <th scope="col">{words("payments.account")}</th>
              <th scope="col">{words("payments.month")}</th>
              <th scope="col" className="number">
                {words("payments.amount")}
              </th>
              <th scope="col">{words("payments.state")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.n}>
                <td>{line.n}</td>
                <th scope="row">{line.name}</th>
                <td>{line.account}</td>
                <td>{line.month}</td>
                <td className="number">{money(line.fen)}</td>
                <td>
                  {words(`payments.lineState.${line.state}`)}{" "}
                  {line.reason && words(`payments.returnReason.${line.reason}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {query.hasNextPage && (
        <button type="button" className="button quiet small" onClick={() => void query.fetchNextPage()}>
          {words("my.more")}
        </button>
      )}
    </>
  );
}
