import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import type { BlankForm } from "../../../server/src/modules/cases/form-model.ts";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { formatDate } from "../ui/format.ts";
import { usePreferences } from "../ui/preferences.ts";
import { useText, useWords } from "../ui/words.ts";
import { guideApi } from "./api.ts";
import "../resident/resident.css";
import "../sign-in/sign-in.css";
import "../desk/case.css";

/** The form of an item on paper: every question that can be asked, to fill in by hand and hand in at a window. */
export function BlankFormPage() {
  const { list = "", item = "" } = useParams();
  const query = useQuery({ queryKey: ["blank", list, item], queryFn: () => guideApi.blank(list, item) });
  return <div className="column">{<Loaded query={query}>{(form) => <Blank form={form} />}</Loaded>}</div>;
}

function Blank({ form }: { readonly form: BlankForm }) {
  const words = useWords();
  const text = useText();
  const { language } = usePreferences();
  const title = words("blank.title", { item: text(form.item.name) });
  useTitle(title);
  return (
    <>
      <p className="actions no-print">
        <button type="button" className="button" onClick={() => print()}>
          {words("my.print")}
        </button>
        <a href={`/guide/${encodeURIComponent(form.list)}/${encodeURIComponent(form.item.code)}`}>
          {words("blank.guide")}
        </a>
      </p>
      <article className="letter blank-form">
        <h1>{title}</h1>
        <p className="hint">{words("blank.how")}</p>
        <p className="line">{words("blank.name")}</p>
        <p className="line">{words("blank.number")}</p>
        <p className="line">{words("blank.telephone")}</p>
        <ol>
          {form.questions.map((question) => (
            <li key={question.fact}>
              <p>
                <strong>{text(question.question)}</strong>{" "}
                {question.entity === "household" && <span className="hint small">{words("blank.household")}</span>}
              </p>
              <Room question={question} />
              {question.source && (
                <p className="hint small">{words("blank.source", { unit: text(question.source) })}</p>
              )}
            </li>
          ))}
        </ol>
        <p>{words("my.declaration")}</p>
        <p className="line">{words("blank.signature")}</p>
        <p className="hint small">
          {words("blank.version", { day: formatDate(form.date, language), hash: form.rulebookHash.slice(0, 16) })}
        </p>
      </article>
    </>
  );
}

/** Room for an answer: boxes to tick, or a line with the unit. */
function Room({ question }: { readonly question: BlankForm["questions"][number] }) {
  const words = useWords();
  const text = useText();
  const boxes =
    question.type === "boolean"
      ? [words("question.yes"), words("question.no")]
      : question.values.map((value) => text(value));
  if (boxes.length > 0) return <p>{boxes.map((box) => `□ ${box}`).join("　")}</p>;
  return <p className="line">{question.unit && words(`unit.${question.unit}`)}</p>;
}
