import { Link } from "react-router";
import { useText, useWords } from "../ui/words.ts";
import type { IndicatorPage } from "./api.ts";
import { FigureNote } from "./figure-note.tsx";
import { Sparkline } from "./sparkline.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { useValues } from "./values.ts";

/** The areas directly below, the worst rank first; the total is computed from the same parts and stands in the last line. */
export function PartsTable({ page }: { readonly page: IndicatorPage }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const { indicator, parts, figure, area } = page;
  const rows = parts.toSorted((a, b) => (b.rank?.rank ?? 0) - (a.rank?.rank ?? 0));
  const trendText = (trend: (typeof rows)[number]["trend"]) =>
    trend
      .flatMap(({ year, value }) => (value === null ? [] : [`${year} ${values.number(value, indicator.decimals)}`]))
      .join(", ");
  return (
    <div className="table-scroll">
      <table className="plain parts">
        <caption>{words("cockpit.below")}</caption>
        <thead>
          <tr>
            {(
              [
                "area",
                "figure",
                "target",
                "trend",
                "numerator",
                "denominator",
                "interval",
                "rank",
                "gap",
                "standing",
              ] as const
            ).map((head) => (
              <th key={head} scope="col">
                {words(`cockpit.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ area: below, figure: own, target, trend, track, rank, standing }) => (
            <tr key={below.code} data-area={below.code}>
              <th scope="row">
                {below.rest ? (
                  text(below.name)
                ) : (
                  <Link to={`/cockpit/indicators/${indicator.code}?area=${below.code}&year=${page.year}`}>
                    {text(below.name)}
                  </Link>
                )}
              </th>
              <td>
                {values.figure(own, indicator)} <span className="hint small">{own.year}</span>
                <FigureNote indicator={indicator} figure={own} provenance={page.provenance} />
              </td>
              <td>
                {target ? values.target({ ...target, cumulative: false }, indicator) : "–"}{" "}
                {target && <span className="hint small">{target.year}</span>}
              </td>
              <td>
                <Sparkline
                  points={trend}
                  label={words("cockpit.trendOf", { name: text(below.name), points: trendText(trend) })}
                />
              </td>
              <td className="number">{values.known(own.numerator, 0)}</td>
              <td className="number">{values.known(own.denominator, 0)}</td>
              <td className="number">{values.interval(own, indicator)}</td>
              <td>
                {rank ? words("cockpit.rankOf", { rank: rank.rank, of: rank.of }) : "–"}
                {rank && rank.low !== rank.high && (
                  <div className="hint small">{words("cockpit.rankInterval", { low: rank.low, high: rank.high })}</div>
                )}
              </td>
              <td>
                <StatusBadge status={track.status} />
              </td>
              <td>{standing ? words(`cockpit.standings.${standing}`) : "–"}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text(area.name)}</th>
            <td>
              {values.figure(figure, indicator)} <span className="hint small">{figure.year}</span>
              <FigureNote indicator={indicator} figure={figure} provenance={page.provenance} />
            </td>
            <td colSpan={2} />
            <td className="number">{values.known(figure.numerator, 0)}</td>
            <td className="number">{values.known(figure.denominator, 0)}</td>
            <td className="number">{values.interval(figure, indicator)}</td>
            <td colSpan={3} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
