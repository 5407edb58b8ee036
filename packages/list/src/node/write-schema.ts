import { mkdir, writeFile } from "node:fs/promises";
import { jsonSchemas } from "../json-schemas.ts";

const folder = new URL("../../../../docs/schema/", import.meta.url);
await mkdir(folder, { recursive: true });
for (const [name, schema] of jsonSchemas()) {
  await writeFile(new URL(name, folder), `${JSON.stringify(schema, null, 2)}\n`);
}
