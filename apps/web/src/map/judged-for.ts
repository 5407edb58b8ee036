import type { PlacesPage, View } from "./map-api.ts";

type Requirement = PlacesPage["standards"][number]["requirements"][number];

/** Requirements of the level in view that are judged for its group: those for everyone are judged for older people too, at their pace. */
export function judgedFor(places: PlacesPage, { standard, level, group }: View): readonly Requirement[] {
  const requirements = places.standards.find(({ id }) => id === standard)?.requirements ?? [];
  return requirements.filter(
    (one) => one.level === level && (one.group === group || (group === "age60up" && one.group === "everyone")),
  );
}
