import type { Words } from "../../../problem.ts";
import type { ReportSnapshot } from "../report-snapshot.ts";
import type { SdmxMessage } from "./sdmx-data.ts";
import {
  CONCEPTS,
  type Concept,
  FREQUENCIES,
  metaOf,
  named,
  type SdmxSender,
  STATUSES,
  STRUCTURE_VERSION,
  sdmxId,
  urn,
} from "./sdmx-message.ts";

/** The structure of the data message of a snapshot as an SDMX-JSON 2.1 structure message: code lists, concepts, data structure, dataflow. */
export function sdmxStructure(snapshot: ReportSnapshot, sender: SdmxSender): SdmxMessage {
  const artefact = (id: string, words: Words) => ({
    id,
    agencyID: sender.agency,
    version: STRUCTURE_VERSION,
    ...named(words),
  });
  const codelist = (id: string, words: Words, codes: readonly object[]) => ({ ...artefact(id, words), codes });
  return {
    $schema: "https://json.sdmx.org/2.1/sdmx-json-structure-schema.json",
    meta: metaOf(`structure-${snapshot.hash.slice(0, 16)}`, sender),
    data: {
      codelists: [
        codelist(
          "CL_FREQ",
          CONCEPTS.FREQ,
          Object.entries(FREQUENCIES).map(([id, words]) => ({ id, ...named(words) })),
        ),
        codelist(
          "CL_INDICATOR",
          CONCEPTS.INDICATOR,
          snapshot.indicators.map(({ code, name }) => ({ id: sdmxId(code), ...named(name) })),
        ),
        codelist(
          "CL_AREA",
          CONCEPTS.REF_AREA,
          snapshot.areas.map(({ code, name, parent }) => ({
            id: sdmxId(code),
            ...named(name),
            ...(parent === undefined ? {} : { parent: sdmxId(parent) }),
          })),
        ),
        codelist(
          "CL_OBS_STATUS",
          CONCEPTS.OBS_STATUS,
          Object.values(STATUSES).map(({ id, ...words }) => ({ id, ...named(words) })),
        ),
      ],
      conceptSchemes: [
        {
          ...artefact("CS_BASIC_SERVICES", {
            zh: "基本公共服务指标的概念",
            en: "Concepts of the indicators of basic public services",
          }),
          concepts: Object.entries(CONCEPTS).map(([id, words]) => ({ id, ...named(words) })),
        },
      ],
      dataStructures: [
        {
          ...artefact("DSD_BASIC_SERVICES", {
            zh: "基本公共服务指标的结构",
            en: "Structure of the indicators of basic public services",
          }),
          dataStructureComponents: components(sender),
        },
      ],
      dataflows: [
        {
          ...artefact("DF_BASIC_SERVICES", { zh: "基本公共服务指标", en: "Indicators of basic public services" }),
          structure: urn("datastructure.DataStructure", sender, "DSD_BASIC_SERVICES"),
        },
      ],
    },
  };
}

function components(sender: SdmxSender) {
  const concept = (id: Concept) => ({
    id,
    conceptIdentity: urn("conceptscheme.Concept", sender, `CS_BASIC_SERVICES/${id}`),
  });
  const coded = (list: string) => ({ localRepresentation: { enumeration: urn("codelist.Codelist", sender, list) } });
  const typed = (dataType: string) => ({ localRepresentation: { format: { dataType } } });
  const attribute = (
    id: Concept,
    attributeRelationship: object,
    representation: object,
    usage: "mandatory" | "optional",
  ) => ({
    ...concept(id),
    attributeRelationship,
    usage,
    ...representation,
  });
  const perIndicator = { dimensions: ["INDICATOR"] };
  const perObservation = { observation: {} };
  return {
    dimensionList: {
      id: "DimensionDescriptor",
      dimensions: [
        { ...concept("FREQ"), position: 0, ...coded("CL_FREQ") },
        { ...concept("INDICATOR"), position: 1, ...coded("CL_INDICATOR") },
        { ...concept("REF_AREA"), position: 2, ...coded("CL_AREA") },
      ],
      timeDimension: { ...concept("TIME_PERIOD"), ...typed("ObservationalTimePeriod") },
    },
    measureList: {
      id: "MeasureDescriptor",
      measures: [{ ...concept("OBS_VALUE"), usage: "optional", ...typed("Double") }],
    },
    attributeList: {
      id: "AttributeDescriptor",
      attributes: [
        attribute("SNAPSHOT", { dataflow: {} }, typed("String"), "mandatory"),
        attribute("LIST_VERSION", { dataflow: {} }, typed("String"), "mandatory"),
        attribute("UNIT_MEASURE", perIndicator, typed("String"), "mandatory"),
        attribute("DECIMALS", perIndicator, typed("Integer"), "mandatory"),
        attribute("SOURCE", perIndicator, typed("String"), "mandatory"),
        attribute("OBS_STATUS", perObservation, coded("CL_OBS_STATUS"), "mandatory"),
        attribute("LOWER_BOUND", perObservation, typed("Double"), "optional"),
        attribute("UPPER_BOUND", perObservation, typed("Double"), "optional"),
        attribute("COMMENT_OBS", perObservation, typed("String"), "optional"),
      ],
    },
  };
}
