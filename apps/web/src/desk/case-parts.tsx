import type { CasePage } from "../my/api.ts";
import { formatDate, formatMoney } from "../ui/format.ts";
import { formatInstant } from "../ui/format-instant.ts";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";

/** What was decided, how much from when, and why. */
export function Decision({ matter }: { readonly matter: CasePage }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const made = matter.decision ?? matter.proposal;
  if (!made) return null;
  return (
    <section className="decision" aria-labelledby="decision-title">
      <h2 id="decision-title">{words(matter.decision ? "case.decision" : "case.proposal")}</h2>
      <p>
        <strong>{words(`case.outcome.${made.outcome}`)}</strong>
        {made.fen !== null && ` · ${formatMoney(made.fen, made.per ?? undefined, language)}`}
        {made.from && ` · ${words("case.from", { day: formatDate(made.from, language) })}`}
      </p>
      {made.reason && <p>{text(made.reason)}</p>}
      {made.rule && <p className="hint">{words("case.ruleSays", { answer: words(`outcome.${made.rule}`) })}</p>}
      {!made.agrees && <p className="hint">{words("case.departs")}</p>}
      {made.text && <p>{made.text}</p>}
      <p className="small hint">
        {made.by.name}, {formatInstant(made.at, language)}
      </p>
    </section>
  );
}

/** The way a case takes, and where it is. */
export function Steps({ matter }: { readonly matter: CasePage }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  if (matter.steps.length === 0) return null;
  return (
    <section aria-labelledby="steps-title">
      <h2 id="steps-title">{words("case.steps")}</h2>
      <ol className="steps">
        {matter.steps.map(({ code, name, owner, state, finishedOn }) => (
          <li key={code} className={state}>
            <strong>{text(name)}</strong> <span className="hint">{text(owner)}</span> {words(`case.stepState.${state}`)}
            {finishedOn && ` ${formatDate(finishedOn, language)}`}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Facts of a case with where each value comes from; corrections side by side. */
export function CaseFacts({ matter }: { readonly matter: CasePage }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const known = matter.facts.filter(({ value }) => value !== null);
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">{words("case.facts")}</h2>
      <TableFrame heads={[{ name: words("case.fact") }, { name: words("case.value") }, { name: words("case.before") }]}>
        {known.map((fact) => (
          <tr key={`${fact.of} ${fact.fact}`}>
            <th scope="row">
              {text(fact.label)} <About matter={matter} of={fact.of} />
            </th>
            <td>
              {text(fact.text)}
              {fact.dispute && (
                <p className="field-error">
                  {words("case.disputed", { value: String(fact.dispute.value), text: fact.dispute.text })}
                </p>
              )}
            </td>
            <td className="small">
              {fact.history.map(({ value, origin, at, why }) => (
                <div key={`${at} ${origin}`}>
                  {fact.history.length > 1 && `${String(value)} · `}
                  {words(`case.origin.${origin.split(" ", 1)[0]}`)}, {formatInstant(at, language)}
                  {why && ` · ${why}`}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </TableFrame>
    </section>
  );
}

/** Whom of the household a fact is about; nothing where it is about the person themselves. */
function About({ matter, of }: { readonly matter: CasePage; readonly of: string }) {
  const words = useWords();
  const persons = [...new Set(matter.facts.map((fact) => fact.of))].filter((name) => !name.startsWith("h"));
  const at = persons.indexOf(of);
  if (of === matter.person || (at === 0 && persons.length === 1)) return null;
  return (
    <span className="hint small">({at < 0 ? words("case.household") : words("case.member", { number: at + 1 })})</span>
  );
}

/** Everything that was done, with the number of its line in the public log. */
export function Journal({ matter, proofs = false }: { readonly matter: CasePage; readonly proofs?: boolean }) {
  const words = useWords();
  const { language } = usePreferences();
  return (
    <section aria-labelledby="journal-title">
      <h2 id="journal-title">{words("case.journal")}</h2>
      <ol className="journal">
        {matter.journal.map((line) => (
          <li key={line.seq}>
            <strong>{words(line.kind === "open" ? `case.opening.${matter.kind}` : `deed.${line.kind}`)}</strong>{" "}
            {line.by.name} · {words(`channel.${line.channel}`)} · {formatInstant(line.at, language)}
            {line.mandate && (
              <p className="small">
                {words("case.actedFor", {
                  name: line.mandate.name,
                  relation: words(`case.relation.${line.mandate.relation}`),
                  evidence: line.mandate.evidence,
                })}
              </p>
            )}
            {typeof line.body.text === "string" && <p>{line.body.text}</p>}
            {proofs && (
              <p className="small">
                <a href={`/my/verify?line=${line.logLine}`}>{words("case.proof", { line: line.logLine })}</a>
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
