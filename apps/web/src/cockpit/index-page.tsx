import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { EChartsOption } from "echarts";
import { useMemo } from "react";
import { Link, useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { Pager } from "../ui/pager.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { cockpitApi, type Overview, type IndexPage as Page } from "./api.ts";
import { ChartWithTable } from "./chart-with-table.tsx";
import { CockpitFrame } from "./cockpit-frame.tsx";
import { IndexAudit } from "./index-audit.tsx";
import { useValues } from "./values.ts";

/** The index: level, equality and adjusted score apart; areas with rank intervals; the method as data. */
export function IndexPage() {
  const words = useWords();
  return (
    <CockpitFrame title={words("cockpit.index")} lead={words("cockpit.indexLead")}>
      {(overview) => <IndexView overview={overview} />}
    </CockpitFrame>
  );
}

function IndexView({ overview }: { readonly overview: Overview }) {
  const words = useWords();
  const text = useText();
  const [address, setAddress] = useSearchParams();
  const code = address.get("index") ?? overview.indexes[0]?.code ?? "";
  const year = address.get("year") ?? "";
  const page = Number(address.get("page") ?? 1);
  const query = useQuery({
    queryKey: ["cockpit", "index", code, year, page],
    queryFn: () => cockpitApi.index(code, { year, page, size: 50 }),
    placeholderData: keepPreviousData,
    enabled: code !== "",
  });
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(address);
    next.set(name, value);
    setAddress(next);
  };
  return (
    <Loaded query={query}>
      {(data) => (
        <>
          <h2>{text(data.index.name)}</h2>
          <p>{text(data.index.definition)}</p>
          <div className="filters">
            <label>
              {words("cockpit.year")}
              <select value={data.year} onChange={(event) => set("year", event.target.value)}>
                {overview.years.toReversed().map((of) => (
                  <option key={of} value={of}>
                    {of}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <Summary page={data} />
          <YearsChart page={data} />
          <UnitsTable page={data} />
          <Pager {...data} onPage={(next) => set("page", String(next))} />
          <IndexAudit code={code} year={data.year} />
          <Method page={data} />
        </>
      )}
    </Loaded>
  );
}

function Summary({ page }: { readonly page: Page }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const figures = [
    ["level", page.level, 1],
    ["equality", page.equality?.oneMinusGini ?? null, 3],
    ["adjusted", page.adjusted, 1],
  ] as const;
  return (
    <>
      <dl className="figures">
        {figures.map(([name, value, decimals]) => {
          const interval = page.intervals[name];
          return (
            <div key={name}>
              <dt>
                {words(`cockpit.${name}`)} ({words(`cockpit.${name}Hint`)})
              </dt>
              <dd>
                {value === null ? words("cockpit.missing") : values.number(value, decimals)}{" "}
                <span className="hint small">{page.year}</span>
                {interval && (
                  <div className="hint small">
                    {words("cockpit.drawn", {
                      low: values.number(interval.low, decimals),
                      high: values.number(interval.high, decimals),
                      spread: values.percent(page.method.spread),
                    })}
                  </div>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      {page.reason && <p className="hint">{text(page.reason)}</p>}
      <p className="provenance">
        {words("cockpit.source")} {text(page.provenance.list.name)} · {words("cockpit.hash")}{" "}
        <code>{page.hash.slice(0, 16)}</code> · {words("cockpit.version")}{" "}
        <code>{page.provenance.version.slice(0, 12)}</code>
      </p>
    </>
  );
}

function YearsChart({ page }: { readonly page: Page }) {
  const words = useWords();
  const values = useValues();
  const names = useMemo(() => [words("cockpit.level"), words("cockpit.adjusted")] as const, [words]);
  const option = useMemo(
    (): EChartsOption => ({
      grid: { left: 10, right: 30, top: 40, bottom: 10, containLabel: true },
      legend: { top: 0, data: [...names] },
      tooltip: { trigger: "axis" },
      xAxis: { type: "category", data: page.years.map(({ year }) => String(year)) },
      yAxis: { type: "value", min: 0, max: 100 },
      series: [
        { name: names[0], type: "line", data: page.years.map(({ level }) => level), itemStyle: { color: "#14808a" } },
        {
          name: names[1],
          type: "line",
          symbol: "triangle",
          lineStyle: { type: "dashed" },
          data: page.years.map(({ adjusted }) => adjusted),
          itemStyle: { color: "#b4540a" },
        },
      ],
    }),
    [page.years, names],
  );
  const shown = (value: number | null, decimals: number) =>
    value === null ? words("cockpit.missing") : values.number(value, decimals);
  const rows = page.years.map(({ year, level, equality, adjusted }) => [
    String(year),
    shown(level, 1),
    shown(adjusted, 1),
    shown(equality, 3),
  ]);
  return (
    <ChartWithTable
      label={words("cockpit.indexChart")}
      option={option}
      columns={[words("cockpit.year"), ...names, words("cockpit.equality")]}
      rows={rows}
    />
  );
}

function UnitsTable({ page }: { readonly page: Page }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  return (
    <TableFrame
      caption={words("cockpit.rank")}
      heads={[
        { name: words("cockpit.rank") },
        { name: words("cockpit.area") },
        { name: words("cockpit.score"), number: true },
        ...page.groups.map(({ code, name }) => ({ code, name: text(name), number: true })),
        { name: words("cockpit.residents"), number: true },
      ]}
    >
      {page.units.map(({ area, score, groups, rank, people }) => (
        <tr key={area.code}>
          <td>
            {rank ? rank.rank : "–"}
            {rank && (
              <span className="hint small">
                {" "}
                {words("cockpit.rankInterval", { low: Math.round(rank.low), high: Math.round(rank.high) })}
              </span>
            )}
          </td>
          <th scope="row">
            <Link to={`/cockpit?area=${area.code}&year=${page.year}`}>{text(area.name)}</Link>
          </th>
          <td className="number">{values.known(score, 1)}</td>
          {groups.map((value, i) => (
            <td key={page.groups[i]?.code} className="number">
              {values.known(value, 1)}
            </td>
          ))}
          <td className="number">{values.known(people, 0)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

function Method({ page }: { readonly page: Page }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const { method, groups, notices } = page;
  return (
    <section>
      <h2>{words("cockpit.method")}</h2>
      <p>
        {words("cockpit.methodText", {
          present: values.percent(method.present),
          aggregate: words(`cockpit.${method.aggregate}`),
          spread: values.percent(method.spread),
          draws: method.draws,
          seed: method.seed,
        })}
      </p>
      <details>
        <summary>{words("cockpit.weight")}</summary>
        <TableFrame
          heads={[
            { name: words("cockpit.domain") },
            { name: words("cockpit.indicator") },
            { name: words("cockpit.weight") },
            { name: words("cockpit.worstBest") },
          ]}
        >
          {groups.flatMap((group) =>
            group.indicators.map((leaf) => (
              <tr key={leaf.code}>
                <td>
                  {text(group.name)} ({group.weight})
                </td>
                <th scope="row">
                  <Link to={`/cockpit/indicators/${leaf.code}`}>{text(leaf.name)}</Link>
                </th>
                <td className="number">{leaf.weight}</td>
                <td className="number">
                  {leaf.worst} → {leaf.best}
                </td>
              </tr>
            )),
          )}
        </TableFrame>
      </details>
      <h3>{words("cockpit.notices")}</h3>
      {notices.length === 0 ? (
        <p className="hint">{words("cockpit.noticesNone")}</p>
      ) : (
        <ul className="small">
          {notices.map(({ code, node, units }) => (
            <li key={`${code} ${node?.code}`}>
              {words(`cockpit.noticeWords.${code}`)}
              {node && `: ${text(node.name)}`} ({words("cockpit.areasCount", { count: units })})
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
