import type { EvaluationCard, EvaluationsPage } from "../../../server/src/modules/indicators/evaluation-model.ts";
import type { IndexAuditPage, IndexPage } from "../../../server/src/modules/indicators/index-model.ts";
import type {
  ActionCard,
  ActionsPage,
  AlarmCard,
  AlarmsPage,
  AreasPage,
  BatchesPage,
  IndicatorPage,
  Overview,
  QuarantinePage,
  SnapshotPage,
  SnapshotsPage,
  WorkPage,
} from "../../../server/src/modules/indicators/model.ts";
import { ApiError } from "../app/api.ts";

export type { IndexAuditPage, IndexPage } from "../../../server/src/modules/indicators/index-model.ts";
export type {
  ActionCard,
  AlarmCard,
  FigureCard,
  IndicatorPage,
  Overview,
  Part,
  ProvenanceCard,
  TargetCard,
  TrackCard,
  WorkPage,
  WorkRow,
} from "../../../server/src/modules/indicators/model.ts";

export type { EvaluationCard };

type Values = Readonly<Record<string, string | number | undefined>>;

async function answered<T>(response: Response): Promise<T> {
  const body: unknown = await response.json();
  if (response.ok) return body as T;
  const {
    code = "HTTP",
    title = response.statusText,
    detail,
  } = body as { code?: string; title?: string; detail?: string };
  throw new ApiError(response.status, code, detail ? `${title}:${detail}` : title);
}

const get = async <T>(path: string, values: Values = {}): Promise<T> => {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  const query = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString();
  return answered<T>(await fetch(`/api/cockpit${path}${query ? `?${query}` : ""}`, { headers: languageHeader() }));
};

const post = async <T>(path: string, body: BodyInit, type = "application/json"): Promise<T> =>
  answered<T>(
    await fetch(`/api/cockpit${path}`, {
      method: "POST",
      body,
      headers: { ...languageHeader(), "content-type": type, "x-qingdan": "1" },
    }),
  );

const languageHeader = () => ({ "accept-language": document.documentElement.lang });

const part = encodeURIComponent;

/** What the cockpit reads and writes, by address. */
export const cockpitApi = {
  overview: () => get<Overview>(""),
  areas: (parent: string | undefined) => get<AreasPage>("/areas", { parent, size: 200 }),
  work: (values: Values) => get<WorkPage>("/work", values),
  indicator: (code: string, values: Values) => get<IndicatorPage>(`/indicators/${part(code)}`, values),
  index: (code: string, values: Values) => get<IndexPage>(`/indexes/${part(code)}`, values),
  indexAudit: (code: string, values: Values) => get<IndexAuditPage>(`/indexes/${part(code)}/audit`, values),
  alarms: (values: Values) => get<AlarmsPage>("/alarms", values),
  judge: (id: string, event: { state: string; note: string }) =>
    post<AlarmCard>(`/alarms/${part(id)}/events`, JSON.stringify(event)),
  actions: (values: Values) => get<ActionsPage>("/actions", values),
  act: (action: object) => post<ActionCard>("/actions", JSON.stringify(action)),
  move: (id: string, event: { state: string; note: string }) =>
    post<ActionCard>(`/actions/${part(id)}/events`, JSON.stringify(event)),
  snapshots: (page: number) => get<SnapshotsPage>("/snapshots", { page }),
  snapshot: (hash: string) => get<SnapshotPage>(`/snapshots/${part(hash)}`),
  freeze: (title: string) => post<{ hash: string }>("/snapshots", JSON.stringify({ title })),
  evaluations: (page: number) => get<EvaluationsPage>("/evaluations", { page }),
  evaluate: (asked: object) => post<EvaluationCard>("/evaluations", JSON.stringify(asked)),
  imports: (page: number) => get<BatchesPage>("/imports", { page }),
  quarantine: (id: string, page: number) => get<QuarantinePage>(`/imports/${part(id)}/quarantine`, { page }),
  upload: (file: File) =>
    post<{ id: string; accepted: number; quarantined: number }>(
      `/imports?name=${part(file.name)}`,
      file,
      file.name.toLowerCase().endsWith(".csv")
        ? "text/csv"
        : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
};
