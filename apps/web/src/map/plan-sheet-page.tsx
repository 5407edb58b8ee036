import { formatDate, formatLargeMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { mapApi, type SitingRun } from "./map-api.ts";
import { RunSheet } from "./run-sheet.tsx";
import { SitingResult } from "./siting-result.tsx";

/** A siting plan as a sheet of paper. */
export function PlanSheetPage() {
  const words = useWords();
  return (
    <RunSheet name="siting" title={words("map.siting")} get={mapApi.siting} back={(id) => `/map?run=${id}`}>
      {(run) => <Sheet run={run} />}
    </RunSheet>
  );
}

function Sheet({ run }: { readonly run: SitingRun }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const { kind, area, request, plan, startedAt } = run;
  return (
    <>
      <h1>{words("map.sheetTitle", { kind: text(kind.name) })}</h1>
      <p>
        {area ? text(area.name) : words("map.wholeCity")} · {words(`map.${request.model}`)} ·{" "}
        {request.costs
          ? words("front.upTo", { money: formatLargeMoney(request.costs.budgetFen, language) })
          : `${words("map.sites")} ${request.sites}`}{" "}
        · {request.standard} · {formatDate(startedAt.slice(0, 10), language)}
      </p>
      {plan ? <SitingResult run={run} plan={plan} /> : <p role="status">{words(`map.${run.state}`)}</p>}
    </>
  );
}
