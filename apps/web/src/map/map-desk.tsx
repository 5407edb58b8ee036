import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { BlocksTable } from "./blocks-table.tsx";
import { CoverageFigures } from "./coverage-figures.tsx";
import { CoverageTables, totalsWith } from "./coverage-tables.tsx";
import { DirectoryNote } from "./directory-note.tsx";
import { FacilityColumn } from "./facility-column.tsx";
import { standardOf } from "./judged-for.ts";
import { Legend } from "./legend.tsx";
import { MapView } from "./map-view.tsx";
import { NextBestPanel } from "./next-best-panel.tsx";
import { PlanBar } from "./plan-bar.tsx";
import { PlanningPanel } from "./planning-panel.tsx";
import { SitingPanel } from "./siting-panel.tsx";
import { type Desk, type DeskProps, useDesk } from "./use-desk.ts";
import { ViewForm } from "./view-form.tsx";

/** Everything on the map page that answers to everything else: view, plan, chosen block and facility. */
export function MapDesk(props: DeskProps) {
  const { places, streets, view, block, onChange } = props;
  const words = useWords();
  const { language } = usePreferences();
  const desk = useDesk(props);
  const { coverage, plan, steps, rows } = desk;
  return (
    <>
      <ViewForm places={places} view={view} onChange={onChange} />
      {standardOf(places, view).minutesMissing && <p>{words("map.minutesMissing")}</p>}
      {steps.length > 0 && (
        <PlanBar steps={steps} answer={plan} problem={desk.planProblem} onUndo={desk.undo} onLeave={desk.leave} />
      )}
      {desk.isRenewing && (
        <p role="status" className="renewing">
          {words("state.loading")}
        </p>
      )}
      <DeskMap {...props} desk={desk} />
      <div className="map-columns">
        <FacilityColumn {...props} desk={desk} />
        <div>
          {coverage && <CoverageFigures coverage={coverage} plan={plan} view={view} />}
          {desk.travel === "foot" ? <PlanPanels {...props} desk={desk} /> : <p>{words("map.byCarNoPlan")}</p>}
        </div>
      </div>
      <h2>{words("map.tables")}</h2>
      {coverage && <CoverageTables {...{ places, streets, view }} totals={totalsWith(coverage, plan)} />}
      <BlocksTable streets={streets} rows={rows} chosen={block} onChoose={(code) => onChange({ block: code })} />
      <DirectoryNote places={places} key={language} />
    </>
  );
}

/** What is planned, which needs ways on foot: next best places, siting and the mix over years. */
function PlanPanels({ places, streets, view, run, mix, onChange, desk }: DeskProps & { readonly desk: Desk }) {
  return (
    <>
      <NextBestPanel {...{ places, streets, view }} onAdd={desk.add} />
      <SitingPanel {...{ places, streets, view, run }} onRun={(id) => onChange({ run: id })} onShow={desk.showSiting} />
      <PlanningPanel
        {...{ places, streets, view }}
        run={mix}
        onRun={(id) => onChange({ mix: id })}
        onShow={desk.showMix}
      />
    </>
  );
}

function DeskMap({ places, streets, block, onChange, desk }: DeskProps & { readonly desk: Desk }) {
  const { rows, counts, shownFacilities, focus, place, aim } = desk;
  const mayMove = place && place.look !== "closed" && place.kind !== "vacant-premises";
  return (
    <div className="map-desk">
      <MapView
        {...{ places, streets, rows, block, focus }}
        facilities={shownFacilities}
        held={mayMove ? place.point : undefined}
        onBlock={(code) => onChange({ block: code })}
        onFacility={desk.choosePoint}
        onGround={(point) => {
          if (!aim) return false;
          desk.add(aim, point);
          return true;
        }}
        onMoved={desk.move}
      />
      <div className="map-side">
        <Legend places={places} travel={desk.travel} counts={counts} />
      </div>
    </div>
  );
}
