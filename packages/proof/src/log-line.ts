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
  if (Array.isArray(value)) return `[${value.map((element) => canonicalJson(element ?? null)).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
  }
  return JSON.stringify(value ?? null);
};

export const lineText = ({ kind, subject, body, at, by }: LogLine): string =>
  canonicalJson({ kind, subject, body, at, by });

/**
 * What the log publishes of a line. The salt keeps anyone from guessing the line behind it; without the salt, once it is
 * destroyed, the commitment tells nothing, and the tree stands as before.
 */
export const commitment = (salt: Uint8Array, line: LogLine): Hash => hmac(sha256, salt, utf8(lineText(line)));
