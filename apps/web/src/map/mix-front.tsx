import type { EChartsOption } from "echarts";
import { useMemo } from "react";
import { formatLargeMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { aimFigure } from "./aim-figure.ts";
import { FrontFrame, PlanChoice } from "./front-frame.tsx";
import type { PlanningBody, PlanningPlan } from "./map-api.ts";

type Front = NonNullable<PlanningPlan["front"]>;

interface Props {
  readonly front: Front;
  readonly aim: PlanningBody["aim"];
  /** Place of the plan that is shown below; absent on the printed sheet. */
  readonly chosen?: number;
  readonly onChoose?: (point: number) => void;
}

/** Plans of the mix of which none reaches more without more money: as a chart, and as its table, with the proof of each. */
export function MixFront({ front: { points, isWhole }, aim, chosen, onChoose }: Props) {
  const words = useWords();
  const { language } = usePreferences();
  const figure = (value: number) => aimFigure(aim, value, language);
  const option = useMemo(() => frontChart(points, aim, words), [points, aim, words]);
  return (
    <FrontFrame
      lead={`${words("planning.front.lead", { value: words(`planning.value-${aim}`) })} ${words(isWhole ? "planning.front.whole" : "planning.front.open")}`}
      chart={option}
      count={points.length}
      heads={[
        { name: words("planning.front.cost"), number: true },
        { name: words(`planning.value-${aim}`), number: true },
        ...(onChoose ? [{ name: words("front.show") }] : []),
        { name: words("planning.front.deeds"), number: true },
        { name: words("map.status") },
        { name: words("map.bound"), number: true },
      ]}
    >
      {points.map(({ costFen, value, bound, status, isCheapest, years }, n) => (
        <tr key={costFen} aria-current={n === chosen ? "true" : undefined}>
          <th scope="row" className="number">
            {formatLargeMoney(costFen, language)}
          </th>
          <td className="number">{figure(value)}</td>
          {onChoose && (
            <PlanChoice
              isChosen={n === chosen}
              onChoose={() => onChoose(n)}
              label={words("planning.front.choose")}
              which={formatLargeMoney(costFen, language)}
            />
          )}
          <td className="number">{years.reduce((sum, { deeds }) => sum + deeds.length, 0)}</td>
          <td>{words(`map.${status === "optimal" && !isCheapest ? "feasible" : status}`)}</td>
          <td className="number">{figure(bound)}</td>
        </tr>
      ))}
    </FrontFrame>
  );
}

const fenInTenThousandYuan = 1_000_000;

/** Money to the right, the aim upwards; between two plans more money reaches no more, so that the line is a stair. */
function frontChart(
  points: Front["points"],
  aim: PlanningBody["aim"],
  words: ReturnType<typeof useWords>,
): EChartsOption {
  const name = words(`planning.value-${aim}`);
  return {
    tooltip: { trigger: "item" },
    grid: { left: 70, right: 20, top: 32, bottom: 48 },
    xAxis: {
      type: "value",
      scale: true,
      name: words("planning.front.costAxis"),
      nameLocation: "middle",
      nameGap: 28,
    },
    yAxis: { type: "value", scale: true, name },
    series: [
      {
        name,
        type: "line",
        step: "end",
        symbol: "circle",
        symbolSize: 11,
        data: points.map(({ costFen, value }) => [costFen / fenInTenThousandYuan, value]),
      },
    ],
  };
}
