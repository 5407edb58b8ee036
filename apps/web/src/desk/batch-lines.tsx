import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { TableFrame } from "../ui/table-frame.tsx";
import { useWords } from "../ui/words.ts";
import { type BatchPage, type LinesPage, paymentsApi } from "./payments-api.ts";

interface Props {
  readonly batch: BatchPage;
  readonly money: (fen: number) => string;
}

const states = ["", "waiting", "paid", "returned", "withheld"] as const;

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
  const withholds = batch.withheldFen + batch.undoneFen > 0;
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
      <TableFrame
        caption={words("payments.firstLines", { shown: lines.length, all: batch.lines })}
        heads={[
          { name: words("payments.number") },
          { name: words("payments.name") },
          { name: words("payments.account") },
          { name: words("payments.month") },
          { name: words("payments.amount"), number: true },
          ...(withholds
            ? [
                { name: words("payments.withholding.column"), number: true },
                { name: words("payments.withholding.toBank"), number: true },
              ]
            : []),
          { name: words("payments.state") },
        ]}
      >
        {lines.map((line) => (
          <tr key={line.n}>
            <td>{line.n}</td>
            <th scope="row">{line.name}</th>
            <td>{line.account}</td>
            <td>{line.month}</td>
            <td className="number">{money(line.fen)}</td>
            {withholds && <Withheld line={line} money={money} />}
            <td>
              {words(`payments.lineState.${line.state}`)} {line.reason && words(`payments.returnReason.${line.reason}`)}
            </td>
          </tr>
        ))}
      </TableFrame>
      {query.hasNextPage && (
        <button type="button" className="button quiet small" onClick={() => void query.fetchNextPage()}>
          {words("my.more")}
        </button>
      )}
    </>
  );
}

interface WithheldProps {
  readonly line: LinesPage["lines"][number];
  readonly money: (fen: number) => string;
}

/** What a payment withholds for which claim, and what is left of it for the account. */
function Withheld({ line: { fen, withholdings }, money }: WithheldProps) {
  const held = withholdings.reduce((sum, one) => sum + one.fen, 0);
  return (
    <>
      <td className="number">
        {money(held)}
        {withholdings.map(({ clawBack, number, fen: part }) => (
          <span key={clawBack} className="small">
            <br />
            <a href={`/desk?case=${clawBack}`}>{number}</a>
            {withholdings.length > 1 && ` ${money(part)}`}
          </span>
        ))}
      </td>
      <td className="number">{money(fen - held)}</td>
    </>
  );
}
