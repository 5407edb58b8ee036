import type { Payer } from "./payers.ts";

/** One payment as a bank is told it. */
export interface BankLine {
  readonly n: number;
  readonly name: string;
  readonly account: string;
  /** Due to the person. */
  readonly fen: number;
  readonly month: string;
  /** What is kept back of it, with the number of the claim. */
  readonly withholdings: readonly { readonly number: string; readonly fen: number }[];
}

/** What the bank pays: what is due less what is withheld. */
export const bankFen = ({ fen, withholdings }: Pick<BankLine, "fen" | "withholdings">): number =>
  fen - withheldFen(withholdings);

const withheldFen = (withholdings: BankLine["withholdings"]): number =>
  withholdings.reduce((sum, { fen }) => sum + fen, 0);

export interface BankBatch {
  readonly id: string;
  readonly itemName: string;
  readonly payer: Payer;
  readonly releasedAt: Date;
  /** The day on which it is to be paid. */
  readonly on: string;
  readonly lines: readonly BankLine[];
}

/** Integer fen as yuan with two decimals, exactly. */
const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;

const sum = (lines: readonly BankLine[]): number => lines.reduce((total, line) => total + bankFen(line), 0);

/** A field of a CSV file (RFC 4180); a leading sign that a spreadsheet would take for a formula is defused. */
const csvField = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * The batch as CSV in UTF-8 with a byte order mark, which Chinese spreadsheets need; the last line is the total, and each
 * other names the account that it is paid from. The amount is what the bank pays; what is due and what is withheld of it for
 * which claim stand after.
 */
export function bankCsv({ payer, lines }: BankBatch): string {
  const from = [payer.name, payer.account, payer.bank];
  const rows = lines.map((line) => {
    const { n, name, account, fen, month, withholdings } = line;
    const claims = withholdings.map(({ number }) => number).join(" ");
    const due = [yuan(fen), yuan(withheldFen(withholdings)), claims];
    return [String(n), name, account, yuan(bankFen(line)), month, ...from, ...due];
  });
  const gross = lines.reduce((total, { fen }) => total + fen, 0);
  const all = [
    [
      "序号",
      "户名",
      "账号",
      "金额（元）",
      "所属月份",
      "付款户名",
      "付款账号",
      "付款行号",
      "应发（元）",
      "抵扣（元）",
      "追缴文号",
    ],
    ...rows,
    ["合计", String(lines.length), "", yuan(sum(lines)), "", "", "", "", yuan(gross), yuan(gross - sum(lines)), ""],
  ];
  return `\uFEFF${all.map((row) => row.map(csvField).join(",")).join("\r\n")}\r\n`;
}

const namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

/** Text of an element; what XML 1.0 cannot hold is left out. */
function escaped(text: string, most: number): string {
  const plain = [...text].filter((character) =>
    /[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(character),
  );
  return plain.slice(0, most).join("").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A bank by its CNAPS number (ISO 20022 external code CNAPS: twelve digits), or by its BIC. */
const institution = (bank: string): string =>
  /^\d{12}$/.test(bank)
    ? `<ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>${bank}</MmbId></ClrSysMmbId>`
    : `<BICFI>${escaped(bank, 11)}</BICFI>`;

/** What the payee's statement says after the item's name, which gives way to it (Max140Text). */
const remittance = ({ fen, month, withholdings }: BankLine): string =>
  withholdings.length === 0 ? ` ${month}` : ` ${month} 应发${yuan(fen)}元 抵扣${yuan(withheldFen(withholdings))}元`;

/** The batch as an ISO 20022 customer credit transfer initiation (pain.001.001.09): one payment instruction, yuan. */
export function pain001({ id, itemName, payer, releasedAt, on, lines }: BankBatch): string {
  // Max35Text: a UUID without its dashes has 32 characters.
  const message = id.replaceAll("-", "").slice(0, 35);
  const [count, total] = [lines.length, yuan(sum(lines))];
  const transfers = lines.map((line) => {
    const { n, name, account } = line;
    return `      <CdtTrfTxInf>
        <PmtId><EndToEndId>${message.slice(0, 24)}-${n}</EndToEndId></PmtId>
        <Amt><InstdAmt Ccy="CNY">${yuan(bankFen(line))}</InstdAmt></Amt>
        <Cdtr><Nm>${escaped(name, 140)}</Nm></Cdtr>
        <CdtrAcct><Id><Othr><Id>${escaped(account, 34)}</Id></Othr></Id></CdtrAcct>
        <RmtInf><Ustrd>${escaped(itemName, 140 - remittance(line).length)}${remittance(line)}</Ustrd></RmtInf>
      </CdtTrfTxInf>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="${namespace}">
  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>${message}</MsgId>
      <CreDtTm>${releasedAt.toISOString()}</CreDtTm>
      <NbOfTxs>${count}</NbOfTxs>
      <CtrlSum>${total}</CtrlSum>
      <InitgPty><Nm>${escaped(payer.name, 140)}</Nm></InitgPty>
    </GrpHdr>
    <PmtInf>
      <PmtInfId>${message}</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <NbOfTxs>${count}</NbOfTxs>
      <CtrlSum>${total}</CtrlSum>
      <ReqdExctnDt><Dt>${on}</Dt></ReqdExctnDt>
      <Dbtr><Nm>${escaped(payer.name, 140)}</Nm></Dbtr>
      <DbtrAcct><Id><Othr><Id>${escaped(payer.account, 34)}</Id></Othr></Id></DbtrAcct>
      <DbtrAgt><FinInstnId>${institution(payer.bank)}</FinInstnId></DbtrAgt>
${transfers.join("\n")}
    </PmtInf>
  </CstmrCdtTrfInitn>
</Document>
`;
}
