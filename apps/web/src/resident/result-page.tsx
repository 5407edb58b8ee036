import type { EntitledItem, LawText, Rulebook, RulebookItem, ScreenedItem, Screening } from "@qingdan/list/browser";
import { explain, type FactsFile, type UndeterminedItem } from "@qingdan/list/browser";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Explained } from "../ui/explained.tsx";
import { formatDate, formatMoney } from "../ui/format.ts";
import { Outcome } from "../ui/outcome.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { ReadAloud } from "./read-aloud.tsx";

interface CardProps {
  readonly rulebook: Rulebook;
  readonly facts: FactsFile;
  readonly answer: ScreenedItem;
  readonly outcome: "entitled" | "not" | "undetermined";
  readonly children?: ReactNode;
}

const itemOf = (rulebook: Rulebook, code: string): RulebookItem => {
  const item = rulebook.items.find((candidate) => candidate.code === code);
  if (!item) throw new Error(`The rulebook has no item ${code}`);
  return item;
};

function Laws({ basis }: { readonly basis: readonly LawText[] }) {
  const words = useWords();
  return basis.map((law, index) => (
    <span key={`${law.source}/${law.article}`}>
      {index > 0 && "; "}
      {law.title}
      {law.article && ` ${words("result.article", { article: law.article })}`}
    </span>
  ));
}

/** The tree is made when it is opened: most cards stay shut. */
function Why({
  rulebook,
  facts,
  code,
}: {
  readonly rulebook: Rulebook;
  readonly facts: FactsFile;
  readonly code: string;
}) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words("result.why")}</summary>
      {open && <Explained explanation={explain(rulebook, facts, code)} />}
    </details>
  );
}

function Card({ rulebook, facts, answer, outcome, children }: CardProps) {
  const text = useText();
  const words = useWords();
  return (
    <section className="answer">
      <h3>{text(answer.name)}</h3>
      <p>
        <Outcome outcome={outcome} />
      </p>
      {children}
      <Why rulebook={rulebook} facts={facts} code={answer.code} />
      <p className="small">
        <a href={`/list/${encodeURIComponent(rulebook.list)}/${encodeURIComponent(answer.code)}`}>
          {words("result.item")}
        </a>
      </p>
    </section>
  );
}

function Frequency({ item }: { readonly item: RulebookItem }) {
  const words = useWords();
  const text = useText();
  return item.frequency.map((times) => (
    <span key={`${times.per}/${times.zh ?? ""}`}>
      {times.zh !== undefined && `${text({ zh: times.zh, en: times.en ?? times.zh })}: `}
      {words("result.times", { times: times.times, per: words(`per.${times.per}`) })}{" "}
    </span>
  ));
}

function EntitledCard(props: {
  readonly rulebook: Rulebook;
  readonly facts: FactsFile;
  readonly answer: EntitledItem;
}) {
  const { rulebook, facts, answer } = props;
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const item = itemOf(rulebook, answer.code);
  const reason = answer.reasons[0];
  return (
    <Card rulebook={rulebook} facts={facts} answer={answer} outcome="entitled">
      <p className="due">{answer.fen > 0 ? formatMoney(answer.fen, answer.per, language) : words("result.service")}</p>
      <dl>
        {reason && reason.code !== "entitled" && (
          <>
            <dt>{words("result.reason")}</dt>
            <dd>{text(reason)}</dd>
          </>
        )}
        {answer.parts.length > 0 && (
          <>
            <dt>{words("result.amount")}</dt>
            <dd>
              {answer.parts.map((part) => (
                <div key={part.code}>
                  {text(part)} {formatMoney(part.fen, answer.per, language)}
                </div>
              ))}
            </dd>
          </>
        )}
        {item.frequency.length > 0 && (
          <>
            <dt>{words("result.frequency")}</dt>
            <dd>
              <Frequency item={item} />
            </dd>
          </>
        )}
        {item.firstMonth && (
          <>
            <dt>{words("result.from")}</dt>
            <dd>{words(`first.${item.firstMonth}`)}</dd>
          </>
        )}
        <dt>{words("result.payer")}</dt>
        <dd>{text(item.payer)}</dd>
        <dt>{words("result.lead1")}</dt>
        <dd>{item.lead.map((unit) => text(unit)).join(" · ")}</dd>
        <dt>{words("result.law")}</dt>
        <dd>
          <Laws basis={item.basis} />
        </dd>
      </dl>
      {item.subject === "household" && answer.fen > 0 && <p className="hint">{words("result.household")}</p>}
    </Card>
  );
}

function NotCard(props: { readonly rulebook: Rulebook; readonly facts: FactsFile; readonly answer: ScreenedItem }) {
  const text = useText();
  return (
    <Card {...props} outcome="not">
      <ul>
        {props.answer.reasons.map((reason) => (
          <li key={reason.code}>
            {text(reason)}
            {reason.distances.map((distance) => (
              <span key={`${distance.condition.zh} ${distance.zh}`} className="hint">
                {" "}
                {text(distance)}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function OpenCard(props: {
  readonly rulebook: Rulebook;
  readonly facts: FactsFile;
  readonly answer: UndeterminedItem;
  readonly onAsk: (() => void) | undefined;
}) {
  const { rulebook, facts, answer, onAsk } = props;
  const words = useWords();
  const text = useText();
  return (
    <Card rulebook={rulebook} facts={facts} answer={answer} outcome="undetermined">
      {answer.missing.length === 0 ? (
        <p>{words("result.parameter")}</p>
      ) : (
        <>
          <p>{words("result.settle")}:</p>
          <ul>
            {answer.missing.map((missing) => (
              <li key={`${missing.of} ${missing.fact}`}>{text(missing)}</li>
            ))}
          </ul>
          {onAsk && (
            <button type="button" className="button quiet small" onClick={onAsk}>
              {words("result.ask")}
            </button>
          )}
        </>
      )}
    </Card>
  );
}

interface ResultProps {
  readonly rulebook: Rulebook;
  readonly facts: FactsFile;
  readonly screening: Screening;
  readonly onEdit: () => void;
  readonly onAgain: () => void;
  /** What one other answer would change, when it was asked. */
  readonly supposed: ReactNode;
  readonly onSuppose: () => void;
  /** Asks again what was skipped. */
  readonly onAsk: (answer: UndeterminedItem) => void;
}

/** Three groups: entitled, cannot be determined, not entitled. It prints as a paper and can be read aloud. */
export function ResultPage({ rulebook, facts, screening, supposed, onSuppose, onEdit, onAgain, onAsk }: ResultProps) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const heading = useRef<HTMLHeadingElement>(null);
  const begin = useRef(supposed === null);
  useEffect(() => {
    if (begin.current) heading.current?.focus();
  }, []);
  const { entitled, undetermined, not } = screening;
  const paid = entitled.toSorted((a, b) => b.fen - a.fen);
  const monthly = entitled.filter(({ per }) => per === "month").reduce((sum, { fen }) => sum + fen, 0);
  const lead = words("result.lead", { entitled: entitled.length, undetermined: undetermined.length });
  const total = monthly > 0 ? words("result.monthly", { amount: formatMoney(monthly, "month", language) }) : "";
  const spoken = [
    lead,
    total,
    ...paid.map(
      ({ name, fen, per }) => `${text(name)} ${fen > 0 ? formatMoney(fen, per, language) : words("result.service")}`,
    ),
  ].join(language === "en" ? ". " : "。");
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {words("result.title")}
      </h1>
      <p>{lead}</p>
      {total && <p>{total}</p>}
      <p className="actions no-print">
        <button type="button" className="button quiet small" onClick={() => window.print()}>
          {words("result.print")}
        </button>
        <ReadAloud spoken={spoken} />
        <button type="button" className="button quiet small" onClick={onEdit}>
          {words("result.edit")}
        </button>
        <button type="button" className="button quiet small" onClick={onSuppose}>
          {words("suppose.open")}
        </button>
        <button type="button" className="button quiet small" onClick={onAgain}>
          {words("result.again")}
        </button>
      </p>
      {supposed}
      <h2>{words("result.entitledTitle")}</h2>
      {paid.length === 0 && <p>{words("result.none")}</p>}
      {paid.map((answer) => (
        <EntitledCard key={answer.code} rulebook={rulebook} facts={facts} answer={answer} />
      ))}
      <h2>{words("result.undeterminedTitle")}</h2>
      {undetermined.length === 0 && <p>{words("result.none")}</p>}
      {undetermined.map((answer) => (
        <OpenCard
          key={answer.code}
          rulebook={rulebook}
          facts={facts}
          answer={answer}
          onAsk={
            answer.missing.some((missing) => rulebook.facts.find(({ name }) => name === missing.fact)?.question)
              ? () => onAsk(answer)
              : undefined
          }
        />
      ))}
      <details className="not-entitled">
        <summary>
          {words("result.notTitle")} ({not.length})
        </summary>
        <h2>{words("result.notTitle")}</h2>
        {not.map((answer) => (
          <NotCard key={answer.code} rulebook={rulebook} facts={facts} answer={answer} />
        ))}
      </details>
      <p className="hint small">{words("start.rights")}</p>
      <p className="hint small">
        {words("result.provenance", {
          list: rulebook.list,
          date: formatDate(rulebook.date, language),
          hash: rulebook.hash.slice(0, 12),
        })}
      </p>
    </>
  );
}
