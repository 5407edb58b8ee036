import { useMemo, useState } from "react";
import { useText } from "../ui/words.ts";
import { judgedFor, standardOf } from "./judged-for.ts";
import type { Facility, FrontPoint, PlacesPage, PlanningRun, SitingRun, StreetsPage, View } from "./map-api.ts";
import { countPeople, rowsOf } from "./minute-classes.ts";
import { editsOf, type PlanStep, shownWith, stepsOfMix, stepsOfSiting } from "./plan.ts";
import type { NewPlace } from "./plan-panel.tsx";
import { useDeskAnswers } from "./use-desk-answers.ts";

export interface DeskProps {
  readonly places: PlacesPage;
  readonly streets: StreetsPage;
  readonly view: View;
  readonly block: string | undefined;
  readonly shown: string | undefined;
  readonly run: string | undefined;
  readonly mix: string | undefined;
  readonly onChange: (values: Readonly<Record<string, string | undefined>>) => void;
}

type Degrees = readonly [number, number];
const noFacilities: readonly Facility[] = [];

/** What the map page holds and what can be done on it: the plan's steps, the chosen facility, what is aimed at. */
export function useDesk({ places, view, block, shown: asked, onChange }: DeskProps) {
  const text = useText();
  const [steps, setSteps] = useState<readonly PlanStep[]>([]);
  const [chosen, setChosen] = useState<string>();
  const [aim, setAim] = useState<NewPlace>();
  const [focus, setFocus] = useState<Degrees>();
  const { travel } = standardOf(places, view);
  const shown = asked ?? judgedFor(places, view)[0]?.kind ?? "";
  const answers = useDeskAnswers({ view, shown, block, edits: editsOf(steps) });
  const { blocks, plan } = answers;
  const rows = useMemo(() => (blocks ? rowsOf(blocks, travel, plan?.blocks) : []), [blocks, plan, travel]);
  const counts = useMemo(() => (blocks ? countPeople(rows) : undefined), [blocks, rows]);
  const found = answers.facilities ?? noFacilities;
  const shownFacilities = useMemo(() => shownWith(found, shown, steps), [found, shown, steps]);
  const place = shownFacilities.find(({ code }) => code === chosen);
  const take = (step: PlanStep) => setSteps((before) => [...before, step]);
  const nameOf = (code: string) =>
    text(found.find((one) => one.code === code)?.name) || steps.find(({ edit }) => edit.code === code)?.name || code;
  return {
    ...{ ...answers, travel, steps, shown, rows, counts, shownFacilities, place, chosen, aim, focus, nameOf, setAim },
    facility: found.find(({ code }) => code === chosen),
    undo: () => setSteps((before) => before.slice(0, -1)),
    leave: () => setSteps([]),
    choose(code: string | undefined) {
      setChosen(code);
      setFocus(shownFacilities.find((one) => one.code === code)?.point);
    },
    choosePoint: setChosen,
    add({ kind, floorM2 }: NewPlace, point: Degrees) {
      const code = `plan-${steps.length + 1}`;
      const name = `${text(places.kinds.find((one) => one.code === kind)?.name)} ${steps.length + 1}`;
      take({ edit: { deed: "add", code, kind, point: [...point], floorM2 }, kind, name });
      setAim(undefined);
      onChange({ shown: kind });
    },
    move(point: Degrees) {
      if (!place) return;
      const { code, kind } = place;
      take({ edit: { deed: "move", code, point: [...point] }, kind, name: nameOf(code) });
    },
    close({ code, kind, name }: Facility) {
      take({ edit: { deed: "close", code }, kind: kind.code, name: text(name) });
    },
    showSiting(run: SitingRun, sites: FrontPoint["sites"]) {
      setSteps(stepsOfSiting(run, sites, { places, say: text }));
      setFocus(sites[0]?.point);
      onChange(viewOfKind(places, run.request.standard, run.kind.code));
    },
    showMix(run: PlanningRun) {
      setSteps(stepsOfMix(run, places, text));
      setFocus(run.plan?.years.flatMap(({ deeds }) => deeds)[0]?.point);
      onChange(viewOfKind(places, run.request.standard, run.kinds[0]?.code ?? ""));
    },
  };
}

export type Desk = ReturnType<typeof useDesk>;

/** The view in which a kind is judged, with the kind shown. */
function viewOfKind({ standards }: PlacesPage, standard: string, kind: string) {
  const requirement = standards.find(({ id }) => id === standard)?.requirements.find((one) => one.kind === kind);
  return { shown: kind, standard, level: requirement?.level, group: requirement?.group };
}
