import type { RoadKind } from "./roads.ts";

type Tags = Readonly<Record<string, string>>;

/** Values of `highway` that people walk on unless a tag forbids it. */
const walked = new Set(
  (
    "footway path pedestrian living_street residential service unclassified tertiary tertiary_link secondary secondary_link primary " +
    "primary_link road track cycleway bridleway corridor crossing elevator platform steps"
  ).split(" "),
);
/** Roads closed to people on foot unless a tag admits them; they can only be crossed at a bridge or underpass. */
const closed = new Set(["motorway", "motorway_link", "trunk", "trunk_link"]);
const rails = new Set(["rail", "light_rail", "narrow_gauge"]);
const waters = new Set(["river", "canal"]);
const admits = new Set(["yes", "designated", "permissive", "destination", "official"]);
const refuses = new Set(["no", "private", "use_sidepath", "customers"]);

/** Classes of Geofabrik's shapefiles that OpenStreetMap writes otherwise. */
const geofabrik: Readonly<Record<string, string>> = {
  track_grade1: "track",
  track_grade2: "track",
  track_grade3: "track",
  track_grade4: "track",
  track_grade5: "track",
  unknown: "road",
};

/** Road classes of Chinese maps that carry a name instead of an OpenStreetMap tag. */
const namedClosed = new Set(["高速公路", "城市快速路", "铁路"]);

/**
 * What a line with these OpenStreetMap tags is to somebody on foot, or the tag because of which it is neither walked on nor
 * in the way. `fclass` (Geofabrik's shapefiles, where "F" is no) stands for `highway`, `railway` or `waterway`; Chinese class
 * names stand in `type`. A line without any class counts as walkable: files whose attribute table is lost hold streets only.
 */
export function roadKind(tags: Tags): { readonly kind: RoadKind } | { readonly leftOut: string } {
  const { fclass } = tags;
  if (fclass !== undefined && rails.has(fclass)) return withoutHighway({ ...tags, railway: fclass });
  if (fclass !== undefined && waters.has(fclass)) return withoutHighway({ ...tags, waterway: fclass });
  const highway = tags.highway ?? geofabrik[fclass ?? ""] ?? fclass;
  if (highway === undefined) return withoutHighway(tags);
  const foot = tags.foot;
  if (foot !== undefined && refuses.has(foot)) return { leftOut: `foot=${foot}` };
  if (tags.area === "yes") return { leftOut: "area=yes" };
  const admitted = foot !== undefined && admits.has(foot);
  if (closed.has(highway)) {
    const sidewalk = tags.sidewalk !== undefined && !["no", "none", "separate"].includes(tags.sidewalk);
    if (admitted || (sidewalk && highway.startsWith("trunk"))) return { kind: "walk" };
    return isYes(tags.tunnel) ? { leftOut: `highway=${highway} in a tunnel` } : { kind: "barrier" };
  }
  if (!walked.has(highway) && !admitted) return { leftOut: `highway=${highway}` };
  if (tags.access !== undefined && ["no", "private"].includes(tags.access) && !admitted)
    return { leftOut: `access=${tags.access}` };
  return { kind: highway === "steps" ? "stairs" : "walk" };
}

function withoutHighway(tags: Tags): { readonly kind: RoadKind } | { readonly leftOut: string } {
  const underground = isYes(tags.tunnel);
  if (tags.railway !== undefined) {
    if (rails.has(tags.railway) && !underground) return { kind: "barrier" };
    return tags.railway === "platform" ? { kind: "walk" } : { leftOut: `railway=${tags.railway}` };
  }
  if (tags.waterway !== undefined) {
    return waters.has(tags.waterway) && !underground ? { kind: "barrier" } : { leftOut: `waterway=${tags.waterway}` };
  }
  if (tags.public_transport === "platform") return { kind: "walk" };
  if (tags.type !== undefined && namedClosed.has(tags.type))
    return underground ? { leftOut: `type=${tags.type} in a tunnel` } : { kind: "barrier" };
  const other = Object.keys(tags).find((key) =>
    ["building", "landuse", "natural", "boundary", "power", "leisure", "amenity"].includes(key),
  );
  return other === undefined ? { kind: "walk" } : { leftOut: other };
}

/** The level on which a line runs: `layer`, else one up for a bridge and one down for a tunnel. */
export function roadLevel(tags: Tags): number {
  const layer = Number(tags.layer);
  if (tags.layer !== undefined && Number.isFinite(layer) && layer !== 0) return layer;
  if (isYes(tags.bridge)) return 1;
  return isYes(tags.tunnel) ? -1 : 0;
}

function isYes(value: string | undefined): boolean {
  return value !== undefined && !["", "no", "F", "0", "否", "false"].includes(value);
}
