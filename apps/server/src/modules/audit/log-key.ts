import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type NoteKey, signedNote } from "@qingdan/proof";

/** The key that signs the log's checkpoints. */
export interface LogKey {
  readonly verifier: NoteKey;
  /** Signs a text (ending in a newline) to a signed note. */
  sign(text: string): string;
}

function logKey(name: string, privateKey: KeyObject): LogKey {
  const der = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  // The last 32 bytes of the SubjectPublicKeyInfo are the raw Ed25519 key (RFC 8410).
  const verifier = { name, publicKey: Uint8Array.from(der.subarray(-32)) };
  return { verifier, sign: (text) => signedNote(text, verifier, sign(null, Buffer.from(text, "utf8"), privateKey)) };
}

/** A key for a store in memory. */
export const temporaryLogKey = (name: string): LogKey => logKey(name, generateKeyPairSync("ed25519").privateKey);

/** The key in the folder, made at the first start. Only the server's own user can read it. */
export async function openLogKey(folder: string, name: string): Promise<LogKey> {
  const file = path.join(folder, "log-key.pem");
  await mkdir(folder, { recursive: true });
  const { privateKey } = generateKeyPairSync("ed25519");
  try {
    await writeFile(file, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return logKey(name, createPrivateKey(await readFile(file)));
}
