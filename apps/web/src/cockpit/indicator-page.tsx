import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { memo, useEffect } from "react";
import { Link, useLocation, useParams, useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { Mark } from "../ui/mark.tsx";
import { useText, useWords } from "../ui/words.ts";
import { ActionForm } from "./action-form.tsx";
import { ActionList } from "./action-list.tsx";
import { cockpitApi, type Overview, type IndicatorPage as Page } from "./api.ts";
import { AreaPicker } from "./area-picker.tsx";
import { CockpitFrame } from "./cockpit-frame.tsx";
import { FigureNote } from "./figure-note.tsx";
import { FunnelChart } from "./funnel-chart.tsx";
import { SpineChart, TrendChart } from "./indicator-charts.tsx";
import { PartsTable } from "./parts-table.tsx";
import { ShortageChart } from "./shortage-chart.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { TileMap } from "./tile-map.tsx";
import { useValues } from "./values.ts";

/** One indicator in one area: the figure, its way to the target, where it is behind, why, and who acts. */
export function IndicatorPage() {
  const { code = "" } = useParams();
  const text = useText();
  const words = useWords();
  const [address] = useSearchParams();
  const { area, year } = Object.fromEntries(address);
  const query = useQuery({
    queryKey: ["cockpit", "indicator", code, area, year],
    queryFn: () => cockpitApi.indicator(code, { area, year }),
    placeholderData: keepPreviousData,
  });
  return (
    <CockpitFrame title={text(query.data?.indicator.name) || words("cockpit.indicator")}>
      {(overview) => <Loaded query={query}>{(page) => <IndicatorView page={page} overview={overview} />}</Loaded>}
    </CockpitFrame>
  );
}

function IndicatorView({ page, overview }: { readonly page: Page; readonly overview: Overview }) {
  const words = useWords();
  const [address, setAddress] = useSearchParams();
  const { hash } = useLocation();
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(address);
    next.set(name, value);
    setAddress(next);
  };
  useEffect(() => {
    if (hash === "#record") document.getElementById("record")?.scrollIntoView();
  }, [hash]);
  return (
    <>
      <p>
        <Link to={`/cockpit?area=${page.area.code}&year=${page.year}`}>{words("cockpit.back")}</Link>
      </p>
      <div className="filters">
        <AreaPicker area={address.get("area") ?? page.area.code} onArea={(area) => set("area", area)} />
        <label>
          {words("cockpit.year")}
          <select value={page.year} onChange={(event) => set("year", event.target.value)}>
            {overview.years.toReversed().map((year) => (
              <option key={year} value={year}>
                {year}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Told page={page} />
      <section id="record">
        <h2>{words("cockpit.actionsTitle")}</h2>
        <ActionList actions={page.actions} />
        <ActionForm indicator={page.indicator} area={page.area} alarm={null} today={overview.today} />
      </section>
      <Definition page={page} />
    </>
  );
}

/** What is told of the figures; stands as it is while another area or year is being looked up. */
const Told = memo(function Told({ page }: { readonly page: Page }) {
  const words = useWords();
  return (
    <>
      <Headline page={page} />
      <TrendChart page={page} />
      {page.parts.length === 0 && page.area.children > 0 && (
        <p className="hint">{words("cockpit.notBelow", { level: words(`cockpit.levels.${page.indicator.lowest}`) })}</p>
      )}
      {page.parts.length > 0 && (
        <section>
          <h2>{words("cockpit.where")}</h2>
          <TileMap page={page} />
          <SpineChart page={page} />
          <FunnelChart page={page} />
          <ShortageChart page={page} />
          <PartsTable page={page} />
          <Settlements page={page} />
        </section>
      )}
      <Why page={page} />
    </>
  );
});

function Headline({ page }: { readonly page: Page }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const { indicator, figure, target, track, rank } = page;
  return (
    <div className="headline">
      <p className="figure">
        {values.figure(figure, indicator)} <span className="hint small">{figure.year}</span>
        <FigureNote indicator={indicator} figure={figure} provenance={page.provenance} />
      </p>
      <p>
        <StatusBadge status={track.status} />
        {track.status !== track.statusOfValue && (
          <span className="hint">
            {" "}
            {words("cockpit.byWorseEnd", { status: words(`cockpit.statuses.${track.statusOfValue}`) })}
          </span>
        )}
      </p>
      {target && (
        <p>
          {words("cockpit.target")} <strong>{values.target(target, indicator)}</strong>{" "}
          {words("cockpit.targetOf", { area: text(target.area.name), plan: text(target.plan.name), year: target.year })}{" "}
          {target.nature && words(`cockpit.natures.${target.nature}`)} <Mark mark={target.mark} />
        </p>
      )}
      {target?.note && <p className="hint small">{text(target.note)}</p>}
      {track.projection !== null && target && (
        <p>
          {words("cockpit.projection", { year: target.year, value: values.value(track.projection, indicator) })}
          {track.band &&
            words("cockpit.band", {
              low: values.number(track.band.low, indicator.decimals),
              high: values.number(track.band.high, indicator.decimals),
            })}
        </p>
      )}
      {track.reason && <p className="hint">{text(track.reason)}</p>}
      {figure.low !== null && (
        <p>
          {words("cockpit.interval")} {values.interval(figure, indicator)}
        </p>
      )}
      {rank && (
        <p>
          {words("cockpit.rank")} {words("cockpit.rankOf", { rank: rank.rank, of: rank.of })}
          {rank.low !== rank.high && `, ${words("cockpit.rankInterval", { low: rank.low, high: rank.high })}`}
        </p>
      )}
    </div>
  );
}

function Settlements({ page }: { readonly page: Page }) {
  const words = useWords();
  const values = useValues();
  if (page.settlements.length === 0) return null;
  return (
    <>
      <h3>{words("cockpit.settlements")}</h3>
      <dl className="figures">
        {page.settlements.map(({ kind, areas, figure }) => (
          <div key={kind}>
            <dt>
              {words(`cockpit.${kind}`)} · {words("cockpit.settlementAreas", { count: areas })}
            </dt>
            <dd>
              {values.figure(figure, page.indicator)} <span className="hint small">{figure.year}</span>
              <FigureNote indicator={page.indicator} figure={figure} provenance={page.provenance} />
              {figure.low !== null && (
                <div className="hint small">
                  {words("cockpit.interval")} {values.interval(figure, page.indicator)}
                </div>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Why({ page }: { readonly page: Page }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const { change, cases, indicator } = page;
  if (!change && cases.length === 0) return null;
  const signed = (value: number) => `${value > 0 ? "+" : ""}${values.number(value, Math.max(1, indicator.decimals))}`;
  const people = (count: number | null) => (count === null ? words("cockpit.small") : values.number(count, 0));
  return (
    <section>
      <h2>{words("cockpit.why")}</h2>
      {change && (
        <p>
          {words("cockpit.change", {
            from: change.from,
            total: signed(change.byNumerator + change.byDenominator),
            numerator: signed(change.byNumerator),
            denominator: signed(change.byDenominator),
          })}
        </p>
      )}
      {cases.length > 0 && (
        <>
          <h3>{words("cockpit.cases")}</h3>
          <ul>
            {cases.map(({ item, entitled, missed, href }) => (
              <li key={item.code}>
                {words("cockpit.casesText", {
                  item: text(item.name),
                  entitled: people(entitled),
                  missed: people(missed),
                })}{" "}
                <Link to={href}>
                  {words("cockpit.casesLink")}
                  <span className="visually-hidden"> {text(item.name)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Definition({ page }: { readonly page: Page }) {
  const words = useWords();
  const text = useText();
  const { indicator, target, provenance } = page;
  const sources = new Map([...indicator.sources, ...(target?.sources ?? [])].map(({ code, title }) => [code, title]));
  return (
    <section>
      <h2>{words("cockpit.definition")}</h2>
      <p>
        {text(indicator.definition)} <Mark mark={indicator.mark} />
      </p>
      {indicator.note && <p className="hint">{text(indicator.note)}</p>}
      {indicator.items.length > 0 && (
        <p>
          {words("cockpit.items")}:{" "}
          {indicator.items.map(({ code, name, list }) => (
            <Link key={code} to={`/list/${list}/${code}`}>
              {text(name)}
            </Link>
          ))}
        </p>
      )}
      {sources.size > 0 && (
        <ul className="small">
          {[...sources].map(([code, title]) => (
            <li key={code}>{title}</li>
          ))}
        </ul>
      )}
      <p className="provenance">
        {words("cockpit.version")} <code>{provenance.version.slice(0, 12)}</code> · {words("cockpit.catalogue")}{" "}
        <code>{provenance.catalogueHash.slice(0, 12)}</code>
        {provenance.run && (
          <>
            {" "}
            · {words("cockpit.run")} <code>{provenance.run.hash.slice(0, 12)}</code> {provenance.run.date}
          </>
        )}
        {provenance.batches.map(({ id, name }) => (
          <span key={id}>
            {" "}
            · {text(name)} <code>{id.slice(0, 12)}</code>
          </span>
        ))}
      </p>
    </section>
  );
}
