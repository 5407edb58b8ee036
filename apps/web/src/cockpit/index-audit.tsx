import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "../app/loaded.tsx";
import { Pager } from "../ui/pager.tsx";
import { type ColumnHead, TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { cockpitApi, type IndexAuditPage } from "./api.ts";
import { useValues } from "./values.ts";

interface IndexAuditProps {
  readonly code: string;
  readonly year: number;
}

/** What becomes of the index when it is made otherwise; worked out when it is opened. */
export function IndexAudit({ code, year }: IndexAuditProps) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ["cockpit", "index-audit", code, year, page],
    queryFn: () => cockpitApi.indexAudit(code, { year, page, size: 50 }),
    placeholderData: keepPreviousData,
    enabled: open,
  });
  return (
    <section>
      <h2>{words("cockpit.audit")}</h2>
      <p>{words("cockpit.auditLead")}</p>
      <details className="audit" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{words("cockpit.auditOpen")}</summary>
        {open && (
          <Loaded query={query}>
            {(data) => (
              <>
                <Drawn page={data} />
                <ChoicesTable page={data} />
                <PlacesTable page={data} />
                <Pager {...data} onPage={setPage} />
                <DomainsTable page={data} />
              </>
            )}
          </Loaded>
        )}
      </details>
    </section>
  );
}

/** Heads of columns of numbers, by their words. */
function useNumberHead() {
  const words = useWords();
  return (name: string): ColumnHead => ({ name: words(`cockpit.${name}`), number: true });
}

function Drawn({ page }: { readonly page: IndexAuditPage }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  if (page.meanRankShift === null) return <p className="hint">{page.reason && text(page.reason)}</p>;
  return (
    <p>
      {words("cockpit.auditDrawn", {
        draws: page.draws,
        shift: values.number(page.meanRankShift, 2),
        samples: page.samples,
        seed: page.seed,
      })}
    </p>
  );
}

function ChoicesTable({ page }: { readonly page: IndexAuditPage }) {
  const words = useWords();
  const number = useNumberHead();
  const values = useValues();
  // An estimate just below nothing is written as nothing, not as minus nothing.
  const written = (value: number) => values.number(Math.round(value * 100) / 100 + 0, 2);
  const share = (value: number, [low, high]: readonly [number, number]) =>
    `${written(value)} (${written(low)}–${written(high)})`;
  if (page.choices.length === 0) return null;
  return (
    <TableFrame
      caption={words("cockpit.auditChoices")}
      heads={[
        { name: words("cockpit.choice") },
        ...["choiceOptions", "choiceMatters", "sobolFirst", "sobolTotal"].map(number),
      ]}
    >
      {page.choices.map(({ name, options, optionsThatMatter, first, firstInterval, total, totalInterval }) => (
        <tr key={name}>
          <th scope="row">{words(`cockpit.choiceNames.${name}`)}</th>
          <td className="number">{options}</td>
          <td className="number">{optionsThatMatter}</td>
          <td className="number">{share(first, firstInterval)}</td>
          <td className="number">{share(total, totalInterval)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

function PlacesTable({ page }: { readonly page: IndexAuditPage }) {
  const words = useWords();
  const number = useNumberHead();
  const text = useText();
  const values = useValues();
  const classes = page.units[0]?.classes.length ?? 0;
  return (
    <TableFrame
      caption={words("cockpit.auditPlaces", { classes })}
      heads={[
        { name: words("cockpit.area") },
        ...["rank", "medianRank"].map(number),
        { name: "5–95%", number: true },
        ...Array.from({ length: classes }, (_, c) => ({ name: `${c + 1}/${classes}`, number: true })),
      ]}
    >
      {page.units.map(({ area, rank, median, low, high, ranked, classes: shares }) => (
        <tr key={area.code}>
          <th scope="row">{text(area.name)}</th>
          <td className="number">{rank}</td>
          <td className="number">{values.number(median, 0)}</td>
          <td className="number">
            {Math.floor(low)}–{Math.ceil(high)}
            {ranked < page.draws && (
              <span className="hint small"> {words("cockpit.rankedIn", { ranked, draws: page.draws })}</span>
            )}
          </td>
          {shares
            .map((of, c) => ({ name: `${c + 1}/${classes}`, of }))
            .map(({ name, of }) => (
              <td key={name} className="number">
                {values.percent(of)}
              </td>
            ))}
        </tr>
      ))}
    </TableFrame>
  );
}

function DomainsTable({ page }: { readonly page: IndexAuditPage }) {
  const words = useWords();
  const number = useNumberHead();
  const text = useText();
  const values = useValues();
  return (
    <TableFrame
      caption={words("cockpit.auditDomains")}
      heads={[
        { name: words("cockpit.domain") },
        { name: words("cockpit.indicator") },
        ...["effectiveWeight", "correlation", "withoutIt", "alpha"].map(number),
      ]}
    >
      {page.domains.flatMap((domain) => [
        <tr key={domain.code}>
          <th scope="row">{text(domain.name)}</th>
          <td>–</td>
          <td className="number">{values.percent(domain.effectiveWeight, 1)}</td>
          <td className="number">{values.known(domain.correlation, 2)}</td>
          <td className="number">{values.known(domain.meanRankShift, 2)}</td>
          <td className="number">{values.known(domain.alpha, 2)}</td>
        </tr>,
        ...domain.indicators.map((leaf) => (
          <tr key={`${domain.code} ${leaf.code}`}>
            <td />
            <th scope="row">{text(leaf.name)}</th>
            <td className="number">{values.percent(leaf.effectiveWeight, 1)}</td>
            <td className="number">{values.known(leaf.correlation, 2)}</td>
            <td className="number">–</td>
            <td className="number">–</td>
          </tr>
        )),
      ])}
    </TableFrame>
  );
}
