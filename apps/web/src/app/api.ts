import type { Explanation } from "@qingdan/list/browser";
import type {
  PersonPage as PersonAnswer,
  PersonsPage,
  RunCard,
  RunItemPage,
  RunPage,
} from "../../../server/src/modules/entitlements/model.ts";
import type { ItemCard, ItemPage, ListCard, ListPage } from "../../../server/src/modules/list/model.ts";

export type { Figures, RunItem } from "../../../server/src/modules/entitlements/model.ts";
export type { ParameterHistory, Source } from "../../../server/src/modules/list/model.ts";
export type { ItemCard, ItemPage, ListPage, PersonsPage, RunCard, RunItemPage, RunPage };

type Answer = PersonAnswer["answers"][number];

/** The server's schema leaves the explanation open; it is the tree that `explain` of the list package makes. */
export type PersonPage = Omit<PersonAnswer, "answers"> & {
  readonly answers: readonly (Omit<Answer, "explanation"> & { readonly explanation: Explanation })[];
};

export interface ItemsPage {
  readonly total: number;
  readonly page: number;
  readonly size: number;
  readonly items: readonly ItemCard[];
}

/** A refusal of the server, with its stable code. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
  }
}

const get = async <T>(path: string): Promise<T> => {
  const response = await fetch(path, { headers: { accept: "application/json" } });
  const body: unknown = await response.json();
  if (!response.ok) {
    const { code = "HTTP", title = response.statusText } = body as { code?: string; title?: string };
    throw new ApiError(response.status, code, title);
  }
  return body as T;
};

const query = (values: Record<string, string | number | undefined>): string => {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString();
  return text ? `?${text}` : "";
};

const part = encodeURIComponent;

/** What the pages read, by address. */
export const api = {
  lists: () => get<{ lists: ListCard[] }>("/api/lists"),
  list: (code: string) => get<ListPage>(`/api/lists/${part(code)}`),
  items: (code: string, filters: Record<string, string | number | undefined>) =>
    get<ItemsPage>(`/api/lists/${part(code)}/items${query(filters)}`),
  item: (code: string, item: string) => get<ItemPage>(`/api/lists/${part(code)}/items/${part(item)}`),
  runs: () => get<{ runs: RunCard[] }>("/api/runs"),
  run: (id: string) => get<RunPage>(`/api/runs/${part(id)}`),
  runItem: (id: string, item: string) => get<RunItemPage>(`/api/runs/${part(id)}/items/${part(item)}`),
  persons: (id: string, item: string, filters: Record<string, string | number | undefined>) =>
    get<PersonsPage>(`/api/runs/${part(id)}/items/${part(item)}/persons${query(filters)}`),
  person: (id: string, person: string) => get<PersonPage>(`/api/runs/${part(id)}/persons/${part(person)}`),
};
