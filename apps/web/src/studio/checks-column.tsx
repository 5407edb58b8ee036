import { formatMoney } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import type { StudioCheck, StudioFinding, StudioGolden } from "./api.ts";

/** Findings with their place and what would be right; a place in the edited file can be gone to. */
export function Findings({
  findings,
  onPlace,
}: {
  readonly findings: readonly StudioFinding[];
  readonly onPlace?: (finding: StudioFinding) => void;
}) {
  const words = useWords();
  const text = useText();
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={`${finding.code}${finding.file}${finding.line}:${finding.column}${finding.message.en}`}>
          <strong className={finding.severity === "error" ? "field-error" : "warning"}>
            {words(`check.${finding.severity}`)}
          </strong>{" "}
          {text(finding.message)}
          <br />
          <span className="hint small">
            {text(finding.hint)} · <code>{finding.code}</code> ·{" "}
            {onPlace ? (
              <button type="button" className="link" onClick={() => onPlace(finding)}>
                {words("studio.line", { line: finding.line })}
              </button>
            ) : (
              `${finding.list}/${finding.file}:${finding.line}`
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

type Case = StudioGolden["cases"][number];

function Answer({ answer }: { readonly answer: Case["expected"] }) {
  const words = useWords();
  const { language } = usePreferences();
  if (answer.outcome === "absent") return words("studio.absent");
  const money = answer.fen === undefined ? "" : ` ${formatMoney(answer.fen, answer.per, language)}`;
  return (
    <>
      {words(`outcome.${answer.outcome}`)}
      {answer.outcome === "entitled" && money}
      {answer.reason && (
        <>
          {" "}
          <code>{answer.reason}</code>
        </>
      )}
    </>
  );
}

/** The golden cases: those that come out otherwise first and whole, the others behind a fold. */
export function GoldenCases({ golden }: { readonly golden: StudioGolden }) {
  const words = useWords();
  const { cases, agree, differ } = golden;
  if (agree + differ === 0) return <p className="hint">{words("studio.noGolden")}</p>;
  return (
    <>
      <p>
        {words("studio.goldenAgree", { count: agree })}
        {differ > 0 && <strong className="field-error"> {words("studio.goldenDiffer", { count: differ })}</strong>}
      </p>
      <ul className="findings">
        {cases
          .filter(({ agrees }) => !agrees)
          .map((one) => (
            <li key={`${one.file}:${one.line} ${one.item}`}>
              {one.name}
              <br />
              <span className="small">
                {words("studio.expected")}: <Answer answer={one.expected} />
                <br />
                {words("studio.found")}: {one.found ? <Answer answer={one.found} /> : one.refused}
                <br />
                <span className="hint">
                  {one.why} · {one.file}:{one.line}
                </span>
              </span>
            </li>
          ))}
      </ul>
      {agree > 0 && (
        <details>
          <summary>{words("studio.goldenShow")}</summary>
          <ul className="small">
            {cases
              .filter(({ agrees }) => agrees)
              .map((one) => (
                <li key={`${one.file}:${one.line} ${one.item}`}>
                  {one.name} — <Answer answer={one.expected} />
                </li>
              ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Column two: what the checks find and what the golden cases answer, for the text as it stands. */
export function ChecksColumn({
  check,
  isCurrent,
  failed,
  onPlace,
}: {
  readonly check: StudioCheck | undefined;
  /** It is of the text that stands on the page; a newer one is being checked otherwise. */
  readonly isCurrent: boolean;
  readonly failed: string | undefined;
  readonly onPlace: (finding: StudioFinding) => void;
}) {
  const words = useWords();
  return (
    <section aria-labelledby="studio-checks" className="studio-column">
      <h2 id="studio-checks">{words("studio.checks")}</h2>
      {failed && <p role="alert">{failed}</p>}
      {!isCurrent && !failed && <p role="status">{words("studio.checking")}</p>}
      {check && (
        <>
          {isCurrent && (
            <p role="status">
              {check.errors === 0
                ? words("studio.noErrors", { warnings: check.warnings })
                : words("studio.errors", { errors: check.errors, warnings: check.warnings })}
            </p>
          )}
          <Findings findings={check.here} onPlace={onPlace} />
          {check.elsewhere.length > 0 && (
            <>
              <h3>{words("studio.elsewhere")}</h3>
              <Findings findings={check.elsewhere} />
            </>
          )}
          <h3>{words("studio.golden")}</h3>
          {check.golden ? <GoldenCases golden={check.golden} /> : <p className="hint">{words("studio.goldenNone")}</p>}
        </>
      )}
    </section>
  );
}
