import * as z from "zod";
import { CATALOGUE_FILES, type CatalogueKind } from "./indicators/model.ts";
import { FILE_KINDS } from "./reading.ts";

const NAMES: Record<keyof typeof FILE_KINDS, string> = {
  header: "list",
  areas: "areas",
  units: "units",
  payers: "payers",
  lifeStages: "life-stages",
  sources: "sources",
  facts: "facts",
  parameters: "parameters",
  items: "item",
};

const CATALOGUE_NAMES: Record<Exclude<CatalogueKind, "sources">, string> = {
  indicators: "indicators",
  plans: "indicator-plans",
  indexes: "indicator-indexes",
  warnings: "indicator-warnings",
};

/** JSON Schemas of the files of a list and of its indicators by file name, for editors; made from the schemas that check them. */
export function jsonSchemas(): ReadonlyMap<string, object> {
  const kinds = Object.keys(FILE_KINDS) as (keyof typeof FILE_KINDS)[];
  const catalogue = Object.keys(CATALOGUE_NAMES) as (keyof typeof CATALOGUE_NAMES)[];
  return new Map([
    ...kinds.map((kind) => {
      const { schema, many } = FILE_KINDS[kind];
      return [`${NAMES[kind]}.schema.json`, jsonSchema(many ? z.array(schema) : schema)] as const;
    }),
    ...catalogue.map(
      (kind) => [`${CATALOGUE_NAMES[kind]}.schema.json`, jsonSchema(z.array(CATALOGUE_FILES[kind]))] as const,
    ),
  ]);
}

// Editors' YAML support reads draft 7 best.
const jsonSchema = (schema: z.ZodType): object => z.toJSONSchema(schema, { target: "draft-7", reused: "ref" });
