import type { ReportSnapshot, SnapshotIndicator, SnapshotValue } from "../report-snapshot.ts";
import {
  CONCEPTS,
  type Concept,
  FREQUENCIES,
  frequencyOf,
  metaOf,
  named,
  type SdmxSender,
  STATUSES,
  sdmxId,
  urn,
} from "./sdmx-message.ts";

/** An SDMX-JSON 2.1 message of data or structure, ready for JSON. */
export type SdmxMessage = Readonly<Record<string, unknown>>;

type Cell = number | string | null | { readonly zh: string; readonly en: string };

/**
 * A frozen snapshot as an SDMX-JSON 2.1 data message: one series for each frequency, indicator and area, time in the observations. A figure that is
 * missing, withheld or failed its checks is there with its status and no value. The data set names the snapshot and the list version.
 */
export function sdmxData(snapshot: ReportSnapshot, sender: SdmxSender): SdmxMessage {
  const places = placesOf(snapshot);
  const series: Record<string, { attributes: Cell[]; observations: Record<string, Cell[]> }> = {};
  const indicators = new Map(snapshot.indicators.map((indicator) => [indicator.code, indicator]));
  for (const value of snapshot.values) {
    const key = [
      places.frequency.get(frequencyOf(value.period)),
      places.indicator.get(value.indicator),
      places.area.get(value.area),
    ].join(":");
    series[key] ??= { attributes: seriesAttributes(indicators.get(value.indicator)!), observations: {} };
    series[key].observations[String(places.period.get(value.period))] = observation(value);
  }
  return {
    $schema: "https://json.sdmx.org/2.1/sdmx-json-data-schema.json",
    meta: metaOf(`snapshot-${snapshot.hash.slice(0, 16)}`, sender),
    data: {
      structures: [structureOf(snapshot, places, sender)],
      dataSets: [{ structure: 0, action: "Replace", attributes: [snapshot.hash, snapshot.listVersion], series }],
    },
  };
}

interface Places {
  readonly frequency: ReadonlyMap<string, number>;
  readonly indicator: ReadonlyMap<string, number>;
  readonly area: ReadonlyMap<string, number>;
  readonly period: ReadonlyMap<string, number>;
}

/** What occurs, numbered; periods in their order. */
function placesOf({ indicators, areas, values }: ReportSnapshot): Places {
  const number = (names: Iterable<string>) => new Map([...new Set(names)].map((name, i) => [name, i]));
  return {
    frequency: number(values.map(({ period }) => frequencyOf(period)).toSorted()),
    indicator: number(indicators.map(({ code }) => code)),
    area: number(areas.map(({ code }) => code)),
    period: number(values.map(({ period }) => period).toSorted()),
  };
}

/** In the order in which the structure lists the attributes of a series. */
function seriesAttributes({ unit, decimals, source }: SnapshotIndicator): Cell[] {
  return [unit, decimals, source];
}

/** The value, then its attributes in the order of the structure; what is absent at the end is left off. */
function observation({ value, status, low, high, reason }: SnapshotValue): Cell[] {
  const cells: Cell[] = [value, Object.keys(STATUSES).indexOf(status), low ?? null, high ?? null, reason ?? null];
  const last = cells.findLastIndex((cell) => cell !== null);
  return cells.slice(0, last + 1);
}

function structureOf(snapshot: ReportSnapshot, places: Places, sender: SdmxSender) {
  const component = (id: Concept) => ({ id, ...named(CONCEPTS[id]) });
  const dimension = (id: Concept, keyPosition: number, values: readonly object[]) => ({
    ...component(id),
    keyPosition,
    values,
  });
  const attribute = (id: Concept, relationship: object, more: object = {}) => ({
    ...component(id),
    relationship,
    ...more,
  });
  const perIndicator = { dimensions: ["INDICATOR"] };
  const perObservation = { observation: {} };
  return {
    dataSets: [0],
    links: [
      { rel: "dataflow", urn: urn("datastructure.Dataflow", sender, "DF_BASIC_SERVICES") },
      { rel: "datastructure", urn: urn("datastructure.DataStructure", sender, "DSD_BASIC_SERVICES") },
    ],
    ...named({ zh: "基本公共服务指标", en: "Indicators of basic public services" }),
    dimensions: {
      series: [
        dimension(
          "FREQ",
          0,
          [...places.frequency.keys()].map((id) => ({ id, ...named(FREQUENCIES[id as "A"]) })),
        ),
        dimension(
          "INDICATOR",
          1,
          snapshot.indicators.map(({ code, name }) => ({ id: sdmxId(code), ...named(name) })),
        ),
        dimension(
          "REF_AREA",
          2,
          snapshot.areas.map(({ code, name, parent }) => ({
            id: sdmxId(code),
            ...named(name),
            ...(parent === undefined ? {} : { parent: sdmxId(parent) }),
          })),
        ),
      ],
      observation: [
        {
          ...dimension(
            "TIME_PERIOD",
            3,
            [...places.period.keys()].map((value) => ({ value })),
          ),
          roles: ["TIME_PERIOD"],
        },
      ],
    },
    measures: { observation: [component("OBS_VALUE")] },
    attributes: {
      dataSet: [attribute("SNAPSHOT", { dataflow: {} }), attribute("LIST_VERSION", { dataflow: {} })],
      series: [
        attribute("UNIT_MEASURE", perIndicator),
        attribute("DECIMALS", perIndicator),
        attribute("SOURCE", perIndicator),
      ],
      observation: [
        attribute("OBS_STATUS", perObservation, {
          values: Object.values(STATUSES).map(({ id, ...words }) => ({ id, ...named(words) })),
        }),
        attribute("LOWER_BOUND", perObservation),
        attribute("UPPER_BOUND", perObservation),
        attribute("COMMENT_OBS", perObservation),
      ],
    },
  };
}
