import { type Calendar, ClockError, countDays, makeCalendar, shanghaiDay } from "@qingdan/clock";
import { useQuery } from "@tanstack/react-query";
import type { GuideView } from "../../../server/src/modules/cases/guide-view-model.ts";
import { ask } from "../app/ask.ts";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";

const item = "cn-31.subsistence-allowance";

/** The days of a limit that starts today; undefined where the year's holidays are not arranged yet. */
const countFrom = (calendar: Calendar, { amount, unit }: GuideView["total"][number], today: string) => {
  try {
    return countDays(calendar, { from: today, amount, unit, pauses: [] });
  } catch (error) {
    if (error instanceof ClockError) return undefined;
    throw error;
  }
};

/** A case with its clock, as it would run from today: worked out in the browser by the desk's own rules. */
export function DeskPanel() {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const guide = useQuery({ queryKey: ["guide", item], queryFn: () => ask<GuideView>(`/api/guides/cn-31/${item}`) });
  const limit = guide.data?.total[0];
  const days = limit && countFrom(makeCalendar(), limit, shanghaiDay(new Date()));
  const last = days?.at(-1)?.day;
  return (
    <section className="panel">
      <h2>{words("deskTour.title")}</h2>
      {limit && <p className="figure">{words(`case.unit.${limit.unit}`, { count: limit.amount })}</p>}
      {guide.data && limit && days && last && (
        <p>
          {words("deskTour.text", {
            item: text(guide.data.item.name),
            day: formatDate(last, language),
            limit: words(`case.limit.${limit.kind}`),
            off: days.filter(({ number }) => number === undefined).length - 1,
          })}
        </p>
      )}
      <a href="/desk">{words("deskTour.link")}</a>
    </section>
  );
}
