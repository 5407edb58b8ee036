import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** JSON with the keys of every object in the order of their code units, so that equal data has equal text. */
export function canonicalJson(value: unknown): string {
  const parts: string[] = [];
  write(value, parts, new Map());
  return parts.join("");
}

type Keys = readonly (readonly [key: string, written: string])[];

/** `orders` holds the keys of objects seen before, sorted and written: most objects have the keys of another. */
function write(value: unknown, parts: string[], orders: Map<string, Keys>): void {
  if (value === null || typeof value !== "object") {
    parts.push(JSON.stringify(value));
    return;
  }
  if (Array.isArray(value)) {
    parts.push("[");
    value.forEach((of, at) => {
      if (at > 0) parts.push(",");
      write(of, parts, orders);
    });
    parts.push("]");
    return;
  }
  const record = value as Readonly<Record<string, unknown>>;
  let separator = "{";
  for (const [key, written] of sortedKeys(record, orders)) {
    if (record[key] === undefined) continue;
    parts.push(separator, written);
    write(record[key], parts, orders);
    separator = ",";
  }
  parts.push(separator === "{" ? "{}" : "}");
}

function sortedKeys(record: Readonly<Record<string, unknown>>, orders: Map<string, Keys>): Keys {
  const keys = Object.keys(record);
  const shape = keys.join("\u0000");
  const found = orders.get(shape);
  if (found !== undefined) return found;
  const sorted = keys.sort((a, b) => (a < b ? -1 : 1)).map((key) => [key, `${JSON.stringify(key)}:`] as const);
  orders.set(shape, sorted);
  return sorted;
}

/** SHA-256 of the canonical JSON, in hexadecimal. */
export function contentHash(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}
