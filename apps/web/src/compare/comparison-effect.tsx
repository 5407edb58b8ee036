import { useQuery } from "@tanstack/react-query";
import type { EChartsOption } from "echarts";
import { useMemo, useState } from "react";
import { Loaded } from "../app/loaded.tsx";
import { Chart } from "../ui/chart.tsx";
import { formatCount, formatDate, formatLargeMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { MoneyChange } from "../whatif/effects.tsx";
import { type ComparisonEffectPage, compareApi, type Sides } from "./api.ts";

function Effect({ effect }: { readonly effect: ComparisonEffectPage }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const rows = useMemo(
    () =>
      effect.matches
        .map((match) => ({
          ...match,
          name: match.left.map(({ name }) => text(name)).join("、"),
          difference: match.rightFen - match.leftFen,
        }))
        .toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference)),
    [effect, text],
  );
  const option = useMemo((): EChartsOption => {
    const shown = rows
      .filter(({ difference }) => difference !== 0)
      .slice(0, 10)
      .reverse();
    return {
      grid: { left: 10, right: 30, top: 10, bottom: 10, containLabel: true },
      xAxis: { type: "value", axisLabel: { formatter: (value: number) => formatLargeMoney(value, language) } },
      yAxis: { type: "category", data: shown.map(({ name }) => name) },
      series: [{ type: "bar", data: shown.map(({ difference }) => difference), itemStyle: { color: "#0b5e63" } }],
    };
  }, [rows, language]);
  if (!effect.applies || !effect.ground) return <p className="hint">{words("compare.effectOutside")}</p>;
  if (rows.length === 0) return <p className="hint">{words("compare.nobody")}</p>;
  return (
    <>
      <Chart option={option} label={words("compare.chart")} />
      <TableFrame
        caption={words("compare.chart")}
        heads={[
          { name: words("compare.match") },
          ...["gain", "lose", "unchanged", "unknown", "leftFen", "rightFen"].map((key) => ({
            name: words(`compare.${key}`),
            number: true,
          })),
          { name: words("whatif.difference"), number: true },
        ]}
      >
        {rows.map((row) => (
          <tr key={row.left.map(({ code }) => code).join(" ")}>
            <th scope="row">{row.name}</th>
            {[row.gain, row.lose, row.same, row.unknown].map((count, at) => (
              <td key={["gain", "lose", "same", "unknown"][at]} className="number">
                {formatCount(count, language)}
              </td>
            ))}
            <td className="number">{formatLargeMoney(row.leftFen, language)}</td>
            <td className="number">{formatLargeMoney(row.rightFen, language)}</td>
            <td className="number">
              <MoneyChange fen={row.difference} />
            </td>
          </tr>
        ))}
      </TableFrame>
      {effect.missingFacts.length > 0 && (
        <p className="hint">{words("compare.missing", { facts: effect.missingFacts.join("、") })}</p>
      )}
      <p className="provenance">
        {words("studio.effectOn", {
          city: text(effect.ground.city),
          people: formatCount(effect.ground.people, language),
          date: formatDate(effect.ground.date, language),
          milliseconds: effect.milliseconds,
        })}
      </p>
    </>
  );
}

/** Who in the city would gain, worked out when asked for: it reads every person twice. */
export function ComparisonEffectView({ sides }: { readonly sides: Sides }) {
  const words = useWords();
  const [asked, setAsked] = useState(false);
  const query = useQuery({
    queryKey: ["compare", "effect", sides],
    queryFn: () => compareApi.effect(sides),
    enabled: asked,
  });
  return (
    <section aria-labelledby="compare-effect">
      <h2 id="compare-effect">{words("compare.effect")}</h2>
      {asked ? (
        <Loaded query={query}>{(effect) => <Effect effect={effect} />}</Loaded>
      ) : (
        <button type="button" className="button small" onClick={() => setAsked(true)}>
          {words("compare.effectAsk")}
        </button>
      )}
    </section>
  );
}
