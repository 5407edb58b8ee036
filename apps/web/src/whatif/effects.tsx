import type { EChartsOption } from "echarts";
import { useMemo, useState } from "react";
import { Chart } from "../ui/chart.tsx";
import { formatCount, formatLargeMoney, formatMoney } from "../ui/format.ts";
import { type Language, usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import type { WhatifEffect } from "./api.ts";

const sign = (value: number): string => (value > 0 ? "+" : "");

/** A difference to the fen, the sign before the currency. */
const exactChange = (fen: number, language: Language): string =>
  `${fen < 0 ? "−" : sign(fen)}${formatMoney(Math.abs(fen), undefined, language)}`;

/** A difference in money, with its sign and the exact figure on hover. */
export function MoneyChange({ fen }: { readonly fen: number }) {
  const { language } = usePreferences();
  return (
    <span title={exactChange(fen, language)}>
      {sign(fen)}
      {formatLargeMoney(fen, language)}
    </span>
  );
}

/** Overview: who gains and loses, what it costs; one row a reform. */
export function SummaryTable({ effects }: { readonly effects: readonly WhatifEffect[] }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const count = (number: number) => formatCount(number, language);
  const moved = [
    ["gain", "gainers"],
    ["lose", "losers"],
    ["same", "same"],
    ["unknown", "unknown"],
  ] as const;
  return (
    <TableFrame
      caption={words("whatif.summary")}
      heads={[
        { name: words("whatif.scenario") },
        ...moved.map(([code, name]) => ({ code, name: words(`whatif.${name}`), number: true })),
        ...["before", "after", "difference", "exact"].map((name) => ({ name: words(`whatif.${name}`), number: true })),
      ]}
    >
      {effects.map((effect) => (
        <tr key={effect.code}>
          <th scope="row">{text(effect.name)}</th>
          {moved.map(([key]) => (
            <td key={key} className="number">
              {count(effect.persons[key])} {words("whatif.persons")}
              <br />
              <span className="hint small">
                {count(effect.households[key])} {words("whatif.households")}
              </span>
            </td>
          ))}
          <td className="number">{formatLargeMoney(effect.beforeFen, language)}</td>
          <td className="number">{formatLargeMoney(effect.afterFen, language)}</td>
          <td className="number">
            <MoneyChange fen={effect.afterFen - effect.beforeFen} />
          </td>
          <td className="number">{exactChange(effect.afterFen - effect.beforeFen, language)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

/** What a reform does to each entry that it touches. */
export function ItemsTable({ effect }: { readonly effect: WhatifEffect }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const columns = ["before", "after", "entered", "left", "more", "less"] as const;
  const shown = effect.items.filter(
    ({ entered, left, more, less, beforeFen, afterFen, undeterminedBefore, undeterminedAfter }) =>
      entered + left + more + less > 0 || beforeFen !== afterFen || undeterminedBefore !== undeterminedAfter,
  );
  const heading = { before: "whatif.heldBefore", after: "whatif.heldAfter" } as Record<string, string>;
  return (
    <TableFrame
      caption={`${words("whatif.byItem")}: ${text(effect.name)}`}
      heads={[
        { name: words("whatif.item") },
        ...columns.map((column) => ({ name: words(heading[column] ?? `whatif.${column}`), number: true })),
        { name: words("whatif.difference"), number: true },
      ]}
    >
      {shown.map((item) => (
        <tr key={item.item}>
          <th scope="row">
            {text(item.name)}
            {!item.yearly && <span className="hint small"> ({words("whatif.notYearly")})</span>}
          </th>
          {columns.map((column) => (
            <td key={column} className="number">
              {formatCount(item[column], language)}
            </td>
          ))}
          <td className="number">
            <MoneyChange fen={item.afterFen - item.beforeFen} />
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}

interface Row {
  readonly code: string;
  readonly name: string;
  /** Fen a year, after less before, by reform. */
  readonly differences: readonly number[];
}

const payerName = (payer: string, words: (key: string) => string): string => {
  const [level = payer, fund] = payer.split(":");
  return fund ? `${words("level.fund")} ${words(`fund.${fund}`)}` : words(`level.${level}`);
};

/** Who the difference falls on, by payer or by a group of people: a chart and its table, all reforms side by side. */
export function Breakdown({ effects }: { readonly effects: readonly WhatifEffect[] }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const [by, setBy] = useState("payer");
  const dimensions = effects[0]?.dimensions.map(({ dimension }) => dimension) ?? [];
  const title = (name: string) => words(name === "payer" ? "whatif.byPayer" : `whatif.dimension.${name}`);
  const rows = useMemo((): Row[] => {
    const ofEffect = (effect: WhatifEffect) =>
      by === "payer"
        ? effect.payers.map(({ payer, ...cost }) => ({ code: payer, name: payerName(payer, words), ...cost }))
        : (effect.dimensions.find(({ dimension }) => dimension === by)?.groups ?? []).map((group) => ({
            code: group.group,
            name: text(group.name),
            beforeFen: group.beforeFen,
            afterFen: group.afterFen,
          }));
    const all = effects.map(ofEffect);
    const codes = [...new Map(all.flat().map(({ code, name }) => [code, name]))];
    return codes.map(([code, name]) => ({
      code,
      name,
      differences: all.map((of) => {
        const found = of.find((row) => row.code === code);
        return found ? found.afterFen - found.beforeFen : 0;
      }),
    }));
  }, [effects, by, words, text]);
  const option = useMemo((): EChartsOption => {
    const shown = rows.toReversed();
    const colours = ["#0b5e63", "#b3622b", "#5b4a8a", "#4f7a28"];
    return {
      legend: effects.length > 1 ? { top: 0 } : undefined,
      grid: { left: 10, right: 30, top: effects.length > 1 ? 34 : 10, bottom: 10, containLabel: true },
      xAxis: { type: "value", axisLabel: { formatter: (value: number) => formatLargeMoney(value, language) } },
      yAxis: { type: "category", data: shown.map(({ name }) => name) },
      series: effects.map((effect, at) => ({
        type: "bar" as const,
        name: text(effect.name),
        itemStyle: { color: colours[at % colours.length] },
        data: shown.map(({ differences }) => differences[at] ?? 0),
      })),
    };
  }, [rows, effects, text, language]);
  return (
    <section aria-labelledby="whatif-breakdown">
      <h2 id="whatif-breakdown">{title(by)}</h2>
      <div className="filters">
        <label>
          {words("whatif.by")}
          <select value={by} onChange={(event) => setBy(event.target.value)}>
            {["payer", ...dimensions].map((name) => (
              <option key={name} value={name}>
                {title(name)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Chart option={option} label={words("whatif.chartCost", { by: title(by) })} />
      <TableFrame
        caption={words("whatif.chartCost", { by: title(by) })}
        heads={[
          { name: words("whatif.group") },
          ...effects.map(({ code, name }) => ({ code, name: text(name), number: true })),
          ...(by === "payer" ? [] : effects).map(({ code, name }) => ({
            code: `${code} moved`,
            name: `${text(name)} ${words("whatif.gainers")} / ${words("whatif.losers")}`,
            number: true,
          })),
        ]}
      >
        {rows.map((row) => (
          <tr key={row.code}>
            <th scope="row">{row.name}</th>
            {effects.map((effect, at) => (
              <td key={effect.code} className="number">
                <MoneyChange fen={row.differences[at] ?? 0} />
              </td>
            ))}
            {by !== "payer" &&
              effects.map((effect) => {
                const group = effect.dimensions
                  .find(({ dimension }) => dimension === by)
                  ?.groups.find((one) => one.group === row.code);
                return (
                  <td key={effect.code} className="number">
                    {formatCount(group?.persons.gain ?? 0, language)} /{" "}
                    {formatCount(group?.persons.lose ?? 0, language)}
                  </td>
                );
              })}
          </tr>
        ))}
      </TableFrame>
    </section>
  );
}
