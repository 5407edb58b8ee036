import type { EChartsOption } from "echarts";
import type { ReactNode } from "react";
import { Chart } from "../ui/chart.tsx";
import { type ColumnHead, TableFrame } from "../ui/table-frame.tsx";
import { useWords } from "../ui/words.ts";

interface Props {
  /** What the plans are, and how to read them. */
  readonly lead: string;
  readonly chart: EChartsOption;
  /** Of plans. */
  readonly count: number;
  readonly heads: readonly ColumnHead[];
  /** The rows. */
  readonly children: ReactNode;
}

/** Plans of which none betters another: as a chart where there are several, and as its table. */
export function FrontFrame({ lead, chart, count, heads, children }: Props) {
  const words = useWords();
  return (
    <>
      <p className="hint">{lead}</p>
      {count > 1 && <Chart option={chart} label={words("front.chart", { count })} />}
      <TableFrame caption={words("front.title")} look="front" heads={heads}>
        {children}
      </TableFrame>
    </>
  );
}

interface ChoiceProps {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly label: string;
  /** Which plan it is, for those who do not see its row. */
  readonly which: string;
}

/** The cell that shows a row's plan. */
export function PlanChoice({ isChosen, onChoose, label, which }: ChoiceProps) {
  return (
    <td>
      <button type="button" className="button quiet small" aria-pressed={isChosen} onClick={onChoose}>
        {label}
        <span className="visually-hidden"> {which}</span>
      </button>
    </td>
  );
}
