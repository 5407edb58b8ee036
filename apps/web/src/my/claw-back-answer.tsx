import { type FormEvent, useId } from "react";
import { useWords } from "../ui/words.ts";
import type { CaseDeed, CasePage } from "./api.ts";

interface Props {
  readonly matter: CasePage;
  readonly act: (deed: CaseDeed) => Promise<void>;
}

/** What the person says to a claim for money back, before anything is decided. */
export function ClawBackAnswer({ matter, act }: Props) {
  const words = useWords();
  const id = useId();
  if (!matter.mayDo.includes("state-defence")) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void act({ kind: "state-defence", text: String(form.get("text")), hearing: form.get("hearing") === "on" });
  };
  return (
    <section className="answer" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words("deed.state-defence")}</h2>
      <p>{words("clawBack.told")}</p>
      <form onSubmit={submit}>
        <div className="field">
          <label htmlFor={id}>{words("clawBack.say")}</label>
          <textarea id={id} name="text" rows={3} required />
        </div>
        <label className="choice">
          <input type="checkbox" name="hearing" />
          <span>{words("clawBack.wantHearing")}</span>
        </label>
        <p className="actions">
          <button type="submit" className="button">
            {words("clawBack.send")}
          </button>
        </p>
      </form>
    </section>
  );
}
