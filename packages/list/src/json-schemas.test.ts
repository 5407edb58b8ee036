import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { jsonSchemas } from "./json-schemas.ts";

const folder = new URL("../../../docs/schema/", import.meta.url);

describe("the JSON Schemas in docs/schema", () => {
  it("are those of the code: npm run schema -w @qingdan/list writes them", () => {
    const written = readdirSync(folder).map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), "utf8"))]);
    expect(Object.fromEntries(written)).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(jsonSchemas()))));
  });

  it("refuse unknown keys and name the known values", () => {
    const item = jsonSchemas().get("item.schema.json");
    expect(item).toMatchObject({ type: "object", additionalProperties: false });
    expect(item).toHaveProperty("required", expect.arrayContaining(["basis", "lead"]));
    expect(JSON.stringify(item)).toContain('["announced","in-force","superseded","draft"]');
  });
});
