import type { EChartsOption } from "echarts";
import { useMemo, useState } from "react";
import { formatCount, formatLargeMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { FrontFrame, PlanChoice } from "./front-frame.tsx";
import type { FrontPoint } from "./map-api.ts";

interface Props {
  readonly points: readonly FrontPoint[];
  /** Puts a point's places on the map; absent on the printed sheet. */
  readonly onShow?: (point: FrontPoint) => void;
}

const symbols = ["circle", "rect", "triangle", "diamond", "roundRect"];

/** Plans of which none betters another in number (or money), people covered and ways of the worst-off: as a chart, and as its table. */
export function FrontView({ points, onShow }: Props) {
  const words = useWords();
  const { language } = usePreferences();
  const [shown, setShown] = useState<FrontPoint>();
  const isByMoney = points.some(({ costFen }) => costFen != null);
  const money = (fen: number | null | undefined) => (fen == null ? "—" : formatLargeMoney(fen, language));
  const option = useMemo(
    () =>
      frontChart(points, words, ({ count, costFen }) =>
        costFen == null ? words("front.places", { count }) : formatLargeMoney(costFen, language),
      ),
    [points, words, language],
  );
  return (
    <FrontFrame
      lead={words(isByMoney ? "front.leadMoney" : "front.lead")}
      chart={option}
      count={points.length}
      heads={[
        ...(isByMoney ? [{ name: words("front.cost"), number: true }] : []),
        ...(["count", "covered", "tail"] as const).map((name) => ({ name: words(`front.${name}`), number: true })),
        ...(onShow ? [{ name: words("front.show") }] : []),
        { name: words("map.status") },
        ...(["bound", "gap", "solved"] as const).map((name) => ({ name: words(`map.${name}`), number: true })),
      ]}
    >
      {points.map((point) => (
        <tr key={`${point.count} ${point.costFen} ${point.tail}`} aria-current={shown === point ? "true" : undefined}>
          {isByMoney && (
            <th scope="row" className="number">
              {money(point.costFen)}
            </th>
          )}
          {isByMoney ? (
            <td className="number">{point.count}</td>
          ) : (
            <th scope="row" className="number">
              {point.count}
            </th>
          )}
          <td className="number">{formatCount(point.covered, language)}</td>
          <td className="number">{formatCount(point.tail, language)}</td>
          {onShow && (
            <PlanChoice
              isChosen={shown === point}
              onChoose={() => {
                setShown(point);
                onShow(point);
              }}
              label={words("map.show")}
              which={words("front.point", { count: point.count, covered: formatCount(point.covered, language) })}
            />
          )}
          <td>{words(`map.${point.status}`)}</td>
          <td className="number">{formatCount(point.bound, language)}</td>
          <td className="number">{(point.gap * 100).toFixed(2)} %</td>
          <td className="number">{point.seconds.toFixed(1)}</td>
        </tr>
      ))}
    </FrontFrame>
  );
}

/** Worst-off to the right, people covered upwards: the best corner is the upper left. A line a number of places, or a sum. */
function frontChart(
  points: readonly FrontPoint[],
  words: ReturnType<typeof useWords>,
  nameOf: (point: FrontPoint) => string,
): EChartsOption {
  const level = ({ costFen, count }: FrontPoint) => costFen ?? count;
  const sorted = [...points].sort((a, b) => level(a) - level(b));
  const names = [...new Set(sorted.map(nameOf))];
  return {
    tooltip: { trigger: "item" },
    legend: { type: "scroll", top: 0 },
    grid: { left: 70, right: 20, top: 44, bottom: 48 },
    xAxis: { type: "value", scale: true, name: words("front.tail"), nameLocation: "middle", nameGap: 28 },
    yAxis: { type: "value", scale: true, name: words("front.covered"), nameLocation: "middle", nameGap: 54 },
    series: names.map((name, n) => ({
      name,
      type: "line",
      symbol: symbols[n % symbols.length],
      symbolSize: 11,
      data: sorted
        .filter((point) => nameOf(point) === name)
        .sort((a, b) => a.tail - b.tail)
        .map(({ tail, covered }) => [tail, covered]),
    })),
  };
}
