import type { ReturnReason } from "../../../server/src/modules/finance/model.ts";

/** What a bank answered of one payment. */
export type BankResult =
  | { readonly n: number; readonly result: "paid" }
  | { readonly n: number; readonly result: "returned"; readonly reason: ReturnReason };

/** A row that cannot be read, by its number in the file. */
export interface RowFault {
  readonly row: number;
  readonly text: string;
}

const paid = new Set(["paid", "成功", "已到账", "到账", "accc", "acsc"]);
const returned = new Set(["returned", "失败", "退回", "退票", "rjct"]);

/** ISO 20022 return reasons and the words of Chinese banks, by reason. */
const reasonWords: Readonly<Record<ReturnReason, readonly string[]>> = {
  "no-account": ["ac01", "无此账号", "账号不存在"],
  "name-differs": ["be01", "户名不符"],
  closed: ["ac04", "已销户", "销户"],
  dormant: ["ac06", "睡眠户", "长期不动户"],
  "identity-expired": ["证件过期", "身份失效"],
  "card-replaced": ["已换卡", "换卡"],
};

function reasonOf(written: string): ReturnReason | undefined {
  const word = written.toLowerCase();
  const reasons = Object.keys(reasonWords) as ReturnReason[];
  return reasons.find((reason) => reason === word || reasonWords[reason].includes(word));
}

/**
 * Reads a bank's answer: CSV with the payment's number, the result, and the reason of a return; the first row may be a heading.
 * No row is left out silently: each is a result or a fault.
 */
export function readBankResults(text: string): { readonly results: BankResult[]; readonly faults: RowFault[] } {
  const results: BankResult[] = [];
  const faults: RowFault[] = [];
  const seen = new Set<number>();
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    // Trimming takes a byte order mark away too.
    const fields = line.split(/[,\t;，；]/).map((field) => field.trim().replace(/^"(.*)"$/, "$1"));
    const [number = "", result = "", reason = ""] = fields;
    const n = Number(number);
    const isHeading = at === 0 && !/^\d/.test(number);
    if (line.trim() === "" || isHeading || number === "合计") continue;
    const read = Number.isInteger(n) && n > 0 && !seen.has(n) ? resultOf(n, result.toLowerCase(), reason) : undefined;
    seen.add(n);
    if (read) results.push(read);
    else faults.push({ row: at + 1, text: line.slice(0, 80) });
  }
  return { results, faults };
}

function resultOf(n: number, result: string, written: string): BankResult | undefined {
  if (paid.has(result)) return { n, result: "paid" };
  const reason = returned.has(result) ? reasonOf(written) : undefined;
  return reason && { n, result: "returned", reason };
}
