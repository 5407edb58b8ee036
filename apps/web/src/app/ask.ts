import { actFor, actingFor } from "./acting-for.ts";
import { ApiError } from "./api.ts";

interface Asking {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  /** The same key again gives the first answer: a repeated click does a thing once. */
  readonly key?: string;
  /** Takes the question back. */
  readonly signal?: AbortSignal;
}

/** A key for one thing that is to be done once. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Asks the server for something, or to do something, as the one who is signed in.
 *
 * @throws {ApiError} whose message says what is wrong and what would be right, in the page's language
 */
export async function ask<T>(path: string, { method = "GET", body, key, signal }: Asking = {}): Promise<T> {
  const isFile = body instanceof FormData;
  const whom = actingFor();
  const response = await fetch(path, {
    method,
    headers: {
      accept: "application/json",
      "accept-language": document.documentElement.lang,
      // Says that the request comes from this site's own pages.
      ...(method !== "GET" && { "x-qingdan": "1" }),
      // Says by which authorisation the one who is signed in acts for somebody else.
      ...(whom && { "x-qingdan-for": whom.id }),
      ...(body !== undefined && !isFile && { "content-type": "application/json" }),
      ...(key !== undefined && { "idempotency-key": key }),
    },
    ...(signal && { signal }),
    ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
  });
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json();
  if (response.ok) return answer as T;
  const { code = "HTTP", title = response.statusText, detail } = answer as Partial<Record<string, string>>;
  // It has ended or was taken back: one acts for oneself again.
  if (code === "AUTH-MANDATE-WRONG" && whom) actFor(undefined);
  throw new ApiError(response.status, code, [title, detail].filter(Boolean).join("。"));
}
