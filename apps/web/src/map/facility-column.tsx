import { useText, useWords } from "../ui/words.ts";
import { BlockPanel } from "./block-panel.tsx";
import { CatchmentTable } from "./catchment-table.tsx";
import { FacilityPanel } from "./facility-panel.tsx";
import { Choose } from "./field.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import type { Desk, DeskProps } from "./use-desk.ts";

/** Facilities: which are shown, the chosen one, the chosen block, and what to add. */
export function FacilityColumn({ places, view, block, onChange, desk }: DeskProps & { readonly desk: Desk }) {
  const { facility, place, detail, aim } = desk;
  return (
    <div>
      <FacilityChoice {...{ places, onChange, desk }} />
      {facility && (
        <FacilityPanel
          facility={facility}
          mayChange={desk.travel === "foot" && place?.look !== "closed"}
          canMove={detail !== undefined}
          onClose={() => desk.close(facility)}
          onMove={() => detail && desk.move(detail.point)}
        />
      )}
      {facility && desk.travel === "foot" && <CatchmentTable code={facility.code} stepFree={view.stepFree} />}
      {block && <BlockPanel code={block} view={view} places={places} />}
      {desk.travel === "foot" && (
        <PlanPanel
          places={places}
          view={view}
          canAddInBlock={detail !== undefined}
          aiming={aim !== undefined}
          onAim={(aiming, next) => desk.setAim(aiming ? next : undefined)}
          onAddInBlock={(next) => detail && desk.add(next, detail.point)}
        />
      )}
    </div>
  );
}

function FacilityChoice({ places, onChange, desk }: Pick<DeskProps, "places" | "onChange"> & { readonly desk: Desk }) {
  const words = useWords();
  const text = useText();
  const kinds = places.kinds.filter(({ facilities }) => facilities > 0);
  return (
    <div className="filters">
      <Choose
        label={words("map.shownKind")}
        value={desk.shown}
        choices={[
          { value: "none", label: words("map.noKind") },
          ...kinds.map(({ code, name, facilities }) => ({ value: code, label: `${text(name)} (${facilities})` })),
        ]}
        onChange={(value) => onChange({ shown: value })}
      />
      <Choose
        label={words("map.selectFacility")}
        value={desk.chosen ?? ""}
        choices={[
          { value: "", label: "—" },
          ...desk.shownFacilities.map(({ code }) => ({ value: code, label: desk.nameOf(code) })),
        ]}
        onChange={(code) => desk.choose(code || undefined)}
      />
    </div>
  );
}
