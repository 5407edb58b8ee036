import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { memo, useEffect } from "react";
import { Link, useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { formatDate } from "../ui/format.ts";
import { Pager } from "../ui/pager.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { cockpitApi, type Overview, type ProvenanceCard, type WorkPage as Work, type WorkRow } from "./api.ts";
import { AreaPicker } from "./area-picker.tsx";
import { CockpitFrame } from "./cockpit-frame.tsx";
import { FigureNote } from "./figure-note.tsx";
import { Sparkline } from "./sparkline.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { useValues } from "./values.ts";

const shownStatuses = [
  "achieved",
  "on-track",
  "needs-acceleration",
  "limited",
  "open",
  "deteriorating",
  "no-value",
  "no-target",
] as const;

/** After the first view there is time to fetch what the next click needs. */
const AFTER_FIRST_VIEW = 1000;

/** What is behind plan, where, why, and who acts by when. */
export function WorkPage() {
  const words = useWords();
  useEffect(() => {
    const timer = setTimeout(() => {
      void import("./indicator-page.tsx");
      void import("./draw-chart.ts");
    }, AFTER_FIRST_VIEW);
    return () => clearTimeout(timer);
  }, []);
  return (
    <CockpitFrame title={words("cockpit.title")} lead={words("cockpit.lead")}>
      {(overview) => <WorkView overview={overview} />}
    </CockpitFrame>
  );
}

function WorkView({ overview }: { readonly overview: Overview }) {
  const [address, setAddress] = useSearchParams();
  const filters = Object.fromEntries(address);
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(address);
    if (value) next.set(name, value);
    else next.delete(name);
    if (name !== "page") next.delete("page");
    setAddress(next);
  };
  const work = useQuery({
    queryKey: ["cockpit", "work", filters],
    queryFn: () => cockpitApi.work({ ...filters, size: 25 }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Filters overview={overview} filters={filters} set={set} />
      <Loaded query={work}>
        {(data) => (
          <>
            <Counts work={data} status={filters.status ?? "behind"} set={set} />
            <WorkTable work={data} provenance={overview.provenance} />
            <Pager {...data} onPage={(page) => set("page", String(page))} />
            <ExportLinks area={filters.area} year={data.year} />
          </>
        )}
      </Loaded>
    </>
  );
}

interface FiltersProps {
  readonly overview: Overview;
  readonly filters: Readonly<Record<string, string>>;
  readonly set: (name: string, value: string) => void;
}

function Filters({ overview, filters, set }: FiltersProps) {
  const words = useWords();
  const text = useText();
  const choice = (name: string, label: string, options: readonly (readonly [string, string])[], all = true) => (
    <label>
      {label}
      <select value={filters[name] ?? ""} onChange={(event) => set(name, event.target.value)}>
        {all && <option value="">{words("cockpit.all")}</option>}
        {options.map(([value, shown]) => (
          <option key={value} value={value}>
            {shown}
          </option>
        ))}
      </select>
    </label>
  );
  const newest = overview.years.at(-1);
  return (
    <div className="filters">
      <AreaPicker area={filters.area} onArea={(area) => set("area", area)} />
      <label>
        {words("cockpit.year")}
        <select value={filters.year ?? newest} onChange={(event) => set("year", event.target.value)}>
          {overview.years.toReversed().map((year) => (
            <option key={year} value={year}>
              {year}
            </option>
          ))}
        </select>
      </label>
      {choice(
        "plan",
        words("cockpit.plan"),
        overview.plans.map(({ code, name }) => [code, text(name)]),
      )}
      {choice(
        "domain",
        words("cockpit.domain"),
        overview.domains.map(({ code, name }) => [code, text(name)]),
      )}
      {choice(
        "nature",
        words("cockpit.nature"),
        ["binding", "expected"].map((nature) => [nature, words(`cockpit.natures.${nature}`)]),
      )}
    </div>
  );
}

function Counts({
  work,
  status,
  set,
}: {
  readonly work: Work;
  readonly status: string;
  readonly set: FiltersProps["set"];
}) {
  const words = useWords();
  return (
    <fieldset className="status-counts">
      <legend>{words("cockpit.count", { count: work.total })}</legend>
      <button
        type="button"
        className="button quiet small"
        aria-pressed={status === "behind"}
        onClick={() => set("status", "")}
      >
        {words("cockpit.behindOnly")}
      </button>
      <button
        type="button"
        className="button quiet small"
        aria-pressed={status === "all"}
        onClick={() => set("status", "all")}
      >
        {words("cockpit.all")}
      </button>
      {shownStatuses.map((name) => (
        <button
          key={name}
          type="button"
          className="button quiet small"
          aria-pressed={status === name}
          onClick={() => set("status", name)}
        >
          <StatusBadge status={name} /> {work.counts[name]}
        </button>
      ))}
    </fieldset>
  );
}

interface WorkTableProps {
  readonly work: Work;
  readonly provenance: ProvenanceCard;
}

/** Stands as it is while a choice is being looked up. */
const WorkTable = memo(function WorkTable({ work, provenance }: WorkTableProps) {
  const words = useWords();
  if (work.rows.length === 0) return <p>{words("cockpit.nothing")}</p>;
  const heads = ["indicator", "figure", "target", "gap", "trend", "rank", "where", "who"] as const;
  return (
    <TableFrame look="work" heads={heads.map((head) => ({ name: words(`cockpit.${head}`) }))}>
      {work.rows.map((row) => (
        <WorkLine key={row.indicator.code} row={row} work={work} provenance={provenance} />
      ))}
    </TableFrame>
  );
});

interface LineProps {
  readonly row: WorkRow;
  readonly work: Work;
  readonly provenance: ProvenanceCard;
}

function WorkLine({ row, work, provenance }: LineProps) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const { language } = usePreferences();
  const { indicator, figure, target, track, rank, where, action } = row;
  const page = `/cockpit/indicators/${indicator.code}?area=${work.area.code}&year=${work.year}`;
  return (
    <tr>
      <th scope="row">
        <Link to={page}>{text(indicator.name)}</Link>
        <div className="tags">
          {target?.nature && <span>{words(`cockpit.natures.${target.nature}`)}</span>}
          {row.alarms > 0 && <Link to="/cockpit/alarms">{words("cockpit.alarmsOpen", { count: row.alarms })}</Link>}
        </div>
      </th>
      <td>
        <span className="value">{values.figure(figure, indicator)}</span>{" "}
        <span className="hint small">{figure.year}</span>
        <FigureNote indicator={indicator} figure={figure} provenance={provenance} />
      </td>
      <td>
        {target ? values.target(target, indicator) : "–"}
        {target && <div className="hint small">{target.year}</div>}
      </td>
      <td>
        <StatusBadge status={track.status} />
        {track.done !== null && track.time !== null && (
          <div className="hint small">
            {words("cockpit.done", { done: values.percent(track.done), time: values.percent(track.time) })}
          </div>
        )}
      </td>
      <td>
        <Sparkline points={row.trend} label={words("cockpit.trendChart", { name: text(indicator.name) })} />
      </td>
      <td>
        {rank ? words("cockpit.rankOf", { rank: rank.rank, of: rank.of }) : "–"}
        {rank && rank.low !== rank.high && (
          <div className="hint small">{words("cockpit.rankInterval", { low: rank.low, high: rank.high })}</div>
        )}
      </td>
      <td>
        {where ? words("cockpit.behindOf", { behind: where.behind, of: where.of }) : "–"}
        {where?.worst && (
          <div className="small">
            <Link to={`/cockpit/indicators/${indicator.code}?area=${where.worst.code}&year=${work.year}`}>
              {words("cockpit.worst", { area: text(where.worst.name) })}
            </Link>
          </div>
        )}
      </td>
      <td>
        {action ? (
          <>
            {action.owner}
            <div className={action.overdue ? "field-error small" : "small"}>
              {words("cockpit.due", { date: formatDate(action.due, language) })}
              {action.overdue ? ` · ${words("cockpit.overdue")}` : ""}
            </div>
          </>
        ) : (
          <>
            <span className="hint">{words("cockpit.nobody")}</span>
            <div className="small">
              <Link to={`${page}#record`}>{words("cockpit.claim")}</Link>
              <span className="visually-hidden"> {text(indicator.name)}</span>
            </div>
          </>
        )}
        <div className="hint small">{indicator.leads.map(({ name }) => text(name)).join("、")}</div>
      </td>
    </tr>
  );
}

function ExportLinks({ area, year }: { readonly area: string | undefined; readonly year: number }) {
  const words = useWords();
  const query = new URLSearchParams({ ...(area && { area }), year: String(year) }).toString();
  return (
    <p className="no-print">
      {words("cockpit.exportHere")}: <a href={`/api/cockpit/export.csv?${query}`}>CSV</a> ·{" "}
      <a href={`/api/cockpit/export.xlsx?${query}`}>XLSX</a>
    </p>
  );
}
