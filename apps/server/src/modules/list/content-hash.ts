import { createHash } from "node:crypto";

/** The own files of a list, golden cases included: path inside its folder -> text. */
export type ListFiles = ReadonlyMap<string, string>;

/** SHA-256 of a text. */
export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** SHA-256 over one line a file, in the order of the paths: `<path> <SHA-256 of its text>`. */
export function contentHash(files: ListFiles): string {
  const lines = [...files].map(([path, text]) => `${path} ${textHash(text)}\n`).sort();
  return textHash(lines.join(""));
}
