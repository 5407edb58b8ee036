import { factsReadBy, type List, type Rulebook, type RulebookFact } from "@qingdan/list";
import type { BlankForm, FormPage } from "./form-model.ts";
import { type PaperNeed, papersOf } from "./form-state.ts";
import type { OpenForm } from "./form-store.ts";
import { unitWords } from "./guide-view.ts";
import { itemName } from "./present.ts";
import { factText } from "./present-facts.ts";
import type { Cases } from "./seams.ts";

type Value = string | number | boolean;

/** The form as its page shows it: next question, answers with where they come from, papers, and what would be owed. */
export async function presentForm(cases: Cases, form: OpenForm): Promise<FormPage> {
  const { row, items, content, state } = form;
  const list = await cases.list(row.list);
  const bundle = cases.guides.bundles(list).find(({ code }) => code === row.bundle);
  const papers = papersOf(state);
  const uploads = await cases.database
    .selectFrom("upload")
    .select(["id", "paper", "name", "type", "bytes", "at"])
    .where("form", "=", row.id)
    .orderBy("at")
    .execute();
  const facts = new Map(state.rulebook.facts.map((fact) => [fact.name, fact]));
  return {
    id: row.id,
    seq: row.seq,
    list: row.list,
    area: row.area,
    date: row.date,
    person: row.person,
    subject: content.subject,
    members: [...content.members],
    rulebookHash: row.rulebook_hash,
    bundle: bundle ? { code: bundle.code, name: { zh: bundle.zh, en: bundle.en } } : null,
    items: items.map((code) => presentItem(list, form, code)),
    question: presentQuestion(form),
    answers: presentAnswers(list, form, facts),
    skipped: content.skipped.map((key) => {
      const [of = "", fact = ""] = key.split(" ");
      return { of, fact, label: labelOf(facts.get(fact), fact) };
    }),
    papers: papers.asked.map((need) => presentPaper(list, facts, need, uploads)),
    papersSaved: { saved: papers.saved.length, asked: papers.asked.length },
    complete: state.question === null,
    expiresOn: row.expires_on,
    submitted: row.submitted as FormPage["submitted"],
  };
}

function presentItem(list: List, { state: { screening } }: OpenForm, code: string): FormPage["items"][number] {
  const name = itemName(list, code);
  const entitled = screening.entitled.find((item) => item.code === code);
  const other =
    screening.not.find((item) => item.code === code) ?? screening.undetermined.find((item) => item.code === code);
  const reasons = (entitled ?? other)?.reasons.map(({ code, zh, en }) => ({ code, zh, en })) ?? [];
  if (entitled) return { code, name, outcome: "entitled", fen: entitled.fen, per: entitled.per, reasons };
  if (!other) return { code, name, outcome: "by-hand", fen: null, per: null, reasons };
  return { code, name, outcome: screening.not.includes(other) ? "not" : "undetermined", fen: null, per: null, reasons };
}

function presentQuestion({ state: { question } }: OpenForm): FormPage["question"] {
  if (!question) return null;
  const { ask, of, fact, entity, remaining, items } = question;
  return {
    of,
    fact,
    entity,
    question: question.question,
    label: { zh: question.zh, en: question.en },
    type: ask.factType,
    values: ask.values.map(({ code, zh, en }) => ({ code, zh, en })),
    unit: ask.unit,
    decimals: "scale" in ask.type ? ask.type.scale : 0,
    remaining,
    items: [...items],
  };
}

function presentAnswers(
  list: List,
  { row, content, state, items }: OpenForm,
  facts: ReadonlyMap<string, RulebookFact>,
): FormPage["answers"] {
  const { persons, households } = state.file;
  return Object.entries(state.origins).flatMap(([key, origin]) => {
    const [of = "", name = ""] = key.split(" ");
    const fact = facts.get(name);
    const value = (persons[of]?.[name] ?? households[of]?.[name]) as Value | undefined;
    if (!fact || value === undefined) return [];
    const disputed = content.disputes[key];
    const register = content.register[key];
    const readers = state.rulebook.items.filter(
      (item) => items.includes(item.code) && factsReadBy(item).includes(name),
    );
    const source = {
      unit: unitWords(list, fact.sourceUnit),
      date: content.registerDate ?? row.date,
      purpose: readers.map(({ code }) => itemName(list, code)),
      basis: readers.flatMap(({ basis }) =>
        basis.map(({ source, title, article, url }) => ({ source, title, article, url })),
      ),
    };
    return [
      {
        of,
        fact: name,
        label: labelOf(fact, name),
        value,
        text: factText(list, fact, value),
        origin,
        source: register === undefined ? null : source,
        dispute:
          disputed === undefined || register === undefined
            ? null
            : { register, registerText: factText(list, fact, register), text: disputed },
        privacy: fact.privacy ?? "personal",
      },
    ];
  });
}

const labelOf = (fact: RulebookFact | undefined, name: string) => ({ zh: fact?.zh ?? name, en: fact?.en ?? name });

interface UploadRow {
  readonly id: string;
  readonly paper: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly at: Date;
}

function presentPaper(
  list: List,
  facts: ReadonlyMap<string, RulebookFact>,
  need: PaperNeed,
  uploads: readonly UploadRow[],
): FormPage["papers"][number] {
  return {
    id: need.id,
    of: need.of,
    unit: unitWords(list, need.unit) ?? { code: need.unit, zh: need.unit, en: need.unit },
    facts: need.facts.map((fact) => ({ fact, label: labelOf(facts.get(fact), fact) })),
    uploads: uploads
      .filter(({ paper }) => paper === need.id)
      .map(({ id, name, type, bytes, at }) => ({ id, name, type, bytes, at: at.toISOString() })),
  };
}

/** Every question that a form of an item can ask, to print and fill in by hand. */
export function presentBlank(list: List, rulebook: Rulebook, code: string): BlankForm {
  const item = rulebook.items.find((known) => known.code === code);
  const read = new Set(item ? factsReadBy(item) : []);
  return {
    list: list.code,
    item: { code, name: itemName(list, code) },
    rulebookHash: rulebook.hash,
    date: rulebook.date,
    questions: rulebook.facts.flatMap((fact) =>
      read.has(fact.name) && fact.question
        ? [
            {
              fact: fact.name,
              entity: fact.entity,
              label: { zh: fact.zh, en: fact.en },
              question: { zh: fact.question.zh, en: fact.question.en },
              type: fact.factType,
              values: fact.values.map(({ code, zh, en }) => ({ code, zh, en })),
              unit: fact.unit,
              source: unitWords(list, fact.sourceUnit),
            },
          ]
        : [],
    ),
  };
}
