import { useId } from "react";
import { useWords } from "../ui/words.ts";

interface Props {
  readonly label: string;
  readonly relations: readonly string[];
}

/** What a helper is to the one helped: the field `relation` of a form. */
export function RelationField({ label, relations }: Props) {
  const words = useWords();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name="relation">
        {relations.map((name) => (
          <option key={name} value={name}>
            {words(`case.relation.${name}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
