import type { Facility, SiteEdit } from "./map-api.ts";
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
