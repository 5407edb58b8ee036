import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { Loaded } from "../app/loaded.tsx";
import { useTitle } from "../app/use-title.ts";
import { ReadAloud } from "../resident/read-aloud.tsx";
import { SignedIn } from "../sign-in/signed-in.tsx";
import { usePreferences } from "../ui/preferences.ts";
import { useWords } from "../ui/words.ts";
import { caseApi, type Letter } from "./api.ts";
import { MyFrame } from "./my-frame.tsx";

/** The letter that gives the decision, its reasons and the ways of appeal: to print, and to have read aloud. */
export function LetterPage() {
  const { case: id = "" } = useParams();
  const { language } = usePreferences();
  const tongue = language === "en" ? "en" : "zh";
  const query = useQuery({ queryKey: ["my", "letter", id, tongue], queryFn: () => caseApi.letter(id, tongue) });
  return <MyFrame>{() => <Loaded query={query}>{(letter) => <Paper letter={letter} />}</Loaded>}</MyFrame>;
}

interface NoticeProps {
  readonly kind: "resident" | "staff";
  readonly notice: "notice" | "offset-notice";
}

/**
 * A notice of a claim for money, at the desk as in the person's own pages: what is held against them before it is decided, or what
 * is withheld from their payments.
 */
export function NoticePage({ kind, notice }: NoticeProps) {
  const { case: id = "" } = useParams();
  const { language } = usePreferences();
  const tongue = language === "en" ? "en" : "zh";
  const query = useQuery({ queryKey: [notice, id, tongue], queryFn: () => caseApi.notice(id, notice, tongue) });
  const paper = <Loaded query={query}>{(letter) => <Paper letter={letter} />}</Loaded>;
  if (kind === "resident") return <MyFrame>{() => paper}</MyFrame>;
  return <SignedIn kind="staff">{() => <div className="column">{paper}</div>}</SignedIn>;
}

function Paper({ letter }: { readonly letter: Letter }) {
  const words = useWords();
  useTitle(letter.title);
  return (
    <>
      <p className="actions no-print">
        <button type="button" className="button" onClick={() => print()}>
          {words("my.print")}
        </button>
        <ReadAloud spoken={[letter.title, ...letter.paragraphs.flatMap(({ lines }) => lines)].join("\n")} />
      </p>
      <article className="letter">
        <h1>{letter.title}</h1>
        <p className="hint">{words("case.number", { number: letter.number })}</p>
        {letter.paragraphs.map(({ heading, lines }) => (
          <section key={heading ?? lines[0]}>
            {heading && <h2>{heading}</h2>}
            {lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </section>
        ))}
      </article>
    </>
  );
}
