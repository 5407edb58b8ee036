import type { Facility, FrontPoint, PlacesPage, PlanningRun, SiteEdit, SitingRun } from "./map-api.ts";
import type { ShownFacility } from "./map-engine.ts";

/** One step of a plan, with the name under which it is shown. */
export interface PlanStep {
  readonly edit: SiteEdit;
  readonly kind: string;
  readonly name: string;
}

/** A plan's edits as the server takes them: of a facility that moves twice the last place counts. */
export function editsOf(steps: readonly PlanStep[]): readonly SiteEdit[] {
  const edits = new Map<string, SiteEdit>();
  for (const { edit } of steps) {
    const earlier = edits.get(edit.code);
    if (earlier?.deed === "add") {
      // A new place that moves is new elsewhere; one that closes was never there.
      if (edit.deed === "close") edits.delete(edit.code);
      else edits.set(edit.code, { ...earlier, point: edit.point });
    } else edits.set(edit.code, edit);
  }
  return [...edits.values()];
}

/** The facilities of a kind as a plan leaves them. */
export function shownWith(
  facilities: readonly Facility[],
  kind: string,
  steps: readonly PlanStep[],
): readonly ShownFacility[] {
  const edits = new Map(editsOf(steps).map((edit) => [edit.code, edit]));
  const today = facilities
    .filter(({ state }) => state === "open" || state === "vacant")
    .map(({ code, kind: own, point }): ShownFacility => {
      const edit = edits.get(code);
      if (edit?.deed === "close") return { code, kind: own.code, point, look: "closed" };
      return edit
        ? { code, kind: own.code, point: edit.point, look: "new" }
        : { code, kind: own.code, point, look: "now" };
    });
  const added = editsOf(steps).flatMap((edit): ShownFacility[] =>
    edit.deed === "add" && edit.kind === kind ? [{ code: edit.code, kind, point: edit.point, look: "new" }] : [],
  );
  return [...today, ...added];
}

type Say = (words: { readonly zh: string; readonly en: string } | undefined) => string;

/** Sites of a siting run as steps of a plan. */
export function stepsOfSiting(
  { kind, request }: Pick<SitingRun, "kind" | "request">,
  sites: readonly FrontPoint["sites"][number][],
  { places, say }: { readonly places: PlacesPage; readonly say: Say },
): PlanStep[] {
  return sites.map(({ code, name, point }) => {
    const floor = leastFloor(places, request.standard, kind.code);
    const edit = { deed: "add", code, kind: kind.code, point, ...(floor === null ? {} : { floorM2: floor }) } as const;
    return { edit, kind: kind.code, name: say(name) };
  });
}

/** What a planning run builds, converts, widens and closes, as steps of a plan: an extended place is one of its new size. */
export function stepsOfMix({ plan, request }: PlanningRun, places: PlacesPage, say: Say): PlanStep[] {
  const deeds = plan?.years.flatMap((year) => year.deeds) ?? [];
  return deeds.flatMap(({ site, deed, name, point, kinds }): PlanStep[] => {
    const close = { edit: { deed: "close", code: site }, kind: kinds[0]?.code ?? "", name: say(name) } as const;
    const adds = kinds.map(({ code: kind }): PlanStep => {
      const floorM2 = leastFloor(places, request.standard, kind) ?? request.floorM2;
      const code = `${deed}-${site}-${kind}`;
      return { edit: { deed: "add", code, kind, point, floorM2 }, kind, name: say(name) };
    });
    if (deed === "close") return [close];
    return deed === "extend" ? [close, ...adds] : adds;
  });
}

function leastFloor({ standards }: PlacesPage, standard: string, kind: string): number | null {
  const requirements = standards.find(({ id }) => id === standard)?.requirements ?? [];
  return requirements.find((one) => one.kind === kind)?.leastM2 ?? null;
}
