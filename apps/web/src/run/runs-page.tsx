import { useQuery } from "@tanstack/react-query";
import type { EChartsOption } from "echarts";
import { useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api, type Figures, type RunItem, type RunPage } from "../app/api.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { Chart } from "../ui/chart.tsx";
import { formatCount, formatDate, formatLargeMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { Count, LargeMoney } from "./figures.tsx";
import { PayerTable } from "./payer-table.tsx";
import { RunProvenance } from "./run-provenance.tsx";

type Column = "entitled" | "receiving" | "missed" | "overpaid" | "undetermined" | "fenPerMonth" | "fenPerYear";
const columns: readonly Column[] = [
  "entitled",
  "receiving",
  "missed",
  "overpaid",
  "undetermined",
  "fenPerMonth",
  "fenPerYear",
];

const headings: Record<Column, string> = {
  entitled: "run.entitled",
  receiving: "run.receiving",
  missed: "run.missed",
  overpaid: "run.overpaid",
  undetermined: "run.undetermined",
  fenPerMonth: "run.perMonth",
  fenPerYear: "run.perYear",
};

function Cells({ figures }: { readonly figures: Figures }) {
  const words = useWords();
  return columns.map((column) => {
    const value = figures[column];
    if (column === "fenPerMonth" || column === "fenPerYear") {
      return (
        <td key={column} className="number">
          {value === null ? (
            <span className="hint">{column === "fenPerYear" ? words("run.service") : "—"}</span>
          ) : (
            <LargeMoney fen={value} />
          )}
        </td>
      );
    }
    return (
      <td key={column} className="number">
        {value === null ? <span className="hint">{words("run.noRoll")}</span> : <Count count={value} />}
      </td>
    );
  });
}

/** One row an entry; the figures of the chosen district, or of the whole city. */
function ItemsTable({ run, district }: { readonly run: RunPage; readonly district: string }) {
  const words = useWords();
  const text = useText();
  const [order, setOrder] = useState<Column>();
  const figuresOf = (item: RunItem): Figures =>
    item.districts.find(({ district: { code } }) => code === district) ?? item.total;
  const items = order
    ? run.perItem.toSorted((a, b) => (figuresOf(b)[order] ?? -1) - (figuresOf(a)[order] ?? -1))
    : run.perItem;
  return (
    <div className="table-scroll">
      <table className="plain">
        <caption>{words("run.byItem")}</caption>
        <thead>
          <tr>
            <th scope="col">{words("run.item")}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="number" aria-sort={order === column ? "descending" : undefined}>
                <button type="button" className="sort" onClick={() => setOrder(order === column ? undefined : column)}>
                  {words(headings[column])} {order === column ? "▼" : ""}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.code}>
              <th scope="row">
                <Link to={`/run/${run.id}/items/${item.code}${district ? `?district=${district}` : ""}`}>
                  {text(item.name)}
                </Link>
              </th>
              <Cells figures={figuresOf(item)} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words("run.total")}</th>
            <Cells figures={run.districts.find(({ code }) => code === district)?.total ?? run.total} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function DistrictsTable({ run }: { readonly run: RunPage }) {
  const words = useWords();
  const text = useText();
  return (
    <TableFrame
      caption={words("run.byDistrict")}
      heads={[
        { name: words("run.district") },
        { name: words("run.people"), number: true },
        ...columns.map((column) => ({ name: words(headings[column]), number: true })),
      ]}
    >
      {run.districts.map((district) => (
        <tr key={district.code}>
          <th scope="row">
            <Link to={`/run?district=${district.code}`}>{text(district.name)}</Link>
          </th>
          <td className="number">
            <Count count={district.people} />
          </td>
          <Cells figures={district.total} />
        </tr>
      ))}
    </TableFrame>
  );
}

function MoneyChart({ run }: { readonly run: RunPage }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const option = useMemo((): EChartsOption => {
    const paid = run.perItem
      .filter(({ total }) => (total.fenPerYear ?? 0) > 0)
      .toSorted((a, b) => (a.total.fenPerYear ?? 0) - (b.total.fenPerYear ?? 0))
      .slice(-12);
    return {
      grid: { left: 10, right: 90, top: 10, bottom: 10, containLabel: true },
      xAxis: { type: "value", min: 0, axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: { type: "category", data: paid.map(({ name }) => text(name)) },
      series: [
        {
          type: "bar",
          data: paid.map(({ total }) => total.fenPerYear ?? 0),
          itemStyle: { color: "#0b5e63" },
          label: {
            show: true,
            position: "right",
            formatter: ({ value }) => formatLargeMoney(Number(value), language),
          },
        },
      ],
    };
  }, [run, text, language]);
  return <Chart option={option} label={words("run.chart")} />;
}

function RunView({ run }: { readonly run: RunPage }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const [address, setAddress] = useSearchParams();
  const district = address.get("district") ?? "";
  return (
    <>
      <dl className="figures">
        {(
          [
            ["run.date", formatDate(run.date, language)],
            ["run.people", formatCount(run.people, language)],
            ["run.decisions", formatCount(run.decisions, language)],
            ["run.seconds", words("run.secondsValue", { seconds: run.seconds.toFixed(1) })],
          ] as const
        ).map(([key, value]) => (
          <div key={key}>
            <dt>{words(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="filters">
        <label>
          {words("run.district")}
          <select
            value={district}
            onChange={(event) => setAddress(event.target.value ? { district: event.target.value } : {})}
          >
            <option value="">{words("list.all")}</option>
            {run.districts.map(({ code, name }) => (
              <option key={code} value={code}>
                {text(name)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ItemsTable run={run} district={district} />
      <h2>{words("run.chart")}</h2>
      <MoneyChart run={run} />
      <PayerTable figures={run.districts.find(({ code }) => code === district)?.total ?? run.total} />
      <DistrictsTable run={run} />
      <RunProvenance run={run} />
    </>
  );
}

/** The newest run: by entry, district and payer. */
export function RunsPage() {
  const words = useWords();
  useTitle(words("run.title"));
  const runs = useQuery({ queryKey: ["runs"], queryFn: api.runs });
  const id = runs.data?.runs[0]?.id;
  const run = useQuery({ queryKey: ["run", id], queryFn: () => api.run(id ?? ""), enabled: id !== undefined });
  return (
    <>
      <h1>{words("run.title")}</h1>
      <p>{words("run.lead")}</p>
      <Loaded query={runs}>
        {({ runs: cards }) =>
          cards.length === 0 ? (
            <p>{words("run.none")}</p>
          ) : (
            <Loaded query={run}>{(data) => <RunView run={data} />}</Loaded>
          )
        }
      </Loaded>
    </>
  );
}
