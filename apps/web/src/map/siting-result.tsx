import { Link } from "react-router";
import { formatCount } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { FrontView } from "./front-view.tsx";
import type { FrontPoint, SitingPlan, SitingRun } from "./map-api.ts";

interface Props {
  readonly run: SitingRun;
  readonly plan: SitingPlan;
  /** Puts the plan's places on the map; absent on the printed sheet. */
  readonly onShow?: (sites: FrontPoint["sites"]) => void;
}

/** Models that count ways in steps of 50 m. */
const fairModels: ReadonlySet<string> = new Set(["tail", "worst-first", "gini", "front"]);

/** A plan: how sure it is, each site with its reason, and who stays uncovered and why. */
export function SitingResult({ run, plan, onShow }: Props) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const count = (value: number | null) => (value === null ? "—" : formatCount(value, language));
  const figure = (value: number | null) => (value === null ? "—" : value.toFixed(2));
  const { model } = run.request;
  /** Value and bound, in the unit of the model; a coefficient has none. */
  const told = (value: number | null) => {
    if (value === null) return "—";
    return model === "gini" ? value.toFixed(4) : words(`map.in-${model}`, { value: formatCount(value, language) });
  };
  const { covered, index, uncovered, candidates, front } = plan;
  return (
    <>
      <ul className="facts-list">
        <li>
          <strong>{words(`map.${statusOf(plan)}`)}</strong> · {words("map.value")} {told(plan.value)} ·{" "}
          {words("map.bound")} {told(plan.bound)} · {words("map.gap")}{" "}
          {plan.gap === null ? "—" : `${(plan.gap * 100).toFixed(2)} %`} · {plan.seconds.toFixed(1)} s
        </li>
        <li>
          {words("map.coveredBefore", {
            before: count(covered.before),
            after: count(covered.after),
            of: count(covered.of),
          })}
        </li>
        <li>{words("map.indexBefore", { before: figure(index.before), after: figure(index.after) })}</li>
        <li>{words("map.considered", { considered: candidates.considered, of: candidates.of })}</li>
        <li>
          {words("map.leftOver", { people: count(uncovered.people) })}
          {uncovered.byReason.length > 0 && ": "}
          {uncovered.byReason
            .map(({ why, people }) => `${words(`map.why-${why}`)} ${words("map.people", { count: count(people) })}`)
            .join("; ")}
        </li>
      </ul>
      {fairModels.has(model) && (
        <p className="hint">
          {words("map.fairSteps")} {(model === "worst-first" || model === "gini") && words(`map.fair-${model}`)}
        </p>
      )}
      {front && <FrontView points={front} onShow={onShow && (({ sites }) => onShow(sites))} />}
      <TableFrame
        {...(front && { caption: words("front.most") })}
        heads={[
          { name: words("map.number") },
          { name: words("map.site") },
          { name: words("map.gain"), number: true },
          { name: words("map.gains") },
          { name: words("map.clause") },
          { name: words("map.runnerUp") },
        ]}
      >
        {plan.sites.map(({ code, name, street, people, gains, clauses, runnerUp }, n) => (
          <tr key={code}>
            <td>{n + 1}</td>
            <th scope="row">
              {text(name)} <span className="hint small">{text(street.name)}</span>
            </th>
            <td className="number">{count(people)}</td>
            <td>
              <ul>
                {gains.slice(0, 6).map((gain) => (
                  <li key={`${gain.requirement} ${gain.group} ${gain.street.code}`}>
                    {words(`map.groups.${gain.group}`)}, {text(gain.street.name)}: {count(gain.people)}
                  </li>
                ))}
                {gains.length > 6 && <li>{words("map.moreGains", { count: gains.length - 6 })}</li>}
              </ul>
            </td>
            <td>{clauses.join("; ")}</td>
            <td>
              {runnerUp
                ? words(runnerUp.loses < 0 ? "map.runnerUpGains" : "map.runnerUpLoses", {
                    name: text(runnerUp.name),
                    people: count(Math.abs(runnerUp.loses)),
                  })
                : "—"}
            </td>
          </tr>
        ))}
      </TableFrame>
      <LeftTable left={uncovered.largest ?? []} />
      <p className="row no-print">
        {onShow && (
          <>
            <button type="button" className="button quiet small" onClick={() => onShow(plan.sites)}>
              {words("map.show")}
            </button>
            <Link className="button quiet small" to={`/map/plan/${run.id}`}>
              {words("map.sheet")}
            </Link>
          </>
        )}
        <a className="button quiet small" href={`/api/siting/runs/${run.id}/plan.xlsx`} download>
          {words("map.asXlsx")}
        </a>
        <a className="button quiet small" href={`/api/siting/runs/${run.id}/plan.geojson`} download>
          {words("map.asGeojson")}
        </a>
      </p>
    </>
  );
}

/** What keeps each block from being covered, those with most people first. */
function LeftTable({ left }: { readonly left: NonNullable<SitingPlan["uncovered"]["largest"]> }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const metres = (value: number | null) =>
    value === null ? "—" : words("map.metresLimit", { metres: formatCount(value, language) });
  if (left.length === 0) return null;
  return (
    <details>
      <summary>{words("map.leftBlocks", { count: left.length })}</summary>
      <TableFrame
        heads={[
          { name: words("map.block") },
          { name: words("map.peopleColumn"), number: true },
          { name: words("map.why") },
          { name: words("map.nearest"), number: true },
          { name: words("map.nearestCandidate"), number: true },
        ]}
      >
        {left.map(({ block, street, people, why, metres: far, candidateMetres }) => (
          <tr key={block.code}>
            <th scope="row">
              {text(block.name)} <span className="hint small">{text(street.name)}</span>
            </th>
            <td className="number">{formatCount(people, language)}</td>
            <td>{words(`map.why-${why}`)}</td>
            <td className="number">{metres(far)}</td>
            <td className="number">{metres(candidateMetres)}</td>
          </tr>
        ))}
      </TableFrame>
    </details>
  );
}

/** A proof speaks of the candidates that were considered; where some were not, the words say so. */
function statusOf({ status, candidates }: SitingPlan): string {
  if (status === "unknown") return "failed";
  return status === "optimal" && candidates.considered < candidates.of ? "optimalAmong" : status;
}
