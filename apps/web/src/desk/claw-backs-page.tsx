import { useInfiniteQuery } from "@tanstack/react-query";
import { useTitle } from "../app/use-title.ts";
import { SignedIn, Who } from "../sign-in/signed-in.tsx";
import { formatMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { clawBackApi } from "./claw-back-api.ts";
import "../sign-in/sign-in.css";
import "./case.css";
import { TableFrame } from "../ui/table-frame.tsx";

type Page = Awaited<ReturnType<typeof clawBackApi.all>>;
const sums = ["claimed", "open", "dropped", "decided", "repaid", "withheld", "owed", "refund"] as const;

/** Claims for money back: what was claimed, decided and repaid, to the fen, and to whom it goes back. */
export function ClawBacksPage() {
  const words = useWords();
  useTitle(words("clawBack.all"));
  return (
    <SignedIn kind="staff">
      {(actor) => (
        <>
          <Who actor={actor} />
          <h1>{words("clawBack.all")}</h1>
          <Claims />
        </>
      )}
    </SignedIn>
  );
}

function Claims() {
  const words = useWords();
  const query = useInfiniteQuery({
    queryKey: ["claw-backs"],
    queryFn: ({ pageParam }) => clawBackApi.all(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ after }) => after ?? undefined,
    staleTime: 0,
  });
  const [first] = query.data?.pages ?? [];
  const claims = query.data?.pages.flatMap(({ clawBacks }) => clawBacks) ?? [];
  if (query.isError) return <p role="alert">{query.error.message}</p>;
  if (!first) return <p role="status">{words("state.loading")}</p>;
  return (
    <>
      <Figures page={first} />
      {claims.length === 0 ? <p className="hint">{words("clawBack.none")}</p> : <Table claims={claims} />}
      {query.hasNextPage && (
        <button type="button" className="button quiet small" onClick={() => void query.fetchNextPage()}>
          {words("my.more")}
        </button>
      )}
    </>
  );
}

function Figures({ page: { figures, returned } }: { readonly page: Page }) {
  const words = useWords();
  const { language } = usePreferences();
  const money = (fen: number) => formatMoney(fen, undefined, language);
  return (
    <>
      <dl className="figures">
        {sums.map((name) => (
          <div key={name}>
            <dt>{words(`clawBack.figures.${name}`)}</dt>
            <dd>{money(figures[`${name}Fen`])}</dd>
          </div>
        ))}
      </dl>
      <p>{words(figures.reconciles ? "clawBack.reconciles" : "clawBack.doesNotReconcile")}</p>
      {returned.length > 0 && (
        <TableFrame
          caption={words("clawBack.returned")}
          heads={[
            { name: words("payments.payer") },
            { name: words("payments.area") },
            { name: words("clawBack.figures.claimed"), number: true },
            { name: words("clawBack.figures.repaid"), number: true },
          ]}
        >
          {returned.map(({ payer, area, claimedFen, returnedFen }) => (
            <tr key={`${payer} ${area}`}>
              <th scope="row">{words(`level.${payer}`)}</th>
              <td>{area}</td>
              <td className="number">{money(claimedFen)}</td>
              <td className="number">{money(returnedFen)}</td>
            </tr>
          ))}
        </TableFrame>
      )}
    </>
  );
}

function Table({ claims }: { readonly claims: Page["clawBacks"] }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const money = (fen: number | null) => (fen === null ? "—" : formatMoney(fen, undefined, language));
  return (
    <TableFrame
      caption={words("clawBack.all")}
      heads={[
        { name: words("payments.item") },
        { name: words("clawBack.form.ground") },
        { name: words("clawBack.state") },
        { name: words("clawBack.figures.claimed"), number: true },
        { name: words("clawBack.figures.decided"), number: true },
        { name: words("clawBack.figures.repaid"), number: true },
      ]}
    >
      {claims.map((claim) => (
        <tr key={claim.id}>
          <th scope="row">
            <a href={`/desk?case=${claim.id}`}>
              {text(claim.item.name)} {claim.number}
            </a>
          </th>
          <td>{words(`clawBack.ground.${claim.ground}`)}</td>
          <td>{words(`case.stage.${claim.stage}`)}</td>
          <td className="number">{money(claim.claimedFen)}</td>
          <td className="number">{money(claim.decidedFen)}</td>
          <td className="number">{money(claim.repaidFen)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
