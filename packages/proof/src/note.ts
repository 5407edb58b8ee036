import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase64, toBase64, toHex, utf8 } from "./bytes.ts";
import { sameBytes } from "./hash.ts";

/** A key that a note may be signed with: its name and the 32 bytes of an Ed25519 public key. https://c2sp.org/signed-note */
export interface NoteKey {
  readonly name: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
}

const ed25519 = 1;

const keyId = ({ name, publicKey }: NoteKey): Uint8Array =>
  sha256(Uint8Array.of(...utf8(name), 10, ed25519, ...publicKey)).slice(0, 4);

/** A verifier key as text: `name+id+key`. */
export const verifierKey = (key: NoteKey): string =>
  `${key.name}+${toHex(keyId(key))}+${toBase64(Uint8Array.of(ed25519, ...key.publicKey))}`;

/** @returns undefined where the text is no Ed25519 verifier key, or its id does not fit */
export const readVerifierKey = (text: string): NoteKey | undefined => {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded ?? "");
  if (!name || bytes?.length !== 33 || bytes[0] !== ed25519) return undefined;
  const key = { name, publicKey: bytes.slice(1) };
  return toHex(keyId(key)) === id ? key : undefined;
};

/** Joins a text (ending in a newline) and its signature to a signed note. */
export const signedNote = (text: string, key: NoteKey, signature: Uint8Array): string =>
  `${text}\n— ${key.name} ${toBase64(Uint8Array.of(...keyId(key), ...signature))}\n`;

/** Notes longer than this are refused unread: sixteen post-quantum signatures fit. */
const longest = 200_000;

/**
 * The text of a note that a known key has signed.
 *
 * @returns undefined where no known key has, or where the signature of a known key is wrong
 */
export const openNote = async (note: string, keys: readonly NoteKey[]): Promise<string | undefined> => {
  const end = note.lastIndexOf("\n\n");
  if (note.length > longest || end < 0 || !note.endsWith("\n") || hasControl(note)) return undefined;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split("\n");
  let signed = false;
  for (const line of lines) {
    const [, name, encoded] = /^— ([^\s+]+) (\S+)$/.exec(line) ?? [];
    const bytes = fromBase64(encoded ?? "");
    if (!name || !bytes || bytes.length < 5) return undefined;
    const key = keys.find((known) => known.name === name && sameBytes(keyId(known), bytes.slice(0, 4)));
    if (!key) continue;
    if (!(await verifyEd25519(key.publicKey, bytes.slice(4), utf8(text)))) return undefined;
    signed = true;
  }
  return signed ? text : undefined;
};

/** Control characters other than the newline, which a note must not have. */
const hasControl = (note: string): boolean => [...note].some((character) => character < " " && character !== "\n");

/** By the platform's own cryptography: the same in Node and in browsers. */
const verifyEd25519 = async (
  publicKey: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> => {
  const key = await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, signature, message);
};
