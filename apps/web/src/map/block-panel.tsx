import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../app/loaded.tsx";
import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { mapApi, type PlacesPage, type View } from "./map-api.ts";
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
            <div className="table-scroll">
              <table className="plain">
                <thead>
                  <tr>
                    <th scope="col">{words("map.requirement")}</th>
                    <th scope="col">{words("map.verdict")}</th>
                    <th scope="col">{words("map.nearest")}</th>
                    <th scope="col">{words("map.limit")}</th>
                  </tr>
                </thead>
                <tbody>
                  {own.map((reason) => (
                    <tr key={reason.requirement}>
                      <th scope="row">
                        {text(reason.label)} <span className="hint small">{reason.clause}</span>
                      </th>
                      <td>
                        <VerdictMark verdict={reason.verdict} />
                      </td>
                      <td>
                        {reason.facility ? (
                          <>
                            {text(reason.facility.name)}
                            <br />
                            {words("places.metres", { metres: formatCount(reason.metres ?? 0, language) })} ·{" "}
                            {words("map.minutesLimit", { minutes: reason.minutes ?? "—" })}
                            {reason.limitMetres !== null &&
                              reason.metres !== null &&
                              reason.metres > reason.limitMetres && (
                                <>
                                  {" "}
                                  ·{" "}
                                  {words("map.tooFar", {
                                    metres: formatCount(reason.metres - reason.limitMetres, language),
                                  })}
                                </>
                              )}
                          </>
                        ) : (
                          words("map.noneReached")
                        )}
                      </td>
                      <td>
                        {reason.limitMetres === null
                          ? words("map.minutesLimit", { minutes: reason.limitMinutes })
                          : words("map.metresLimit", { metres: reason.limitMetres })}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        );
      }}
    </Loaded>
  );
}
