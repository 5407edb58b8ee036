import {
  type GeoJSONSource,
  LngLatBounds,
  MapLibreMap,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { drawHatch, drawShape, type Look, type Shape, shapeOf } from "./map-icons.ts";
import { type BlockRow, classColours, unknownColour } from "./minute-classes.ts";

// The site's content policy lets workers come from this server alone, so the library's worker is one of our own files.
setWorkerUrl(workerUrl);

type Degrees = readonly [number, number];
type SourceData = Parameters<GeoJSONSource["setData"]>[0];

export interface Features {
  readonly type: "FeatureCollection";
  readonly features: readonly {
    readonly type: "Feature";
    readonly properties: Readonly<Record<string, unknown>>;
    readonly geometry: { readonly type: string; readonly coordinates: unknown };
  }[];
}

export interface MapSetting {
  readonly box: HTMLElement;
  readonly bounds: readonly [number, number, number, number];
  readonly roads: Features;
  readonly ground: Features;
  readonly blocks: Features;
  readonly towns: readonly { readonly point: Degrees; readonly name: string }[];
  readonly labels: { readonly zoomIn: string; readonly zoomOut: string };
  readonly onBlock: (code: string) => void;
  readonly onFacility: (code: string) => void;
  /** A click anywhere; true where it was used up. */
  readonly onGround: (point: Degrees) => boolean;
  readonly onMoved: (point: Degrees) => void;
}

export interface ShownFacility {
  readonly code: string;
  readonly kind: string;
  readonly point: Degrees;
  readonly look: Look;
}

/** The drawn map; React tells it what to show. */
export interface MapHandle {
  showBlocks(rows: readonly BlockRow[]): void;
  showFacilities(facilities: readonly ShownFacility[]): void;
  /** A facility that can be dragged; undefined: none. */
  hold(point: Degrees | undefined): void;
  selectBlock(code: string | undefined): void;
  goTo(point: Degrees): void;
  remove(): void;
}

const shapesOfAll: readonly Shape[] = ["triangle", "cross", "diamond", "circle", "square", "star"];
const looks: readonly Look[] = ["now", "new", "closed"];

/** Draws the city on plain ground: no outside tiles, glyphs or sprites. */
export function drawMap(setting: MapSetting): Promise<MapHandle> {
  const { box, bounds, ground, roads, blocks } = setting;
  const [west, south, east, north] = bounds;
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const map = new MapLibreMap({
    container: box,
    style: {
      version: 8,
      sources: {},
      layers: [{ id: "paper", type: "background", paint: { "background-color": isDark ? "#202528" : "#f4f4f1" } }],
    },
    bounds: new LngLatBounds([west, south], [east, north]),
    fitBoundsOptions: { padding: 16 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    locale: { "NavigationControl.ZoomIn": setting.labels.zoomIn, "NavigationControl.ZoomOut": setting.labels.zoomOut },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric", maxWidth: 140 }), "bottom-left");
  return new Promise((resolve) => {
    map.once("load", () => {
      for (const shape of shapesOfAll)
        for (const look of looks) map.addImage(`${shape}-${look}`, drawShape(shape, look), { pixelRatio: 2 });
      map.addImage("hatch", drawHatch(false), { pixelRatio: 2 });
      map.addImage("cross-hatch", drawHatch(true), { pixelRatio: 2 });
      addLayers(map, { ground, roads, isDark });
      labelTowns(map, setting);
      listen(map, setting);
      resolve(handleOf(map, blocks, setting));
    });
  });
}

const empty = { type: "FeatureCollection", features: [] } as const;

function addLayers(
  map: MapLibreMap,
  { ground, roads, isDark }: { ground: Features; roads: Features; isDark: boolean },
): void {
  const add = (id: string, data: unknown) => map.addSource(id, { type: "geojson", data: data as SourceData });
  add("ground", ground);
  add("roads", roads);
  add("blocks", empty);
  add("facilities", empty);
  const classColour = Object.entries(classColours).flat();
  map.addLayer({
    id: "water",
    type: "fill",
    source: "ground",
    paint: { "fill-color": isDark ? "#28404f" : "#cfe3ee" },
  });
  map.addLayer({
    id: "blocks",
    type: "fill",
    source: "blocks",
    paint: { "fill-color": ["match", ["get", "class"], ...classColour, unknownColour] as never, "fill-opacity": 0.9 },
  });
  for (const [id, verdict, pattern] of [
    ["uncovered", "uncovered", "hatch"],
    ["unknown", "unknown", "cross-hatch"],
  ] as const) {
    map.addLayer({
      id,
      type: "fill",
      source: "blocks",
      filter: ["==", ["get", "verdict"], verdict],
      paint: { "fill-pattern": pattern },
    });
  }
  const isRoad = ["all", ["has", "highway"], ["!=", ["get", "highway"], "trunk"]] as never;
  map.addLayer({
    id: "streets",
    type: "line",
    source: "roads",
    minzoom: 11.5,
    filter: isRoad,
    paint: { "line-color": isDark ? "#7f8a90" : "#8d9499", "line-width": 0.6, "line-opacity": 0.7 },
  });
  map.addLayer({
    id: "country",
    type: "line",
    source: "roads",
    filter: ["in", ["get", "highway"], ["literal", ["unclassified", "secondary", "tertiary"]]],
    paint: { "line-color": isDark ? "#8e989d" : "#a3a9ad", "line-width": 1 },
  });
  map.addLayer({
    id: "ring",
    type: "line",
    source: "roads",
    filter: ["==", ["get", "highway"], "trunk"],
    paint: { "line-color": "#9a6b3f", "line-width": 2.2 },
  });
  map.addLayer({
    id: "rail",
    type: "line",
    source: "roads",
    filter: ["has", "railway"],
    paint: { "line-color": isDark ? "#c7ccd0" : "#3b4246", "line-width": 1.6, "line-dasharray": [3, 2] },
  });
  map.addLayer({
    id: "chosen",
    type: "line",
    source: "blocks",
    filter: ["==", ["get", "code"], ""],
    paint: { "line-color": "#c2410c", "line-width": 3 },
  });
  map.addLayer({
    id: "facilities",
    type: "symbol",
    source: "facilities",
    layout: {
      "icon-image": ["get", "icon"],
      "icon-size": ["interpolate", ["linear"], ["zoom"], 9, 0.35, 13, 0.8, 15, 1],
      "icon-allow-overlap": true,
    },
  });
}

/** Names of towns; where two would overlap, the first stays. */
function labelTowns(map: MapLibreMap, { towns }: MapSetting): void {
  const labels: { readonly point: Degrees; readonly element: HTMLElement }[] = [];
  const arrange = () => {
    const taken: { readonly x: number; readonly y: number }[] = [];
    for (const { point, element } of labels) {
      const { x, y } = map.project([...point]);
      const free = taken.every((other) => Math.abs(other.x - x) > 64 || Math.abs(other.y - y) > 18);
      element.hidden = !free;
      if (free) taken.push({ x, y });
    }
  };
  for (const { point, name } of towns) {
    const element = document.createElement("span");
    element.className = "town-label";
    element.textContent = name;
    element.setAttribute("aria-hidden", "true");
    new Marker({ element }).setLngLat([...point]).addTo(map);
    labels.push({ point, element });
    // The library makes every marker a button; a name is none.
    for (const name of ["role", "tabindex", "aria-label"]) element.removeAttribute(name);
  }
  arrange();
  map.on("zoomend", arrange);
}

function listen(map: MapLibreMap, { onBlock, onFacility, onGround }: MapSetting): void {
  map.on("click", (event) => {
    const { lng, lat } = event.lngLat;
    if (onGround([lng, lat])) return;
    const { x, y } = event.point;
    const around: [[number, number], [number, number]] = [
      [x - 8, y - 8],
      [x + 8, y + 8],
    ];
    const facility = map.queryRenderedFeatures(around, { layers: ["facilities"] })[0];
    if (facility) return onFacility(String(facility.properties.code));
    const block = map.queryRenderedFeatures(event.point, { layers: ["blocks"] })[0];
    if (block) onBlock(String(block.properties.code));
  });
}

function handleOf(map: MapLibreMap, blocks: Features, { onMoved }: MapSetting): MapHandle {
  const setData = (id: string, data: unknown) => map.getSource<GeoJSONSource>(id)?.setData(data as SourceData);
  let held: Marker | undefined;
  return {
    showBlocks(rows) {
      const byCode = new Map(rows.map((row) => [row.code, row]));
      const features = blocks.features.flatMap(({ properties: { code }, geometry }) => {
        const row = byCode.get(String(code));
        if (!row || row.verdict === null) return [];
        return [{ type: "Feature", geometry, properties: { code, class: row.shade, verdict: row.verdict } }];
      });
      setData("blocks", { type: "FeatureCollection", features });
    },
    showFacilities(facilities) {
      const features = facilities.map(({ code, kind, point, look }) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: point },
        properties: { code, icon: `${shapeOf(kind)}-${look}` },
      }));
      setData("facilities", { type: "FeatureCollection", features });
    },
    hold(point) {
      held?.remove();
      held = undefined;
      if (!point) return;
      const marker = new Marker({ draggable: true, color: "#c2410c" }).setLngLat([...point]).addTo(map);
      marker.getElement().setAttribute("aria-hidden", "true");
      for (const name of ["role", "tabindex", "aria-label"]) marker.getElement().removeAttribute(name);
      marker.on("dragend", () => {
        const { lng, lat } = marker.getLngLat();
        onMoved([lng, lat]);
      });
      held = marker;
    },
    selectBlock(code) {
      map.setFilter("chosen", ["==", ["get", "code"], code ?? ""]);
    },
    goTo(point) {
      map.easeTo({ center: [...point], zoom: Math.max(map.getZoom(), 13), duration: 0 });
    },
    remove() {
      map.remove();
    },
  };
}
