import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { BlockPanel } from "./block-panel.tsx";
import { BlocksTable } from "./blocks-table.tsx";
import { CoverageFigures } from "./coverage-figures.tsx";
import { CoverageTables, totalsWith } from "./coverage-tables.tsx";
import { DirectoryNote } from "./directory-note.tsx";
import { FacilityPanel } from "./facility-panel.tsx";
import { Choose } from "./field.tsx";
import { judgedFor } from "./judged-for.ts";
import { Legend } from "./legend.tsx";
import { everyFacility, mapApi, type PlacesPage, type SitingRun, type StreetsPage, type View } from "./map-api.ts";
import { MapView } from "./map-view.tsx";
import { countPeople, rowsOf } from "./minute-classes.ts";
import { editsOf, type PlanStep, shownWith } from "./plan.ts";
import { PlanBar } from "./plan-bar.tsx";
import { type NewPlace, PlanPanel } from "./plan-panel.tsx";
import { SitingPanel } from "./siting-panel.tsx";
import { ViewForm } from "./view-form.tsx";

interface Props {
  readonly places: PlacesPage;
  readonly streets: StreetsPage;
  readonly view: View;
  readonly block: string | undefined;
  readonly shown: string | undefined;
  readonly run: string | undefined;
  readonly onChange: (values: Readonly<Record<string, string | undefined>>) => void;
}

type Degrees = readonly [number, number];

/** Everything on the map page that answers to everything else: view, plan, chosen block and facility. */
export function MapDesk({ places, streets, view, block, shown: asked, run, onChange }: Props) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const [steps, setSteps] = useState<readonly PlanStep[]>([]);
  const [chosen, setChosen] = useState<string>();
  const [aim, setAim] = useState<NewPlace>();
  const [focus, setFocus] = useState<Degrees>();
  const standard = places.standards.find(({ id }) => id === view.standard);
  const shown = asked ?? judgedFor(places, view)[0]?.kind ?? "";
  const coverage = useQuery({
    queryKey: ["coverage", view.standard, view.stepFree],
    queryFn: () => mapApi.coverage(view),
    placeholderData: keepPreviousData,
  });
  const blocks = useQuery({
    queryKey: ["blocks", view],
    queryFn: () => mapApi.blocks(view),
    placeholderData: keepPreviousData,
  });
  const facilities = useQuery({
    queryKey: ["facilities", shown],
    queryFn: () => everyFacility(shown),
    enabled: shown !== "" && shown !== "none",
    placeholderData: keepPreviousData,
  });
  const edits = editsOf(steps);
  const plan = useQuery({
    queryKey: ["what-if", view, edits],
    queryFn: () => mapApi.whatIf(view, edits),
    enabled: edits.length > 0,
    retry: false,
    placeholderData: keepPreviousData,
  });
  const answer = edits.length > 0 && !plan.isError ? plan.data : undefined;
  const rows = useMemo(() => (blocks.data ? rowsOf(blocks.data, answer?.blocks) : []), [blocks.data, answer]);
  const counts = useMemo(() => countPeople(rows), [rows]);
  const found = shown === "none" ? [] : (facilities.data ?? []);
  const shownFacilities = useMemo(() => shownWith(found, shown, steps), [found, shown, steps]);
  const facility = found.find(({ code }) => code === chosen);
  const place = shownFacilities.find(({ code }) => code === chosen);
  const detail = useQuery({
    queryKey: ["block", block, view],
    queryFn: () => mapApi.block(block ?? "", view),
    enabled: block !== undefined,
  });
  const kindName = (kind: string) => text(places.kinds.find(({ code }) => code === kind)?.name);
  const take = (step: PlanStep) => setSteps((before) => [...before, step]);
  const add = ({ kind, floorM2 }: NewPlace, point: Degrees) => {
    const code = `plan-${steps.length + 1}`;
    take({
      edit: { deed: "add", code, kind, point: [...point], floorM2 },
      kind,
      name: `${kindName(kind)} ${steps.length + 1}`,
    });
    setAim(undefined);
    onChange({ shown: kind });
  };
  const nameOf = (code: string) =>
    text(found.find((one) => one.code === code)?.name) || steps.find(({ edit }) => edit.code === code)?.name || code;
  const move = (point: Degrees) => {
    if (place)
      take({ edit: { deed: "move", code: place.code, point: [...point] }, kind: place.kind, name: nameOf(place.code) });
  };
  const showRun = ({ plan: sited, kind, request }: SitingRun) => {
    if (!sited) return;
    const { leastM2 = null } = standard?.requirements.find((one) => one.kind === kind.code) ?? {};
    setSteps(
      sited.sites.map(({ code, name, point }) => {
        const floor = leastM2 === null ? {} : { floorM2: leastM2 };
        return { edit: { deed: "add", code, kind: kind.code, point, ...floor }, kind: kind.code, name: text(name) };
      }),
    );
    const { level, group } = standard?.requirements.find((one) => one.kind === kind.code) ?? {};
    onChange({ shown: kind.code, standard: request.standard, level, group });
    setFocus(sited.sites[0]?.point);
  };
  return (
    <>
      <ViewForm places={places} view={view} onChange={onChange} />
      {steps.length > 0 && (
        <PlanBar
          steps={steps}
          answer={answer}
          problem={plan.error?.message}
          onUndo={() => setSteps((before) => before.slice(0, -1))}
          onLeave={() => setSteps([])}
        />
      )}
      <div className="map-desk">
        <MapView
          places={places}
          streets={streets}
          rows={rows}
          facilities={shownFacilities}
          block={block}
          focus={focus}
          held={place && place.look !== "closed" && place.kind !== "vacant-premises" ? place.point : undefined}
          onBlock={(code) => onChange({ block: code })}
          onFacility={setChosen}
          onGround={(point) => {
            if (!aim) return false;
            add(aim, point);
            return true;
          }}
          onMoved={move}
        />
        <div className="map-side">
          <Legend places={places} counts={counts} />
        </div>
      </div>
      <div className="map-columns">
        <div>
          <div className="filters">
            <Choose
              label={words("map.shownKind")}
              value={shown}
              choices={[
                { value: "none", label: words("map.noKind") },
                ...places.kinds
                  .filter((kind) => kind.facilities > 0)
                  .map((kind) => ({ value: kind.code, label: `${text(kind.name)} (${kind.facilities})` })),
              ]}
              onChange={(value) => onChange({ shown: value })}
            />
            <Choose
              label={words("map.selectFacility")}
              value={chosen ?? ""}
              choices={[
                { value: "", label: "—" },
                ...shownFacilities.map(({ code }) => ({ value: code, label: nameOf(code) })),
              ]}
              onChange={(code) => {
                setChosen(code || undefined);
                setFocus(shownFacilities.find((one) => one.code === code)?.point);
              }}
            />
          </div>
          {facility && (
            <FacilityPanel
              facility={facility}
              closed={place?.look === "closed"}
              canMove={detail.data !== undefined}
              onClose={() =>
                take({
                  edit: { deed: "close", code: facility.code },
                  kind: facility.kind.code,
                  name: text(facility.name),
                })
              }
              onMove={() => detail.data && move(detail.data.point)}
            />
          )}
          {block && <BlockPanel code={block} view={view} places={places} />}
          <PlanPanel
            places={places}
            view={view}
            canAddInBlock={detail.data !== undefined}
            aiming={aim !== undefined}
            onAim={(aiming, next) => setAim(aiming ? next : undefined)}
            onAddInBlock={(next) => detail.data && add(next, detail.data.point)}
          />
        </div>
        <div>
          {coverage.data && <CoverageFigures coverage={coverage.data} plan={answer} view={view} />}
          <SitingPanel
            places={places}
            streets={streets}
            view={view}
            run={run}
            onRun={(id) => onChange({ run: id })}
            onShow={showRun}
          />
        </div>
      </div>
      <h2>{words("map.tables")}</h2>
      {coverage.data && (
        <CoverageTables places={places} streets={streets} view={view} totals={totalsWith(coverage.data, answer)} />
      )}
      <BlocksTable streets={streets} rows={rows} chosen={block} onChoose={(code) => onChange({ block: code })} />
      <DirectoryNote places={places} key={language} />
    </>
  );
}
