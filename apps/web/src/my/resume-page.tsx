import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { useTitle } from "../app/use-title.ts";
import { useWords } from "../ui/words.ts";
import { formApi } from "./api.ts";
import { MyFrame } from "./my-frame.tsx";

/** Going on with a form by its pick-up code, whichever channel it was begun on. */
export function ResumePage() {
  const words = useWords();
  useTitle(words("my.nav.resume"));
  return <MyFrame>{() => <Resume />}</MyFrame>;
}

function Resume() {
  const words = useWords();
  const navigate = useNavigate();
  const [fault, setFault] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    try {
      const form = await formApi.resume(code);
      navigate(`/my/apply/${form.id}`);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h1>
        <label htmlFor="pick-up-code">{words("my.resume")}</label>
      </h1>
      <p id="resume-hint" className="hint">
        {words("my.resumeText")}
      </p>
      {fault && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
      <p>
        <input
          id="pick-up-code"
          name="code"
          type="text"
          autoComplete="one-time-code"
          autoCapitalize="characters"
          required
          aria-describedby="resume-hint"
        />
      </p>
      <button type="submit" className="button">
        {words("my.goOn")}
      </button>
    </form>
  );
}
