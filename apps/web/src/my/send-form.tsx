import { type FormEvent, type ReactNode, useState } from "react";
import { useText, useWords } from "../ui/words.ts";
import type { FormPage } from "./api.ts";

interface BranchesProps {
  readonly form: FormPage;
  readonly chosen: readonly string[];
  readonly onChoose: (items: readonly string[]) => void;
}

/** Which of an event's items are applied for. */
export function Branches({ form, chosen, onChoose }: BranchesProps) {
  const words = useWords();
  const text = useText();
  return (
    <fieldset>
      <legend>
        <h2>{words("my.events.which")}</h2>
      </legend>
      {form.items.map(({ code, name, outcome }) => (
        <label key={code} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(code)}
            onChange={({ target }) =>
              onChoose(target.checked ? [...chosen, code] : chosen.filter((other) => other !== code))
            }
          />
          <span>
            {text(name)} <span className="hint">{outcome === "not" && words("my.events.notOwed")}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface DeclarationProps {
  /** Something is applied for. */
  readonly canSend: boolean;
  /** Asked beside the declaration. */
  readonly fields?: ReactNode;
  /** With what the fields say. */
  readonly onSubmit: (said: FormData) => Promise<void>;
}

/** That it is true, and the sending of it. */
export function Declaration({ canSend, fields, onSubmit }: DeclarationProps) {
  const words = useWords();
  const [isTrue, setIsTrue] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    setIsMissing(!isTrue);
    if (!isTrue || !canSend || isSending) return;
    setIsSending(true);
    await onSubmit(said);
    setIsSending(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {isMissing && (
        <p className="field-error" role="alert">
          {words("my.declareFirst")}
        </p>
      )}
      {!canSend && (
        <p className="field-error" role="alert">
          {words("my.events.chooseOne")}
        </p>
      )}
      {fields}
      <label className="choice">
        <input type="checkbox" checked={isTrue} onChange={(event) => setIsTrue(event.target.checked)} />
        <span>{words("my.declaration")}</span>
      </label>
      <button type="submit" className="button" aria-disabled={isSending}>
        {words(isSending ? "my.sending" : "my.submit")}
      </button>
    </form>
  );
}
