/** What a resident can write in one question, before it becomes a fact: kept as text so that nothing typed is lost. */
export interface Draft {
  readonly text: string;
  /** Parts of a date. */
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

export const emptyDraft: Draft = { text: "", year: "", month: "", day: "" };

export interface AskedType {
  readonly type: "boolean" | "integer" | "decimal" | "money" | "date" | "enum" | "area";
  readonly decimals?: number;
  readonly range?: { readonly min: number; readonly max: number };
}

export type FactValue = string | number | boolean;

/** Why a draft is not an answer yet: a key of the resident dictionary with its values. */
export interface DraftFault {
  readonly key: string;
  readonly values?: Record<string, string | number>;
}

export type ParsedDraft =
  | { readonly ok: true; readonly value: FactValue }
  | { readonly ok: false; readonly fault: DraftFault };

const fault = (key: string, values?: Record<string, string | number>): ParsedDraft => ({
  ok: false,
  fault: { key: `fault.${key}`, values },
});

/** Chinese input methods give full-width digits and marks; people paste figures with separators and 元. */
const plainDigits = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[,\s_元¥]/g, "")
    .trim();

const parseDate = (draft: Draft, today: string): ParsedDraft => {
  const [year, month, day] = [draft.year, draft.month, draft.day].map((part) => plainDigits(part));
  if (!year || !month || !day) return fault("date-incomplete");
  if (![year, month, day].every((part) => /^\d+$/.test(part ?? ""))) return fault("date-digits");
  if (year.length !== 4) return fault("date-year");
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso) return fault("date-impossible");
  if (iso > today) return fault("date-future");
  if (Number(year) < 1890) return fault("date-past");
  return { ok: true, value: iso };
};

const parseNumber = (draft: Draft, asked: AskedType): ParsedDraft => {
  const text = plainDigits(draft.text);
  if (text === "") return fault("number-missing");
  if (!/^\d+(\.\d+)?$/.test(text)) return fault("number-digits");
  const decimals = asked.type === "integer" ? 0 : asked.type === "money" ? 2 : (asked.decimals ?? 0);
  const fraction = text.split(".")[1] ?? "";
  if (fraction.length > decimals) return fault(decimals === 0 ? "number-whole" : "number-decimals", { decimals });
  const value = Number(text);
  const { min, max } = asked.range ?? { min: 0, max: Number.MAX_SAFE_INTEGER };
  if (value < min || value > max) return fault("number-range", { min, max });
  return { ok: true, value };
};

/** Turns a draft into a fact, or says what is missing. `today` is the day of the visit, as ISO text. */
export const parseDraft = (draft: Draft, asked: AskedType, today: string): ParsedDraft => {
  if (asked.type === "date") return parseDate(draft, today);
  if (asked.type === "boolean") {
    if (draft.text === "") return fault("choice-missing");
    return { ok: true, value: draft.text === "yes" };
  }
  if (asked.type === "enum" || asked.type === "area") {
    return draft.text === "" ? fault("choice-missing") : { ok: true, value: draft.text };
  }
  return parseNumber(draft, asked);
};

/** The draft that would give a value again, for going back to a question. */
export const draftOf = (value: FactValue | undefined, asked: AskedType): Draft => {
  if (value === undefined) return emptyDraft;
  if (asked.type === "date") {
    const [year = "", month = "", day = ""] = String(value).split("-");
    return { ...emptyDraft, year, month: String(Number(month)), day: String(Number(day)) };
  }
  if (asked.type === "boolean") return { ...emptyDraft, text: value === true ? "yes" : "no" };
  return { ...emptyDraft, text: String(value) };
};
