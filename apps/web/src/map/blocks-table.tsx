import { useState } from "react";
import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { Choose } from "./field.tsx";
import type { StreetsPage } from "./map-api.ts";
import type { BlockRow } from "./minute-classes.ts";
import { VerdictMark } from "./verdict-mark.tsx";

interface Props {
  readonly streets: StreetsPage;
  readonly rows: readonly BlockRow[];
  readonly chosen: string | undefined;
  readonly onChoose: (code: string) => void;
}

const step = 20;

/** The blocks of one street as a table, those with the longest way first: the map's twin. */
export function BlocksTable({ streets, rows, chosen, onChoose }: Props) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const [street, setStreet] = useState(streets.streets[0]?.code ?? "");
  const [shown, setShown] = useState(step);
  const own = rows
    .filter(({ code, verdict }) => code.startsWith(`${street}-`) && verdict !== null)
    .sort((a, b) => (b.minutes ?? 1e9) - (a.minutes ?? 1e9) || b.people - a.people);
  const name = text(streets.streets.find(({ code }) => code === street)?.name);
  return (
    <>
      <div className="filters">
        <Choose
          label={words("map.chooseStreet")}
          value={street}
          choices={streets.streets.map((one) => ({
            value: one.code,
            label: `${text(one.district.name)} ${text(one.name)}`,
          }))}
          onChange={(code) => {
            setStreet(code);
            setShown(step);
          }}
        />
      </div>
      <TableFrame
        caption={words("map.blocks", { street: name })}
        heads={[
          { name: words("map.block") },
          { name: words("map.peopleColumn"), number: true },
          { name: words("map.minutesColumn"), number: true },
          { name: words("map.verdict") },
          { name: words("map.choose") },
        ]}
      >
        {own.slice(0, shown).map(({ code, people, minutes, verdict }) => (
          <tr key={code} aria-current={chosen === code ? "true" : undefined}>
            <th scope="row">{code.slice(street.length + 1)}</th>
            <td className="number">{formatCount(people, language)}</td>
            <td className="number">{minutes === null ? "—" : minutes.toFixed(1)}</td>
            <td>{verdict && <VerdictMark verdict={verdict} />}</td>
            <td>
              <button
                type="button"
                className="button quiet small"
                aria-pressed={chosen === code}
                aria-label={`${words("map.choose")} ${code.slice(street.length + 1)}`}
                onClick={() => onChoose(code)}
              >
                {words("map.choose")}
              </button>
            </td>
          </tr>
        ))}
      </TableFrame>
      {own.length > shown && (
        <p>
          <button type="button" className="button quiet small" onClick={() => setShown(shown + 100)}>
            {words("map.more", { count: Math.min(100, own.length - shown) })}
          </button>
        </p>
      )}
    </>
  );
}
