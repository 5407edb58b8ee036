import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { Pager } from "../ui/pager.tsx";
import { useText, useWords } from "../ui/words.ts";
import { ActionForm } from "./action-form.tsx";
import { type AlarmCard, cockpitApi } from "./api.ts";
import { CockpitFrame } from "./cockpit-frame.tsx";
import { StateFilter } from "./state-filter.tsx";
import { useValues } from "./values.ts";

const states = ["open", "confirmed", "false", "fixed"] as const;

/** What rang, whether it was checked, and what each rule costs. */
export function AlarmsPage() {
  const words = useWords();
  const [address, setAddress] = useSearchParams();
  const state = address.get("state") ?? "";
  const page = Number(address.get("page") ?? 1);
  const query = useQuery({
    queryKey: ["cockpit", "alarms", state, page],
    queryFn: () => cockpitApi.alarms({ state, page, size: 25 }),
    placeholderData: keepPreviousData,
  });
  return (
    <CockpitFrame title={words("cockpit.alarmsTitle")} lead={words("cockpit.alarmsLead")}>
      {({ today }) => (
        <>
          <StateFilter
            states={states}
            chosen={state}
            name={(name) => words(`cockpit.alarmStates.${name}`)}
            onChoose={(name) => setAddress(name ? { state: name } : {})}
          />
          <Loaded query={query}>
            {(data) => (
              <>
                {data.alarms.length === 0 && <p>{words("cockpit.noAlarms")}</p>}
                <ul className="entries">
                  {data.alarms.map((alarm) => (
                    <AlarmEntry key={alarm.id} alarm={alarm} today={today} />
                  ))}
                </ul>
                <Pager {...data} onPage={(to) => setAddress({ ...(state && { state }), page: String(to) })} />
                <RulesTable rules={data.rules} />
              </>
            )}
          </Loaded>
        </>
      )}
    </CockpitFrame>
  );
}

function AlarmEntry({ alarm, today }: { readonly alarm: AlarmCard; readonly today: string }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const judge = useMutation({
    mutationFn: (state: string) => cockpitApi.judge(alarm.id, { state, note }),
    onSuccess: () => {
      setNote("");
      return queries.invalidateQueries({ queryKey: ["cockpit"] });
    },
  });
  return (
    <li className="alarm">
      <h2>
        {text(alarm.rule.name)} · {text(alarm.area.name)} · {alarm.period}
      </h2>
      <p>
        <strong>{words(`cockpit.alarmStates.${alarm.state}`)}</strong> ·{" "}
        <Link to={`/cockpit/indicators/${alarm.indicator.code}?area=${alarm.area.code}`}>
          {text(alarm.indicator.name)}
        </Link>{" "}
        <strong>{values.value(alarm.value, alarm.measured)}</strong>
        {alarm.limit !== null && ` (${words("cockpit.limit")} ${values.number(alarm.limit, 1)})`} ·{" "}
        {words("cockpit.answerWithin", { days: alarm.rule.days })}
      </p>
      {alarm.events.map(({ at, state, by, note: said }) => (
        <p key={at} className="hint small">
          {words(`cockpit.alarmStates.${state}`)} · {by}: {said}
        </p>
      ))}
      <form className="inline-form no-print" onSubmit={(event) => event.preventDefault()}>
        <label>
          {words("cockpit.note")}
          <input type="text" value={note} onChange={(event) => setNote(event.target.value)} />
        </label>
        {alarm.next.map((state) => (
          <button
            key={state}
            type="button"
            className="button quiet small"
            disabled={judge.isPending || note.trim() === ""}
            onClick={() => judge.mutate(state)}
          >
            {words(`cockpit.judge.${state}`)}
            <span className="visually-hidden">
              {" "}
              {text(alarm.rule.name)} {text(alarm.area.name)} {alarm.period}
            </span>
          </button>
        ))}
        {judge.isError && (
          <p className="field-error" role="alert">
            {judge.error.message}
          </p>
        )}
      </form>
      {alarm.state === "confirmed" && (
        <ActionForm indicator={alarm.indicator} area={alarm.area} alarm={alarm.id} today={today} />
      )}
    </li>
  );
}

type Rules = Awaited<ReturnType<typeof cockpitApi.alarms>>["rules"];

const judgedOf = ({ judged: { open, confirmed, fixed, false: wrong } }: Rules[number]) => ({
  open,
  confirmed,
  fixed,
  wrong,
});

function RulesTable({ rules }: { readonly rules: Rules }) {
  const words = useWords();
  const text = useText();
  const values = useValues();
  const shown = (value: number | null, decimals: number) => (value === null ? "–" : values.number(value, decimals));
  const delayOf = ({ medianDelay, period }: Rules[number]) => {
    if (medianDelay === null) return "–";
    if (medianDelay === 0) return words("cockpit.atOnce");
    return words(`cockpit.delays.${period}`, { count: values.number(medianDelay, 0) });
  };
  return (
    <div className="table-scroll">
      <table className="plain">
        <caption>
          {words("cockpit.rules")}
          <span className="hint small"> {words("cockpit.rulesHint")}</span>
        </caption>
        <thead>
          <tr>
            {(["rule", "indicator", "perYear", "budget", "delay", "missedShare", "judged", "note"] as const).map(
              (head) => (
                <th key={head} scope="col">
                  {words(`cockpit.${head}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.code}>
              <th scope="row">
                {text(rule.name)}
                <div className="hint small">
                  {rule.detector}
                  {rule.trial && ` · ${words("cockpit.trial")}`}
                </div>
              </th>
              <td>{text(rule.indicator.name)}</td>
              <td className="number">{shown(rule.alarmsPerYear, 2)}</td>
              <td className="number">
                {rule.budget === null ? "–" : `≤ ${values.number(rule.budget, 2)}`}
                {rule.withinBudget !== null && (
                  <div className="hint small">{words(rule.withinBudget ? "cockpit.kept" : "cockpit.exceeded")}</div>
                )}
              </td>
              <td className="number">{delayOf(rule)}</td>
              <td className="number">{rule.missed === null ? "–" : values.percent(rule.missed)}</td>
              <td>
                {rule.trial ? "–" : words("cockpit.judgedOf", judgedOf(rule))}
                {rule.judged.precision !== null && (
                  <div className="hint small">
                    {words("cockpit.precision", { share: values.percent(rule.judged.precision) })}
                  </div>
                )}
              </td>
              <td className="small">{rule.reason ? text(rule.reason) : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
