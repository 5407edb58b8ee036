import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** The key under which pick-up codes are hashed: made at the first start, read by the server's own user alone. */
export async function openCodeKey(folder: string | undefined): Promise<Uint8Array> {
  if (folder === undefined) return Uint8Array.from(randomBytes(32));
  const file = path.join(folder, "code-key");
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(file, randomBytes(32), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return Uint8Array.from(await readFile(file));
}
