import * as z from "zod";
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

/** JSON Schemas of the files of a list by file name, for editors; made from the schemas that check them. */
export function jsonSchemas(): ReadonlyMap<string, object> {
  const kinds = Object.keys(FILE_KINDS) as (keyof typeof FILE_KINDS)[];
  return new Map(
    kinds.map((kind) => {
      const { schema, many } = FILE_KINDS[kind];
      // Editors' YAML support reads draft 7 best.
      const json = z.toJSONSchema(many ? z.array(schema) : schema, { target: "draft-7", reused: "ref" });
      return [`${NAMES[kind]}.schema.json`, json];
    }),
  );
}
