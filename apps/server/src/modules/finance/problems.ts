/** Refusals of payments; docs/errors.md tells of them. */
export const financeProblems = {
  "PAY-BATCH-UNKNOWN": { status: 404, title: { zh: "没有这个发放批次", en: "No such payment batch" } },
  "PAY-BATCH-EMPTY": { status: 409, title: { zh: "没有可发放的", en: "There is nothing to pay" } },
  "PAY-STATE": { status: 409, title: { zh: "批次目前不能这样办", en: "The batch is not where this can be done" } },
  "PAY-FOUR-EYES": {
    status: 409,
    title: { zh: "须由另一人放行或确认", en: "Another person releases or confirms it" },
  },
  "PAY-PAYER-UNKNOWN": {
    status: 409,
    title: { zh: "不知道从哪个账户付", en: "The account to pay from is not known" },
  },
  "PAY-PAYEE-UNKNOWN": {
    status: 404,
    title: { zh: "您负责的地区没有这个人的办件", en: "Nobody of that number has a case in your area" },
  },
  "PAY-CHANGE-UNKNOWN": { status: 404, title: { zh: "没有这项账户变更", en: "No such change of an account" } },
  "PAY-CHANGE-WAITING": {
    status: 409,
    title: { zh: "这个账户已有一项变更待确认", en: "A change of this account waits already" },
  },
  "PAY-LINE-UNKNOWN": { status: 400, title: { zh: "批次中没有这一笔", en: "The batch has no such line" } },
  "PAY-LINE-WITHHELD": {
    status: 409,
    title: { zh: "这一笔全数抵扣，没有送银行", en: "The line was withheld whole and did not go to the bank" },
  },
  "PAY-NOTHING-TO-BANK": {
    status: 409,
    title: { zh: "批次全数抵扣，没有银行文件", en: "The batch was withheld whole; nothing goes to the bank" },
  },
  "PAY-WITHHOLDING-LATE": {
    status: 409,
    title: { zh: "抵扣所依据的追缴办件已变", en: "A claim for which the batch withholds has changed" },
  },
  "PAY-RESULT-TWICE": {
    status: 409,
    title: { zh: "这一笔已有银行回执", en: "The bank has answered for the line already" },
  },
  "PAY-MONTH-AHEAD": { status: 400, title: { zh: "不能提前编制以后月份", en: "Months ahead are not prepared" } },
  "PAY-NOT-OVERPAID": { status: 409, title: { zh: "没有多发可追回", en: "Nothing was paid too much" } },
  "PAY-CASE-OPEN": { status: 409, title: { zh: "原办件还没有办结", en: "The case that paid is not decided" } },
} as const satisfies Record<string, { status: number; title: { zh: string; en: string } }>;
