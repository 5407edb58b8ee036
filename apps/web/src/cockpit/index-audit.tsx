import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "../app/loaded.tsx";
import { Pager } from "../ui/pager.tsx";
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
  const values = useValues();
  // An estimate just below nothing is written as nothing, not as minus nothing.
  const written = (value: number) => values.number(Math.round(value * 100) / 100 + 0, 2);
  const share = (value: number, [low, high]: readonly [number, number]) =>
    `${written(value)} (${written(low)}–${written(high)})`;
  if (page.choices.length === 0) return null;
  return (
    <div className="table-scroll">
      <table className="plain">
        <caption>{words("cockpit.auditChoices")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("cockpit.choice")}</th>
            <th scope="col" className="number">
              {words("cockpit.choiceOptions")}
            </th>
            <th scope="col" className="number">
              {words("cockpit.choiceMatters")}
            </th>
            <th scope="col" className="number">
              {words("cockpit.sobolFirst")}
            </th>
            <th scope="col" className="number">
              {words("cockpit.sobolTotal")}
            </th>
          </tr>
        </thead>
        <tbody>
          {page.choices.map(({ name, options, optionsThatMatter, first, firstInterval, total, totalInterval }) => (
            <tr key={name}>
              <th scope="row">{words(`cockpit.choiceNames.${name}`)}</th>
              <td className="number">{options}</td>
              <td className="number">{optionsThatMatter}</td>
              <td className="number">{share(first, firstInterval)}</td>
              <td className="number">{share(total, totalInterval)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PlacesTable({ page }: { readonly page: IndexAuditPage }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const classes = page.units[0]?.classes.length ?? 0;
  return (
    <div className="table-scroll">
      <table className="plain">
        <caption>{words("cockpit.auditPlaces", { classes })}</caption>
        <thead>
          <tr>
            <th scope="col">{words("cockpit.area")}</th>
            <th scope="col" className="number">
              {words("cockpit.rank")}
            </th>
            <th scope="col" className="number">
              {words("cockpit.medianRank")}
            </th>
            <th scope="col" className="number">
              5–95%
            </th>
            {Array.from({ length: classes }, (_, c) => `${c + 1}/${classes}`).map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}

function DomainsTable({ page }: { readonly page: IndexAuditPage }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const shown = (value: number | null, decimals: number) => (value === null ? "–" : values.number(value, decimals));
  return (
    <div className="table-scroll">
      <table className="plain">
        <caption>{words("cockpit.auditDomains")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("cockpit.domain")}</th>
            <th scope="col">{words("cockpit.indicator")}</th>
            <th scope="col" className="number">
              {words("cockpit.effectiveWeight")}
            </th>
            <th scope="col" className="number">
              {words("cockpit.correlation")}
            </th>
            <th scope="col" className="number">
              {words("cockpit.withoutIt")}
            </th>
            <th scope="col" className="number">
              {words("cockpit.alpha")}
            </th>
          </tr>
        </thead>
        <tbody>
          {page.domains.flatMap((domain) => [
            <tr key={domain.code}>
              <th scope="row">{text(domain.name)}</th>
              <td>–</td>
              <td className="number">{values.percent(domain.effectiveWeight, 1)}</td>
              <td className="number">{shown(domain.correlation, 2)}</td>
              <td className="number">{shown(domain.meanRankShift, 2)}</td>
              <td className="number">{shown(domain.alpha, 2)}</td>
            </tr>,
            ...domain.indicators.map((leaf) => (
              <tr key={`${domain.code} ${leaf.code}`}>
                <td />
                <th scope="row">{text(leaf.name)}</th>
                <td className="number">{values.percent(leaf.effectiveWeight, 1)}</td>
                <td className="number">{shown(leaf.correlation, 2)}</td>
                <td className="number">–</td>
                <td className="number">–</td>
              </tr>
            )),
          ])}
        </tbody>
      </table>
    </div>
  );
}
