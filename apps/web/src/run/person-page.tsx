import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api, type PersonPage as PersonShape } from "../app/api.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { Explained } from "../ui/explained.tsx";
import { formatMoney } from "../ui/format.ts";
import { Outcome } from "../ui/outcome.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { TableFrame } from "../ui/table-frame.tsx";
import { useText, useWords } from "../ui/words.ts";

type AnswerOf = PersonShape["answers"][number];

function AnswerRow({ answer }: { readonly answer: AnswerOf }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  return (
    <tr>
      <th scope="row">{text(answer.name)}</th>
      <td>
        <Outcome outcome={answer.outcome} />
      </td>
      <td>
        {text(answer.reason.text)}
        <details>
          <summary>{words("run.whyThis")}</summary>
          <Explained explanation={answer.explanation} />
        </details>
      </td>
      <td className="number">{answer.fen > 0 ? formatMoney(answer.fen, answer.per, language) : "—"}</td>
      <td className="number">
        {answer.receivedFen === null ? words("run.notOnRoll") : formatMoney(answer.receivedFen, answer.per, language)}
      </td>
      <td>{answer.finding && words(`run.${answer.finding}`)}</td>
    </tr>
  );
}

function PersonView({ run, person }: { readonly run: string; readonly person: PersonShape }) {
  const words = useWords();
  const text = useText();
  useTitle(person.person);
  const order = ["entitled", "undetermined", "not"];
  const answers = person.answers.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  return (
    <>
      <p>
        <Link to="/run">{words("run.back")}</Link>
      </p>
      <h1>
        {words("run.person")} {person.person}
      </h1>
      <p>
        {text(person.district.name)} · {words("run.household")}:{" "}
        {person.household.map((member) => (
          <span key={member}>
            <Link to={`/run/${run}/persons/${member}`}>{member}</Link>{" "}
          </span>
        ))}
      </p>
      <p className="hint small">{words("run.looked")}</p>
      <h2>{words("run.answers")}</h2>
      <TableFrame
        heads={[
          { name: words("run.item") },
          { name: words("run.outcome") },
          { name: words("run.reason") },
          { name: words("run.due"), number: true },
          { name: words("run.received"), number: true },
          { name: words("run.finding") },
        ]}
      >
        {answers.map((answer) => (
          <AnswerRow key={answer.code} answer={answer} />
        ))}
      </TableFrame>
      <h2>{words("run.facts")}</h2>
      <TableFrame heads={[{ name: words("run.fact") }, { name: words("run.factValue") }]}>
        {person.facts.map((fact) => (
          <tr key={fact.name}>
            <th scope="row">{text(fact.label)}</th>
            <td>{fact.value === null ? words("run.unknown") : text(fact.text)}</td>
          </tr>
        ))}
      </TableFrame>
    </>
  );
}

/** One synthetic resident: every answer with its whole reason, and the facts it used. */
export function PersonPage() {
  const { run = "", person = "" } = useParams();
  const query = useQuery({ queryKey: ["person", run, person], queryFn: () => api.person(run, person) });
  return <Loaded query={query}>{(data) => <PersonView run={run} person={data} />}</Loaded>;
}
