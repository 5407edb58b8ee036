import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../app/loaded.tsx";
import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { type BlockPage, mapApi, type PlacesPage, type View } from "./map-api.ts";
import { VerdictMark } from "./verdict-mark.tsx";

/** Why a block is covered or not: every requirement of the level with its limit and the nearest place. */
export function BlockPanel({
  code,
  view,
  places,
}: {
  readonly code: string;
  readonly view: View;
  readonly places: PlacesPage;
}) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const block = useQuery({ queryKey: ["block", code, view], queryFn: () => mapApi.block(code, view) });
  const standard = places.standards.find(({ id }) => id === view.standard);
  return (
    <Loaded query={block}>
      {({ name, street, people, reasons }) => {
        const own = reasons.filter(({ requirement, group }) => {
          const level = standard?.requirements.find(({ code: one }) => one === requirement)?.level;
          return level === view.level && group === view.group;
        });
        return (
          <section aria-labelledby="block-title">
            <h3 id="block-title">
              {words("map.why")}: {text(name)}
            </h3>
            <p>
              {words("map.whyLead", { street: text(street.name), people: formatCount(people.everyone ?? 0, language) })}
            </p>
            <TableFrame
              heads={[
                { name: words("map.requirement") },
                { name: words("map.verdict") },
                { name: words("map.nearest") },
                { name: words("map.limit") },
              ]}
            >
              {own.map((reason) => (
                <tr key={reason.requirement}>
                  <th scope="row">
                    {text(reason.label)} <span className="hint small">{reason.clause}</span>
                  </th>
                  <td>
                    <VerdictMark verdict={reason.verdict} />
                  </td>
                  <td>
                    <NearestPlace reason={reason} />
                  </td>
                  <td>
                    {reason.limitMetres === null
                      ? words("map.minutesLimit", { minutes: reason.limitMinutes })
                      : words("map.metresLimit", { metres: reason.limitMetres })}
                  </td>
                </tr>
              ))}
            </TableFrame>
          </section>
        );
      }}
    </Loaded>
  );
}

/** The nearest place that counts, how far it is, and how much too far. */
function NearestPlace({ reason }: { readonly reason: BlockPage["reasons"][number] }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { verdict, facility, metres, minutes, limitMetres } = reason;
  if (minutes === null) return words(verdict === "unknown" ? "map.notKnown" : "map.noneReached");
  const metresOf = (value: number) => formatCount(value, language);
  const way = [
    ...(metres === null ? [] : [words("places.metres", { metres: metresOf(metres) })]),
    words("map.minutesLimit", { minutes }),
    ...(metres !== null && limitMetres !== null && metres > limitMetres
      ? [words("map.tooFar", { metres: metresOf(metres - limitMetres) })]
      : []),
  ];
  return (
    <>
      {facility && (
        <>
          {text(facility.name)}
          <br />
        </>
      )}
      {way.join(" · ")}
    </>
  );
}
