import { formatCount, formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { mapApi, type PlanningRun } from "./map-api.ts";
import { PlanningResult } from "./planning-result.tsx";
import { RunSheet } from "./run-sheet.tsx";

/** A plan of the planning mix as a sheet of paper. */
export function MixSheetPage() {
  const words = useWords();
  return (
    <RunSheet name="planning" title={words("planning.title")} get={mapApi.planning} back={(id) => `/map?mix=${id}`}>
      {(run) => <Sheet run={run} />}
    </RunSheet>
  );
}

function Sheet({ run }: { readonly run: PlanningRun }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { kinds, area, request, plan, startedAt } = run;
  const { costs } = request;
  const yuan = (fen: number) => (fen / 100).toLocaleString(language);
  return (
    <>
      <h1>{words("planning.sheetTitle", { area: text(area.name) })}</h1>
      <p>
        {kinds.map(({ name }) => text(name)).join("; ")} · {request.standard} ·{" "}
        {formatDate(startedAt.slice(0, 10), language)}
      </p>
      <p>
        {words("planning.prices", {
          build: yuan(costs.buildFenPerM2),
          convert: yuan(costs.convertFenPerM2),
          extend: yuan(costs.extendFenPerM2),
          yearly: yuan(costs.yearlyFenPerM2),
        })}
      </p>
      <Rules {...{ run }} />
      {plan ? <PlanningResult run={run} plan={plan} /> : <p role="status">{words(`map.${run.state}`)}</p>}
    </>
  );
}

/** What the plan had to hold to, beside money. */
function Rules({ run: { request, kinds } }: { readonly run: PlanningRun }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { leastPeople, mostPeople, branch, together } = request;
  const named = (code: string) => text(kinds.find((kind) => kind.code === code)?.name);
  const people = (count: number) => ({ people: formatCount(count, language) });
  const rules = [
    ...(leastPeople === null ? [] : [words("planning.ruleLeast", people(leastPeople))]),
    ...(mostPeople === null ? [] : [words("planning.ruleMost", people(mostPeople))]),
    ...(branch === null
      ? []
      : [
          words("planning.ruleBranch", {
            branch: named(branch.kind),
            main: named(branch.main),
            metres: formatCount(branch.withinMetres, language),
          }),
        ]),
    ...(together === null
      ? []
      : [
          words("planning.ruleTogether", {
            atLeast: together.atLeast,
            core: together.core.map(named).join(words("planning.listComma")) || "—",
            coreAtLeast: together.coreAtLeast,
            floor: formatCount(together.floorM2, language),
          }),
        ]),
  ];
  return rules.length === 0 ? null : <p>{rules.join("; ")}</p>;
}
