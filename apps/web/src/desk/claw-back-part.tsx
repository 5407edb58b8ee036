import type { CasePage } from "../my/api.ts";
import { formatDate, formatMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useWords } from "../ui/words.ts";
import { OffsetPart } from "./offset-part.tsx";

interface Props {
  readonly matter: CasePage;
  /** Where the notices are read: `…/notice` in advance, `…/offset-notice` of what is withheld. */
  readonly noticesAt: string;
  /** Where a case is opened, before its identifier. */
  readonly sourceAt: string;
}

type ClawBack = NonNullable<CasePage["clawBack"]>;

/** What is claimed back, payment by payment, and how far that has come; nothing for other cases. */
export function ClawBackPart({ matter, noticesAt, sourceAt }: Props) {
  const words = useWords();
  const { language } = usePreferences();
  const claim = matter.clawBack;
  if (!claim) return null;
  const money = (fen: number) => formatMoney(fen, undefined, language);
  return (
    <section aria-labelledby="claim-title">
      <h2 id="claim-title">{words("clawBack.claimed", { amount: money(claim.claimedFen) })}</h2>
      <p>
        {words(`clawBack.ground.${claim.ground}`)} <a href={`${sourceAt}${claim.of}`}>{words("clawBack.source")}</a>
      </p>
      <p>{claim.text}</p>
      <Lines lines={claim.lines} money={money} />
      <Heard claim={claim} noticeAt={`${noticesAt}/notice`} />
      {claim.owedFen !== null && (
        <p>
          <strong>
            {words("clawBack.repaid", {
              repaid: money(claim.repaidFen),
              owed: money(claim.owedFen),
            })}
          </strong>
        </p>
      )}
      {claim.refundFen > 0 && <p>{words("clawBack.refund", { amount: money(claim.refundFen) })}</p>}
      <Plan claim={claim} money={money} />
      <OffsetPart claim={claim} noticeAt={`${noticesAt}/offset-notice`} />
      {claim.repayments.length > 0 && (
        <>
          <h3>{words("clawBack.repayments")}</h3>
          <ul>
            {claim.repayments.map(({ day, fen, method }, at) => (
              <li key={`${day} ${at.toString()}`}>
                {formatDate(day, language)} · {money(fen)} · {words(`desk.repayMethod.${method}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface LinesProps {
  readonly lines: ClawBack["lines"];
  readonly money: (fen: number) => string;
}

/** Payments that were too much: paid, due and the difference; as sentences, which fit a phone and are read aloud well. */
export function Lines({ lines, money }: LinesProps) {
  const words = useWords();
  return (
    <ul>
      {lines.map(({ batch, n, month, paidFen, dueFen, fen }) => (
        <li key={`${batch} ${n}`}>
          {words("clawBack.line", { month, paid: money(paidFen), due: money(dueFen), over: money(fen) })}
        </li>
      ))}
    </ul>
  );
}

function Heard({ claim, noticeAt }: { readonly claim: ClawBack; readonly noticeAt: string }) {
  const words = useWords();
  const { language } = usePreferences();
  const { notice, statements, hearing } = claim;
  return (
    <>
      <p>
        <a href={noticeAt}>{words("clawBack.notice")}</a>{" "}
        {notice &&
          words(notice.until ? "clawBack.noticeServed" : "clawBack.noticeServedOpen", {
            day: formatDate(notice.day, language),
            until: notice.until ? formatDate(notice.until, language) : "",
          })}
      </p>
      {statements.length > 0 && (
        <>
          <h3>{words("clawBack.statements")}</h3>
          {statements.map(({ text, hearing: asks, day }) => (
            <p key={`${day} ${text}`}>
              {formatDate(day, language)}: {text} {asks && <strong>{words("clawBack.asksHearing")}</strong>}
            </p>
          ))}
        </>
      )}
      {hearing && (
        <>
          <h3>{words("clawBack.hearing")}</h3>
          <p>{words("clawBack.hearingAt", { day: formatDate(hearing.on, language), place: hearing.place })}</p>
          {hearing.record && (
            <p>
              {words(hearing.record.attended ? "clawBack.attended" : "clawBack.absent")}: {hearing.record.text}
            </p>
          )}
        </>
      )}
    </>
  );
}

function Plan({ claim, money }: { readonly claim: ClawBack; readonly money: (fen: number) => string }) {
  const words = useWords();
  const { language } = usePreferences();
  if (!claim.plan) return null;
  return (
    <TableFrame
      caption={words("clawBack.plan")}
      heads={[
        { name: words("clawBack.plan") },
        { name: words("clawBack.dueDay") },
        { name: words("clawBack.amount"), number: true },
        { name: words("clawBack.state") },
      ]}
    >
      {claim.plan.instalments.map(({ due, fen, state }, at) => (
        <tr key={due}>
          <th scope="row">{words("clawBack.instalment", { number: at + 1 })}</th>
          <td>{formatDate(due, language)}</td>
          <td className="number">{money(fen)}</td>
          <td>{words(`clawBack.instalmentState.${state}`)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
