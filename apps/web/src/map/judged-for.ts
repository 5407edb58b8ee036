import type { PlacesPage, View } from "./map-api.ts";

type Requirement = PlacesPage["standards"][number]["requirements"][number];

/** The standard in view; the page makes the view of one that is there. */
export function standardOf({ standards }: PlacesPage, { standard }: Pick<View, "standard">) {
  return standards.find(({ id }) => id === standard) ?? standards[0]!;
}

/** Requirements of the level in view that are judged for its group: those for everyone are judged for older people too, at their pace. */
export function judgedFor(places: PlacesPage, view: View): readonly Requirement[] {
  const { level, group } = view;
  return standardOf(places, view).requirements.filter(
    (one) => one.level === level && (one.group === group || (group === "age60up" && one.group === "everyone")),
  );
}
