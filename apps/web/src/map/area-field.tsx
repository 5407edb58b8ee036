import { useText, useWords } from "../ui/words.ts";
import { Choose } from "./field.tsx";
import type { PlacesPage, StreetsPage } from "./map-api.ts";

interface Props {
  readonly places: PlacesPage;
  readonly streets: StreetsPage;
  readonly value: string;
  /** Whether the whole city may be chosen. */
  readonly orCity?: boolean;
  readonly onChange: (area: string) => void;
}

/** A district, a street office, or the whole city. */
export function AreaField({ places, streets, value, orCity = false, onChange }: Props) {
  const words = useWords();
  const text = useText();
  return (
    <Choose
      label={words("map.area")}
      value={value}
      choices={[
        ...(orCity ? [{ value: "", label: words("map.wholeCity") }] : []),
        ...places.districts.map((one) => ({ value: one.code, label: text(one.name) })),
        ...streets.streets.map((one) => ({ value: one.code, label: `${text(one.district.name)} ${text(one.name)}` })),
      ]}
      onChange={onChange}
    />
  );
}
