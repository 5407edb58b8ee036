interface SparklineProps {
  readonly points: readonly { readonly year: number; readonly value: number | null }[];
  readonly label: string;
}

const [width, height, margin] = [96, 28, 3];

/** A small line of the years; a year without a value is a gap. */
export function Sparkline({ points, label }: SparklineProps) {
  const shown = points.filter((point): point is { year: number; value: number } => point.value !== null);
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) return <span aria-hidden="true">–</span>;
  const years = [points[0]!.year, points.at(-1)!.year] as const;
  const low = Math.min(...shown.map(({ value }) => value));
  const high = Math.max(...shown.map(({ value }) => value));
  const x = (year: number) => margin + ((year - years[0]) / Math.max(1, years[1] - years[0])) * (width - 2 * margin);
  const y = (value: number) => height - margin - ((value - low) / (high - low || 1)) * (height - 2 * margin);
  const path = shown
    .map(
      ({ year, value }, i) =>
        `${i > 0 && shown[i - 1]!.year === year - 1 ? "L" : "M"}${x(year).toFixed(1)} ${y(value).toFixed(1)}`,
    )
    .join("");
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" />
      <circle cx={x(last.year)} cy={y(last.value)} r="2.5" fill="currentColor" />
    </svg>
  );
}
