import { ApiError } from "../app/api.ts";
import type { Language } from "../ui/preferences.ts";

interface Sent {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly language?: Language;
}

/** Asks the server; a refusal says what is wrong and what would be right, in the page's language. */
export async function request<T>(path: string, { method = "GET", body, signal, language }: Sent = {}): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: {
      accept: "application/json",
      "accept-language": language ?? document.documentElement.lang,
      // Says that the request comes from this site's own pages.
      ...(method !== "GET" && { "x-qingdan": "1" }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json();
  if (response.ok) return answer as T;
  const { code = "HTTP", title = response.statusText, detail } = answer as Partial<Record<string, string>>;
  throw new ApiError(response.status, code, [title, detail].filter(Boolean).join(": "));
}

/** The query part of an address; what is not said is left out. */
export function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
}
