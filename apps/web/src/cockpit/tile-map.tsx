import { Link } from "react-router";
import { useText, useWords } from "../ui/words.ts";
import type { IndicatorPage, Part } from "./api.ts";
import { TwinFigure } from "./twin-figure.tsx";
import { useValues } from "./values.ts";

const [tile, gap] = [96, 6];

/** A scheme, no map: one tile an area, in the order of the list, five classes of the value from light to dark in the wanted direction. */
export function TileMap({ page }: { readonly page: IndicatorPage }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const { indicator, parts } = page;
  const tiles = parts.filter(({ area }) => !area.rest);
  const columns = Math.min(8, Math.ceil(Math.sqrt(tiles.length * 1.6)));
  const rows = Math.ceil(tiles.length / columns);
  const classOf = classes(tiles, indicator.direction);
  const label = words("cockpit.map", { name: text(indicator.name) });
  const shadeName = (shade: number) => (shade === 0 ? words("cockpit.hatched") : words("cockpit.shade", { shade }));
  return (
    <TwinFigure
      className="tile-map"
      label={label}
      columns={[words("cockpit.area"), words("cockpit.value"), words("cockpit.classes")]}
      rows={tiles.map(({ area, figure }) => [
        text(area.name),
        values.figure(figure, indicator),
        shadeName(classOf(figure.value)),
      ])}
    >
      <svg viewBox={`0 0 ${columns * (tile + gap)} ${rows * (tile + gap)}`} style={{ maxWidth: columns * 110 }}>
        <title>{label}</title>
        <defs>
          <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" fill="var(--paper-2)" />
            <line x1="0" y1="0" x2="0" y2="6" stroke="var(--line-strong)" strokeWidth="2" />
          </pattern>
        </defs>
        {tiles.map(({ area, figure }, i) => {
          const shade = classOf(figure.value);
          return (
            <Link key={area.code} to={`?area=${area.code}&year=${page.year}`}>
              <g transform={`translate(${(i % columns) * (tile + gap)} ${Math.floor(i / columns) * (tile + gap)})`}>
                <rect className={`tile shade-${shade}`} width={tile} height={tile} rx="3" />
                {shade === 0 && <rect x="4" y="14" width={tile - 8} height="56" fill="var(--paper)" />}
                {linesOf(text(area.name)).map((line, at, lines) => (
                  <text
                    key={line}
                    className={`shade-text-${shade}`}
                    x={tile / 2}
                    y={44 - (lines.length - 1 - at) * 15}
                    textAnchor="middle"
                    fontSize="12"
                  >
                    {line}
                  </text>
                ))}
                <text className={`shade-text-${shade}`} x={tile / 2} y="62" textAnchor="middle" fontSize="13">
                  {figure.value === null ? "–" : values.number(figure.value, indicator.decimals)}
                </text>
              </g>
            </Link>
          );
        })}
      </svg>
      <ul className="legend small">
        {[1, 2, 3, 4, 5, 0].map((shade) => {
          const own = tiles.flatMap(({ figure }) => (classOf(figure.value) === shade ? [figure.value] : []));
          if (own.length === 0) return null;
          const ends = own.flatMap((value) => (value === null ? [] : [value])).toSorted((a, b) => a - b);
          const range = [...new Set([ends[0], ends.at(-1)])].flatMap((value) =>
            value === undefined ? [] : [values.number(value, indicator.decimals)],
          );
          return (
            <li key={shade}>
              <span className={`swatch shade-${shade}`} aria-hidden="true" />
              {range.length === 0 ? shadeName(0) : range.join("–")} (
              {words("cockpit.areasCount", { count: own.length })})
            </li>
          );
        })}
      </ul>
      <p className="hint small">{words("cockpit.mapHint")}</p>
    </TwinFigure>
  );
}

/** A name of several words takes two lines. */
function linesOf(name: string): string[] {
  const words = name.split(" ");
  const half = Math.ceil(words.length / 2);
  return words.length === 1 ? words : [words.slice(0, half).join(" "), words.slice(half).join(" ")];
}

/** Five classes of as many areas each, by rank; 0 where there is no value to show. */
function classes(parts: readonly Part[], direction: "up" | "down"): (value: number | null) => number {
  const sign = direction === "up" ? 1 : -1;
  const known = parts
    .flatMap(({ figure }) => (figure.value === null ? [] : [figure.value * sign]))
    .toSorted((a, b) => a - b);
  return (value) =>
    value === null ? 0 : 1 + Math.min(4, Math.floor((known.indexOf(value * sign) * 5) / known.length));
}
