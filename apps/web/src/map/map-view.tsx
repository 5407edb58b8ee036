import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useText, useWords } from "../ui/words.ts";
import { mapApi, type PlacesPage, type StreetsPage } from "./map-api.ts";
import type { Features, MapHandle, ShownFacility } from "./map-engine.ts";
import type { BlockRow } from "./minute-classes.ts";

type Degrees = readonly [number, number];

export interface MapViewProps {
  readonly places: PlacesPage;
  readonly streets: StreetsPage;
  readonly rows: readonly BlockRow[];
  readonly facilities: readonly ShownFacility[];
  readonly block: string | undefined;
  /** Where the map is to go when it changes. */
  readonly focus: Degrees | undefined;
  /** The facility that can be dragged. */
  readonly held: Degrees | undefined;
  readonly onBlock: (code: string) => void;
  readonly onFacility: (code: string) => void;
  readonly onGround: (point: Degrees) => boolean;
  readonly onMoved: (point: Degrees) => void;
}

/** The map; its library is loaded when it is first shown. Everything on it stands in the tables too. */
export function MapView(props: MapViewProps) {
  const words = useWords();
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  const [handle, setHandle] = useState<MapHandle>();
  const latest = useRef(props);
  latest.current = props;
  const files = useQuery({
    queryKey: ["map-files", props.places.id],
    queryFn: () =>
      Promise.all([mapApi.file<Features>("roads"), mapApi.file<Features>("ground"), mapApi.file<Features>("blocks")]),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const labels = `${words("map.zoomIn")}\n${words("map.zoomOut")}`;
  useEffect(() => {
    if (!files.data || !box.current) return;
    const [roads, ground, blocks] = files.data;
    const [zoomIn = "", zoomOut = ""] = labels.split("\n");
    const { places, streets } = latest.current;
    let drawn: MapHandle | undefined;
    let gone = false;
    const element = box.current;
    void import("./map-engine.ts")
      .then(({ drawMap }) =>
        drawMap({
          box: element,
          bounds: places.bounds,
          roads,
          ground,
          blocks,
          towns: streets.streets.map(({ point, name }) => ({ point, name: text(name) })),
          labels: { zoomIn, zoomOut },
          onBlock: (code) => latest.current.onBlock(code),
          onFacility: (code) => latest.current.onFacility(code),
          onGround: (point) => latest.current.onGround(point),
          onMoved: (point) => latest.current.onMoved(point),
        }),
      )
      .then((made) => {
        drawn = made;
        if (gone) made.remove();
        else setHandle(made);
      });
    return () => {
      gone = true;
      setHandle(undefined);
      drawn?.remove();
    };
  }, [files.data, labels, text]);
  const { rows, facilities, block, focus, held } = props;
  useEffect(() => handle?.showBlocks(rows), [handle, rows]);
  useEffect(() => handle?.showFacilities(facilities), [handle, facilities]);
  useEffect(() => handle?.selectBlock(block), [handle, block]);
  useEffect(() => handle?.hold(held), [handle, held]);
  useEffect(() => {
    if (focus) handle?.goTo(focus);
  }, [handle, focus]);
  return (
    <section className="map-frame" aria-label={words("map.mapLabel")}>
      {!handle && (
        <p className="map-waiting" role="status">
          {words(files.isError ? "state.failed" : "map.drawing")}
        </p>
      )}
      <div ref={box} className="map-box" data-drawn={handle !== undefined} />
    </section>
  );
}
