import { useId } from "react";
import { useText, useWords, type Words } from "../ui/words.ts";

/** Matters that somebody may be authorised for. */
export type Matters = readonly { readonly code: string; readonly name: Words }[];

interface Props {
  readonly items: Matters;
  /** What the page calls them, in the words of the one who fills it in. */
  readonly labels: { readonly matters: string; readonly disposes: string };
}

/** For what and for how long a helper is authorised, and whether to dispose of rights too: part of a form. */
export function MandateFields({ items, labels }: Props) {
  const words = useWords();
  const text = useText();
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-items`}>{labels.matters}</label>
        <select id={`${id}-items`} name="item" multiple required size={6}>
          <option value="*">{words("my.helpers.allMatters")}</option>
          {items.map(({ code, name }) => (
            <option key={code} value={code}>
              {text(name)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-until`}>{words("my.helpers.until")}</label>
        <input id={`${id}-until`} name="until" type="date" required />
      </div>
      <label className="choice">
        <input type="checkbox" name="disposes" />
        <span>{labels.disposes}</span>
      </label>
    </>
  );
}

/** What is filled in there. */
export const mandateTerms = (form: FormData) => ({
  items: form.getAll("item").map(String),
  disposes: form.get("disposes") === "on",
  until: String(form.get("until")),
});
