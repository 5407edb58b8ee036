import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import type { CoveragePage, PlacesPage, StreetsPage, View, WhatIfPage } from "./map-api.ts";

type People = CoveragePage["totals"][number]["people"];
const verdicts = ["covered", "at-risk", "uncovered", "unknown"] as const;

interface Total {
  readonly level: string;
  readonly requirement: string | null;
  readonly group: string;
  readonly street: string | null;
  readonly people: People;
}

/** The totals of today, with what the plan changes in them. */
export function totalsWith(coverage: CoveragePage, plan: WhatIfPage | undefined): readonly Total[] {
  if (!plan) return coverage.totals;
  const keyOf = ({ level, requirement, group, street }: Omit<Total, "people">) =>
    [level, requirement, group, street].join("\n");
  const changed = new Map(plan.totals.map((total) => [keyOf(total), total.after]));
  return coverage.totals.map((total) => ({ ...total, people: changed.get(keyOf(total)) ?? total.people }));
}

interface Props {
  readonly places: PlacesPage;
  readonly streets: StreetsPage;
  readonly view: View;
  readonly totals: readonly Total[];
}

/** Coverage as tables: by requirement of the level, and by street for the level as a whole. */
export function CoverageTables({ places, streets, view, totals }: Props) {
  const words = useWords();
  const text = useText();
  const standard = places.standards.find(({ id }) => id === view.standard);
  const own = totals.filter(({ level, group }) => level === view.level && group === view.group);
  const byRequirement = own.filter(({ street, requirement }) => street === null && requirement !== null);
  const byStreet = own.filter(({ street, requirement }) => street !== null && requirement === null);
  const requirements = new Map(standard?.requirements.map((one) => [one.code, one]));
  return (
    <>
      <PeopleTable
        caption={words("map.byRequirement")}
        first={words("map.requirement")}
        rows={byRequirement.map(({ requirement, people }) => {
          const one = requirements.get(requirement ?? "");
          const limit = one?.metres == null ? "" : ` ≤ ${words("map.metresLimit", { metres: one.metres })}`;
          const note = `${limit} · ${one?.clause ?? ""}${one?.mark === "unchecked" ? ` (${words("map.unchecked")})` : ""}`;
          return { id: requirement ?? "", name: text(one?.label), note, people };
        })}
      />
      <PeopleTable
        caption={words("map.byStreet")}
        first={words("map.street")}
        rows={byStreet.map(({ street, people }) => ({
          id: street ?? "",
          name: text(streets.streets.find(({ code }) => code === street)?.name),
          note: "",
          people,
        }))}
      />
    </>
  );
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly people: People;
}

function PeopleTable(props: { readonly caption: string; readonly first: string; readonly rows: readonly Row[] }) {
  const words = useWords();
  const { language } = usePreferences();
  return (
    <TableFrame
      caption={props.caption}
      heads={[
        { name: props.first },
        ...verdicts.map((verdict) => ({ name: words(`map.${verdict}`), number: true })),
        { name: "%", number: true },
      ]}
    >
      {props.rows.map(({ id, name, note, people }) => (
        <tr key={id}>
          <th scope="row">
            {name} {note && <span className="hint small">{note}</span>}
          </th>
          {verdicts.map((verdict) => (
            <td key={verdict} className="number">
              {formatCount(people[verdict], language)}
            </td>
          ))}
          <td className="number">{shareOf(people)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

/** Share covered of those who could be judged, in per cent. */
export function shareOf(people: People): string {
  const judged = people.covered + people["at-risk"] + people.uncovered;
  return judged === 0 ? "—" : ((100 * people.covered) / judged).toFixed(1);
}
