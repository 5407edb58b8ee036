import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Loaded } from "../app/loaded.tsx";
import { Pager } from "../ui/pager.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { cockpitApi, type EvaluationCard, type Overview } from "./api.ts";
import { StatusBadge } from "./status-badge.tsx";

const kinds = ["mid-term", "final"] as const;
const told = ["achieved", "on-track", "needs-acceleration", "limited", "open", "deteriorating", "no-value"] as const;

/** Mid-term and final evaluations of plans: how many targets stood where, frozen. */
export function Evaluations({ overview }: { readonly overview: Overview }) {
  const words = useWords();
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ["cockpit", "evaluations", page],
    queryFn: () => cockpitApi.evaluations(page),
    placeholderData: keepPreviousData,
  });
  return (
    <section>
      <h2>{words("cockpit.evaluationsTitle")}</h2>
      <p>{words("cockpit.evaluationsLead")}</p>
      <EvaluateForm overview={overview} />
      <Loaded query={query}>
        {(data) =>
          data.evaluations.length === 0 ? (
            <p>{words("cockpit.noEvaluations")}</p>
          ) : (
            <>
              <ul className="entries">
                {data.evaluations.map((evaluation) => (
                  <Evaluation key={evaluation.hash} evaluation={evaluation} />
                ))}
              </ul>
              <Pager {...data} onPage={setPage} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function Evaluation({ evaluation }: { readonly evaluation: EvaluationCard }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { hash, plan, kind, year, area, counts, by, at } = evaluation;
  const title = `${text(area.name)} · ${text(plan.name)} · ${words(`cockpit.evaluationKinds.${kind}`)} ${year}`;
  const groups = (["binding", "expected", "other"] as const).filter((group) =>
    told.some((status) => counts[group][status] > 0),
  );
  return (
    <li>
      <h3>{title}</h3>
      <p className="small">
        {by} · <time dateTime={at}>{at.slice(0, 16).replace("T", " ")}</time>
      </p>
      <div className="table-scroll">
        <table className="plain">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{words("cockpit.nature")}</th>
              {told.map((status) => (
                <th key={status} scope="col">
                  <StatusBadge status={status} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group}>
                <th scope="row">{words(group === "other" ? "cockpit.natureUnsaid" : `cockpit.natures.${group}`)}</th>
                {told.map((status) => (
                  <td key={status}>{counts[group][status]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="provenance">
        {words("cockpit.hash")} <code>{hash}</code>
      </p>
      <p>
        {words("cockpit.evaluationReport")}:{" "}
        {(["docx", "pdf"] as const).map((format) => (
          <a
            key={format}
            className="file"
            href={`/api/cockpit/evaluations/${hash}/report.${format}?language=${language === "en" ? "en" : "zh"}`}
          >
            {format.toUpperCase()}
            <span className="visually-hidden"> {title}</span>
          </a>
        ))}
      </p>
    </li>
  );
}

/** Years with figures that fit: inside the plan half-way, its last one or later at the end. */
const yearsOf = (
  years: readonly number[],
  { base, until }: { readonly base: number; readonly until: number },
  kind: string,
): number[] => years.filter((year) => (kind === "final" ? year >= until : year > base && year < until));

function EvaluateForm({ overview }: { readonly overview: Overview }) {
  const words = useWords();
  const text = useText();
  const queries = useQueryClient();
  const [asked, setAsked] = useState({ plan: overview.plans[0]?.code ?? "", kind: "mid-term", year: 0 });
  const plan = overview.plans.find(({ code }) => code === asked.plan);
  const years = plan ? yearsOf(overview.years, plan, asked.kind) : [];
  const year = years.includes(asked.year) ? asked.year : years.at(-1);
  const evaluate = useMutation({
    mutationFn: () => cockpitApi.evaluate({ ...asked, year }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["cockpit", "evaluations"] }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    evaluate.mutate();
  };
  return (
    <form className="filters no-print" onSubmit={send}>
      <label>
        {words("cockpit.plan")}
        <select value={asked.plan} onChange={(event) => setAsked({ ...asked, plan: event.target.value })}>
          {overview.plans.map(({ code, name, base, until }) => (
            <option key={code} value={code}>
              {text(name)} ({base}–{until})
            </option>
          ))}
        </select>
      </label>
      <label>
        {words("cockpit.evaluationKind")}
        <select value={asked.kind} onChange={(event) => setAsked({ ...asked, kind: event.target.value })}>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {words(`cockpit.evaluationKinds.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words("cockpit.year")}
        <select value={year} onChange={(event) => setAsked({ ...asked, year: Number(event.target.value) })}>
          {years.toReversed().map((of) => (
            <option key={of} value={of}>
              {of}
            </option>
          ))}
        </select>
      </label>
      {year === undefined && <p className="hint">{words("cockpit.noEvaluationYear")}</p>}
      <button type="submit" className="button small" disabled={evaluate.isPending || year === undefined}>
        {words("cockpit.evaluate")}
      </button>
      {evaluate.isSuccess && <p role="status">{words("cockpit.saved")}</p>}
      {evaluate.isError && (
        <p className="field-error" role="alert">
          {evaluate.error.message}
        </p>
      )}
    </form>
  );
}
