import { useState } from "react";
import { Link } from "react-router";
import { formatCount, formatLargeMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";
import { aimFigure } from "./aim-figure.ts";
import type { PlanningPlan, PlanningRun } from "./map-api.ts";
import { MixFront } from "./mix-front.tsx";

interface Props {
  readonly run: PlanningRun;
  readonly plan: PlanningPlan;
  /** Puts what the plan changes on the map; absent on the printed sheet. */
  readonly onShow?: (run: PlanningRun) => void;
}

/** A plan over years: how sure it is, what is done when, who is served, and why others are not. */
export function PlanningResult({ run, plan: found, onShow }: Props) {
  const words = useWords();
  const points = found.front?.points ?? [];
  const [chosen, setChosen] = useState(points.length - 1);
  const point = points[chosen];
  // Of a front the tables below show the plan that was chosen.
  const plan = point ? { ...found, years: point.years, kept: point.kept } : found;
  return (
    <>
      <PlanFacts plan={found} />
      {found.front && points.length > 0 && (
        <MixFront front={found.front} aim={run.request.aim} {...(onShow && { chosen, onChoose: setChosen })} />
      )}
      {plan.years.length > 0 && (
        <>
          <DeedsTable years={plan.years} />
          <YearsTable {...{ plan }} />
        </>
      )}
      <p className="row no-print">
        {onShow && (
          <>
            <button type="button" className="button quiet small" onClick={() => onShow({ ...run, plan })}>
              {words("map.show")}
            </button>
            <Link className="button quiet small" to={`/map/mix/${run.id}`}>
              {words("map.sheet")}
            </Link>
          </>
        )}
        <a className="button quiet small" href={`/api/planning/runs/${run.id}/plan.xlsx`} download>
          {words("map.asXlsx")}
        </a>
        <a className="button quiet small" href={`/api/planning/runs/${run.id}/plan.geojson`} download>
          {words("map.asGeojson")}
        </a>
      </p>
    </>
  );
}

function PlanFacts({ plan }: Pick<Props, "plan">) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { considered, kept, unserved } = plan;
  const count = (value: number) => formatCount(value, language);
  const first = plan.aims[0];
  const figure = (value: number | null) => (value === null ? "—" : aimFigure(first?.aim ?? "people", value, language));
  return (
    <ul className="facts-list">
      <li>
        <strong>{words(`planning.${plan.status}`)}</strong> · {words(`planning.value-${first?.aim ?? "people"}`)}{" "}
        {figure(plan.value)} · {words("map.bound")} {figure(plan.bound)} · {words("map.gap")}{" "}
        {plan.gap === null ? "—" : `${(plan.gap * 100).toFixed(2)} %`} · {plan.seconds.toFixed(1)} s
      </li>
      {first?.steps && (
        <li>
          {words("planning.steps")}{" "}
          {first.steps
            .map(({ value, bound }) => (value === bound ? figure(value) : `${figure(value)} (≤ ${figure(bound)})`))
            .join(" · ")}
        </li>
      )}
      <li>{words("planning.considered", { ...considered })}</li>
      {considered.floorUnknown > 0 && <li>{words("planning.floorUnknown", { count: considered.floorUnknown })}</li>}
      {considered.vacantFloorUnknown > 0 && (
        <li>{words("planning.vacantFloorUnknown", { count: considered.vacantFloorUnknown })}</li>
      )}
      {plan.years.length > 0 && <li>{words("planning.kept", { kept: count(kept) })}</li>}
      {unserved
        .filter(({ people }) => people > 0)
        .map(({ kind, people, byReason }) => (
          <li key={kind.code}>
            {words("planning.unserved", { kind: text(kind.name), people: count(people) })}:{" "}
            {byReason
              .map((one) => `${words(`planning.why-${one.why}`)} ${words("map.people", { count: count(one.people) })}`)
              .join("; ")}
          </li>
        ))}
    </ul>
  );
}

function DeedsTable({ years }: Pick<PlanningPlan, "years">) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const heads = ["year", "deed", "site", "afterwards"] as const;
  const rows = years.flatMap(({ year, deeds }) => deeds.map((deed) => ({ year, ...deed })));
  if (rows.length === 0) return <p>{words("planning.nothing")}</p>;
  return (
    <TableFrame
      caption={words("planning.deeds")}
      heads={[
        ...heads.map((head) => ({ name: words(`planning.${head}`) })),
        { name: words("planning.cost"), number: true },
        { name: words("planning.newlyNear"), number: true },
      ]}
    >
      {rows.map(({ year, site, deed, name, street, kinds, costFen, people }) => (
        <tr key={`${year} ${site}`}>
          <td>{year}</td>
          <td>{words(`planning.deed-${deed}`)}</td>
          <th scope="row">
            {text(name)} <span className="hint small">{text(street.name)}</span>
          </th>
          <td>{kinds.map((kind) => text(kind.name)).join("; ") || "—"}</td>
          <td className="number">{formatLargeMoney(costFen, language)}</td>
          <td className="number">{formatCount(people, language)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

function YearsTable({ plan }: Pick<Props, "plan">) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const share = ({ served, people }: { readonly served: number; readonly people: number }) =>
    people === 0 ? "—" : `${formatCount(served, language)} (${((100 * served) / people).toFixed(1)} %)`;
  const money = (fen: number | null) => (fen === null ? words("planning.noLimit") : formatLargeMoney(fen, language));
  return (
    <TableFrame
      caption={words("planning.byYear")}
      heads={[
        { name: words("planning.year") },
        ...plan.today.map(({ kind, people }) => ({
          code: kind.code,
          name: `${text(kind.name)} (${formatCount(people, language)})`,
          number: true,
        })),
        { name: words("planning.spent"), number: true },
        { name: words("planning.yearBudget"), number: true },
      ]}
    >
      <tr>
        <th scope="row">{words("planning.today")}</th>
        {plan.today.map((one) => (
          <td key={one.kind.code} className="number">
            {share(one)}
          </td>
        ))}
        <td className="number">—</td>
        <td className="number">—</td>
      </tr>
      {plan.years.map(({ year, served, spentFen, budgetFen }) => (
        <tr key={year}>
          <th scope="row">{year}</th>
          {served.map((one) => (
            <td key={one.kind.code} className="number">
              {share(one)}
            </td>
          ))}
          <td className="number">{money(spentFen)}</td>
          <td className="number">{money(budgetFen)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
