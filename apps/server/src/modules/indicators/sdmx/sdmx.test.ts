import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { registerSchema, setShouldValidateFormat, validate } from "@hyperjump/json-schema/draft-2019-09";
import "@hyperjump/json-schema/formats";
import { beforeAll, describe, expect, it } from "vitest";
import { freezeSnapshot } from "../report-snapshot.ts";
import { sdmxData } from "./sdmx-data.ts";
import type { SdmxSender } from "./sdmx-message.ts";
import { sdmxStructure } from "./sdmx-structure.ts";

const standard = path.resolve(
  process.env.QINGDAN_SHARED ?? path.join(import.meta.dirname, "../../../../../../../shared"),
  "standards/sdmx-json-2.1",
);
const words = (zh: string, en: string) => ({ zh, en });
const sender: SdmxSender = {
  agency: "QINGPING",
  name: words("清平市", "Qingping"),
  prepared: new Date("2026-01-05T00:00:00Z"),
};
const snapshot = freezeSnapshot({
  listVersion: "2023-08",
  indicators: [
    {
      code: "beds.care",
      name: words("护理型床位占比", "Care beds"),
      unit: words("%", "%"),
      decimals: 1,
      direction: 1,
      source: words("民政局", "Civil affairs"),
    },
    {
      code: "satisfaction",
      name: words("满意度", "Satisfaction"),
      unit: words("%", "%"),
      decimals: 1,
      direction: 1,
      source: words("调查队", "Survey office"),
    },
  ],
  areas: [
    { code: "cn-31", name: words("上海市", "Shanghai") },
    { code: "cn-310101", name: words("黄浦区", "Huangpu"), parent: "cn-31" },
  ],
  values: [
    { indicator: "beds.care", area: "cn-31", period: "2023", value: 57.2, status: "ok" },
    { indicator: "beds.care", area: "cn-31", period: "2024", value: 59.6, status: "ok" },
    {
      indicator: "beds.care",
      area: "cn-310101",
      period: "2024",
      value: null,
      status: "suppressed",
      reason: words("单元过小", "small cell"),
    },
    { indicator: "satisfaction", area: "cn-31", period: "2024-Q3", value: 80.3, low: 78.2, high: 82.4, status: "ok" },
    { indicator: "satisfaction", area: "cn-310101", period: "2024-03", value: null, status: "failed" },
  ],
});

interface DataSet {
  readonly attributes: readonly string[];
  readonly series: Readonly<
    Record<
      string,
      { readonly attributes: readonly unknown[]; readonly observations: Readonly<Record<string, readonly unknown[]>> }
    >
  >;
}
const dataOf = () => (sdmxData(snapshot, sender).data as { readonly dataSets: readonly DataSet[] }).dataSets[0]!;

describe("SDMX-JSON out of a snapshot", () => {
  it("a series is frequency, indicator, area; a figure without a value keeps its status and reason", () => {
    const { attributes, series } = dataOf();
    expect(attributes).toEqual([snapshot.hash, "2023-08"]);
    expect(Object.keys(series).toSorted()).toEqual(["0:0:0", "0:0:1", "1:1:1", "2:1:0"]);
    // Periods in order: 2023, 2024, 2024-03, 2024-Q3. Status: 0 normal, 2 suppressed, 3 failed.
    expect(series["0:0:0"]!.observations).toEqual({ "0": [57.2, 0], "1": [59.6, 0] });
    expect(series["0:0:1"]!.observations).toEqual({ "1": [null, 2, null, null, { zh: "单元过小", en: "small cell" }] });
    expect(series["2:1:0"]!.observations).toEqual({ "3": [80.3, 0, 78.2, 82.4] });
    expect(series["1:1:1"]!.observations).toEqual({ "2": [null, 3] });
    expect(series["0:0:0"]!.attributes).toEqual([{ zh: "%", en: "%" }, 1, { zh: "民政局", en: "Civil affairs" }]);
  });
  it("every reference of the structure points at an artefact of the same message", () => {
    const text = JSON.stringify(sdmxStructure(snapshot, sender));
    const data = JSON.parse(text).data as Record<string, { id: string; concepts?: { id: string }[] }[]>;
    const ids = new Set(
      Object.values(data)
        .flat()
        .flatMap(({ id, concepts = [] }) => [id, ...concepts.map((concept) => `${id}(1.0.0).${concept.id}`)]),
    );
    const references = [...text.matchAll(/urn:sdmx:[\w.]+=QINGPING:([^"]+)"/g)].map(([, to]) =>
      to!.replace(/\(1\.0\.0\)$/, ""),
    );
    expect(references.length).toBeGreaterThan(15);
    for (const reference of references) expect(ids).toContain(reference);
  });
});

describe.skipIf(!existsSync(standard))("the official schemas of SDMX-JSON 2.1", () => {
  const schemaOf = (kind: "data" | "structure") =>
    path.join(standard, `${kind}-message/tools/schemas/sdmx-json-${kind}-schema.json`);
  beforeAll(() => {
    // `prepared` is one of date and date-time: without their formats it would be both.
    setShouldValidateFormat(true);
    for (const kind of ["data", "structure"] as const) registerSchema(JSON.parse(readFileSync(schemaOf(kind), "utf8")));
  });
  const check = (kind: "data" | "structure", message: unknown) =>
    validate(`https://json.sdmx.org/2.1/sdmx-json-${kind}-schema.json`, JSON.parse(JSON.stringify(message)), "BASIC");
  it("accept the data", async () => {
    const found = await check("data", sdmxData(snapshot, sender));
    expect(found).toMatchObject({ valid: true });
  });
  it("accept the structure", async () => {
    expect(await check("structure", sdmxStructure(snapshot, sender))).toMatchObject({ valid: true });
  });
  it("accept the official sample, and refuse ours when it is spoilt: the check can fail", async () => {
    const sample = JSON.parse(
      readFileSync(path.join(standard, "data-message/samples/exr/exr-time-series.json"), "utf8"),
    );
    expect(await check("data", sample)).toMatchObject({ valid: true });
    const { meta: _, ...headless } = sdmxData(snapshot, sender);
    expect(await check("data", headless)).toMatchObject({ valid: false });
    expect(await check("structure", { ...sdmxStructure(snapshot, sender), extra: 1 })).toMatchObject({ valid: false });
  });
});
