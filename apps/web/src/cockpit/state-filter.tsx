import { useWords } from "../ui/words.ts";

interface StateFilterProps<State extends string> {
  readonly states: readonly State[];
  /** Empty: all. */
  readonly chosen: string;
  readonly name: (state: State) => string;
  readonly onChoose: (state: string) => void;
}

/** Narrows a page to what is in one state. */
export function StateFilter<State extends string>({ states, chosen, name, onChoose }: StateFilterProps<State>) {
  const words = useWords();
  return (
    <div className="filters">
      <label>
        {words("cockpit.state")}
        <select value={chosen} onChange={(event) => onChoose(event.target.value)}>
          <option value="">{words("cockpit.all")}</option>
          {states.map((state) => (
            <option key={state} value={state}>
              {name(state)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
