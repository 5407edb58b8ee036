import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "./bytes.ts";
import type { Hash } from "./hash.ts";

/** One line of the journal, as whoever acted wrote it down. */
export interface LogLine {
  /** What was done, such as `case.decide`. */
  readonly kind: string;
  /** Whom or what it concerns. */
  readonly subject: string;
  /** What exactly: any JSON. */
  readonly body: unknown;
  /** The instant, as ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  /** Account of who acted. */
  readonly by: string;
}

/** JSON with the keys of every object in order and no spaces, so that equal content is equal text. RFC 8785 for our values. */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  let text = "";
  if (Array.isArray(value)) {
    for (const element of value) text += `${text === "" ? "" : ","}${canonicalJson(element)}`;
    return `[${text}]`;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(object).sort()) {
    const inner = object[key];
    if (inner !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(inner)}`;
  }
  return `{${text}}`;
};

export const lineText = ({ kind, subject, body, at, by }: LogLine): string =>
  canonicalJson({ kind, subject, body, at, by });

/**
 * What the log publishes of a line. The salt keeps anyone from guessing the line behind it; without the salt, once it is
 * destroyed, the commitment tells nothing, and the tree stands as before.
 */
export const commitment = (salt: Uint8Array, line: LogLine): Hash => hmac(sha256, salt, utf8(lineText(line)));
