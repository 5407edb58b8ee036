import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { ManifestFile } from "./manifest.ts";

/** Hashes a written file for the manifest. */
export async function describeFile(dir: string, file: string, rows: number): Promise<ManifestFile> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path.join(dir, file), { highWaterMark: 1 << 20 }), hash);
  return { file, rows, sha256: hash.digest("hex") };
}
