import type {
  BlankForm,
  BundleProgress,
  BundleView,
  CaseUploads,
  FormPage,
  SubmitRequest,
} from "../../../server/src/modules/cases/form-model.ts";
import type { GuideView } from "../../../server/src/modules/cases/guide-view-model.ts";
import type {
  CaseCard,
  CaseDeed,
  CasePage,
  CasesPage,
  ClockView,
  Evidence,
  Letter,
} from "../../../server/src/modules/cases/model.ts";
import { actingFor } from "../app/acting-for.ts";
import { ask, newKey } from "../app/ask.ts";

export type {
  BundleProgress,
  BundleView,
  CaseCard,
  CaseDeed,
  CasePage,
  CasesPage,
  ClockView,
  Evidence,
  FormPage,
  Letter,
};
export type FormQuestion = NonNullable<FormPage["question"]>;
export type FormAnswer = FormPage["answers"][number];

/** One day of the computation of a limit. */
export interface CountedDay {
  readonly day: string;
  readonly kind: "weekday" | "weekend" | "holiday" | "make-up";
  readonly holiday?: string;
  readonly paused: boolean;
  readonly number?: number;
}

const part = encodeURIComponent;
const formPath = (id: string, more = "") => `/api/forms/${part(id)}${more}`;

/** Cases and forms, as residents and clerks reach them. */
export const caseApi = {
  mine: () => ask<CasesPage>("/api/my/cases?size=100"),
  one: (id: string) => ask<CasePage>(`/api/cases/${part(id)}`),
  act: (
    id: string,
    seq: number,
    action: CaseDeed,
    channel: "web" | "window",
    key: string,
    evidence: readonly Evidence[] = [],
  ) =>
    ask<CasePage>(`/api/cases/${part(id)}/actions`, {
      method: "POST",
      key,
      body: { seq, channel: actingFor() ? "helper" : channel, evidence, action },
    }),
  uploads: (id: string) => ask<CaseUploads>(`/api/cases/${part(id)}/uploads`),
  upload: (id: string, paper: string, file: File) => {
    const body = new FormData();
    body.set("paper", paper);
    body.set("file", file);
    return ask<CaseUploads>(`/api/cases/${part(id)}/uploads`, { method: "POST", body });
  },
  days: (id: string, clock: string, kind: string) =>
    ask<{ days: readonly CountedDay[] }>(`/api/cases/${part(id)}/clocks/${part(clock)}/days?kind=${kind}`),
  /** Of a claim for money: the notice in advance, or of what is withheld. */
  notice: (id: string, notice: "notice" | "offset-notice", language: "zh" | "en") =>
    ask<Letter>(`/api/claw-backs/${part(id)}/${notice}?language=${language}`),
  letter: (id: string, language: "zh" | "en") => ask<Letter>(`/api/cases/${part(id)}/letter?language=${language}`),
};

/** What begins a form; staff name the person, and how many live together where no register knows. */
interface BeginForm {
  readonly list: string;
  readonly items?: readonly string[];
  readonly bundle?: string;
  readonly person?: string;
  readonly members?: number;
  readonly area?: string;
}

export const formApi = {
  begin: (body: BeginForm) => ask<FormPage>("/api/forms", { method: "POST", body, key: newKey() }),
  one: (id: string) => ask<FormPage>(formPath(id)),
  mine: () =>
    ask<{
      forms: readonly {
        readonly id: string;
        readonly items: readonly { readonly code: string; readonly name: { zh: string; en: string } }[];
        readonly updatedAt: string;
        readonly expiresOn: string;
      }[];
    }>("/api/my/forms"),
  answer: (form: FormPage, of: string, fact: string, value: string | number | boolean | null) =>
    ask<FormPage>(formPath(form.id, "/answers"), {
      method: "PUT",
      key: newKey(),
      body: { seq: form.seq, answers: [{ of, fact, value }] },
    }),
  skip: (form: FormPage, of: string, fact: string) =>
    ask<FormPage>(formPath(form.id, "/skips"), { method: "POST", key: newKey(), body: { seq: form.seq, of, fact } }),
  dispute: (form: FormPage, of: string, fact: string, value: string | number | boolean, text: string) =>
    ask<FormPage>(formPath(form.id, "/disputes"), {
      method: "POST",
      key: newKey(),
      body: { seq: form.seq, of, fact, value, text },
    }),
  upload: (form: FormPage, paper: string, file: File) => {
    const body = new FormData();
    body.set("paper", paper);
    body.set("seq", String(form.seq));
    body.set("file", file);
    return ask<FormPage>(formPath(form.id, "/uploads"), { method: "POST", body });
  },
  pickupCode: (form: FormPage) =>
    ask<{ code: string; until: string }>(formPath(form.id, "/pickup-code"), { method: "POST", key: newKey() }),
  resume: (code: string) => ask<FormPage>("/api/forms/resume", { method: "POST", key: newKey(), body: { code } }),
  submit: (
    form: FormPage,
    items: readonly string[] | undefined,
    by: Pick<SubmitRequest, "channel" | "mandate">,
    key: string,
  ) =>
    ask<{ cases: readonly CaseCard[]; bundle: string | null }>(formPath(form.id, "/submit"), {
      method: "POST",
      key,
      body: {
        seq: form.seq,
        declaration: true,
        ...by,
        ...(items && { items }),
      },
    }),
};

export const guideApi = {
  one: (list: string, item: string) => ask<GuideView>(`/api/guides/${part(list)}/${part(item)}`),
  blank: (list: string, item: string) => ask<BlankForm>(`/api/forms/blank/${part(list)}/${part(item)}`),
};

/** Life events: several items by one form, with one progress view. */
export const eventApi = {
  all: (list: string) => ask<{ bundles: readonly BundleView[] }>(`/api/bundles/${part(list)}`),
  mine: () => ask<{ bundles: readonly BundleProgress[] }>("/api/my/bundles"),
  one: (id: string) => ask<BundleProgress>(`/api/bundle-cases/${part(id)}`),
};
