import { useQuery } from "@tanstack/react-query";
import { type CasePage, type ClockView, caseApi } from "../my/api.ts";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";

/** Every limit of a case: statutory and promised side by side, with the law and how the day was found. */
export function CaseClocks({ matter }: { readonly matter: CasePage }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const shown = matter.clocks.filter(({ status }) => status !== "void");
  return (
    <section className="clocks" aria-labelledby="clocks-title">
      <h2 id="clocks-title">{words("case.clocks")}</h2>
      {matter.forecast && <p>{words("case.forecast", { day: formatDate(matter.forecast, language) })}</p>}
      {shown.length === 0 && <p className="hint">{words("case.noClock")}</p>}
      {matter.decidedBy.map(({ code, name, basis, due, status }) => (
        <div key={code} className={`clock ${status}`}>
          <h3>
            {text(name)} <span className="tag">{words("case.namedDay")}</span>
          </h3>
          <p>
            <strong>{words(`case.clockStatus.${status}`)}</strong> ·{" "}
            {due ? words("case.dueOn", { day: formatDate(due, language) }) : words("guide.unarranged")}
          </p>
          <p className="small hint">{basis.title}</p>
        </div>
      ))}
      {shown.map((clock) => (
        <Clock key={`${clock.code} ${clock.kind}`} matter={matter} clock={clock} />
      ))}
    </section>
  );
}

function Clock({ matter, clock }: { readonly matter: CasePage; readonly clock: ClockView }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const date = (day: string) => formatDate(day, language);
  return (
    <div className={`clock ${clock.status}`}>
      <h3>
        {text(clock.name)} <span className="tag">{words(`case.limit.${clock.kind}`)}</span>
      </h3>
      <p>
        <strong>{words(`case.clockStatus.${clock.status}`)}</strong>
        {clock.due && ` · ${words("case.dueOn", { day: date(clock.due.due) })}`}
        {clock.problem && ` · ${text(clock.problem)}`}
      </p>
      {clock.status !== "not-started" && (
        <progress max={1} value={Math.min(1, clock.used)} aria-label={words("case.used", { name: text(clock.name) })} />
      )}
      <p className="small hint">
        {words(`case.unit.${clock.unit}`, { count: clock.amount + clock.extended })} · {text(clock.owner)}
        {clock.started && ` · ${words("case.startedOn", { day: date(clock.started) })}`}
        {clock.basis &&
          ` · ${clock.basis.title} ${clock.basis.article ? words("explain.article", { article: clock.basis.article }) : ""}`}
        {clock.reference && ` · ${words("case.byAnalogy")}`}
      </p>
      {clock.due && <Computation matter={matter} clock={clock} />}
    </div>
  );
}

/** How the last day was found: each day, whether it counts and why. */
function Computation({ matter, clock }: { readonly matter: CasePage; readonly clock: ClockView }) {
  const words = useWords();
  const { language } = usePreferences();
  const query = useQuery({
    queryKey: ["case", matter.id, matter.seq, "days", clock.code, clock.kind],
    queryFn: () => caseApi.days(matter.id, clock.code, clock.kind),
    enabled: false,
  });
  return (
    <details onToggle={(event) => event.currentTarget.open && void query.refetch()}>
      <summary>{words("case.computation")}</summary>
      <p className="small">{words("case.computationText")}</p>
      {query.isError && <p role="alert">{query.error.message}</p>}
      <ol className="days">
        {query.data?.days.map((day) => (
          <li key={day.day} className={day.number === undefined ? "off" : "counts"}>
            {formatDate(day.day, language)} {day.holiday ?? words(`case.day.${day.kind}`)}{" "}
            {day.paused
              ? words("case.pausedDay")
              : day.number === undefined
                ? words("case.notCounted")
                : words("case.countedAs", { number: day.number })}
          </li>
        ))}
      </ol>
    </details>
  );
}
