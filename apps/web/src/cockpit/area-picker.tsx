import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useText, useWords } from "../ui/words.ts";
import { cockpitApi } from "./api.ts";

interface AreaPickerProps {
  /** The area chosen; undefined: the first. */
  readonly area: string | undefined;
  readonly onArea: (area: string) => void;
}

/** From the whole down to the street: the way here, and a choice of the areas directly below. */
export function AreaPicker({ area, onArea }: AreaPickerProps) {
  const words = useWords();
  const text = useText();
  const { data } = useQuery({
    queryKey: ["cockpit", "areas", area],
    queryFn: () => cockpitApi.areas(area),
    placeholderData: keepPreviousData,
  });
  if (!data) return null;
  const here = data.chain.at(-1)?.code ?? "";
  return (
    <>
      {data.chain.slice(0, -1).map(({ code, name }) => (
        <button key={code} type="button" className="button quiet small" onClick={() => onArea(code)}>
          {text(name)} ›
        </button>
      ))}
      <label>
        {words("cockpit.area")}
        <select value={here} onChange={(event) => onArea(event.target.value)}>
          <option value={here}>{text(data.chain.at(-1)?.name)}</option>
          {data.areas.map(({ code, name }) => (
            <option key={code} value={code}>
              — {text(name)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
