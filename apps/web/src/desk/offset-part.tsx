import type { CasePage } from "../my/api.ts";
import { formatDate, formatMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";

interface Props {
  readonly claim: NonNullable<CasePage["clawBack"]>;
  /** Where the notice of what is withheld is read. */
  readonly noticeAt: string;
}

/** What is withheld from later payments by agreement: its limits, each sum that was withheld, and what remains. */
export function OffsetPart({ claim, noticeAt }: Props) {
  const words = useWords();
  const { language } = usePreferences();
  const { offset, withholdings, withheldFen } = claim;
  const money = (fen: number) => formatMoney(fen, undefined, language);
  const day = (of: string) => formatDate(of, language);
  if (!offset && withholdings.length === 0) return null;
  return (
    <>
      <h3>{words("clawBack.offset.title")}</h3>
      {offset && (
        <>
          <p>
            {words("clawBack.offset.agreed", { day: day(offset.day), amount: money(offset.fen), month: offset.from })}{" "}
            {words(`clawBack.offset.payments.${offset.payments}`)}
            {words("clawBack.offset.stop")}{" "}
            {words(offset.mostFen === null ? "clawBack.offset.share" : "clawBack.offset.shareAndSum", {
              percent: offset.mostPercent,
              amount: money(offset.mostFen ?? 0),
            })}
          </p>
          <p>{offset.text}</p>
          {offset.ended !== null && <p>{words("clawBack.offset.ended", { day: day(offset.ended) })}</p>}
          <p>
            <strong>
              {words("clawBack.offset.sum", { withheld: money(withheldFen), left: money(offset.leftFen) })}
            </strong>{" "}
            <a href={noticeAt}>{words("clawBack.offset.notice")}</a>
          </p>
        </>
      )}
      {withholdings.length > 0 && (
        <ul>
          {withholdings.map(({ batch, n, month, fen, day: on, undone }) => (
            <li key={`${batch} ${n}`}>
              {words("clawBack.offset.line", { day: day(on), month, amount: money(fen) })}{" "}
              {undone !== null && words("clawBack.offset.undone", { day: day(undone) })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
